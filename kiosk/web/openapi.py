"""OpenAPI 3.1, made from the same table of routes that serves the requests."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from kiosk.errors import KioskError
from kiosk.web.routes import Route
from kiosk.web.wire import Nothing

_PARAMETER = re.compile(r"<(?:(?P<kind>[a-z]+):)?(?P<name>[a-z_]+)>")

_ANSWERS_OF_ANYBODY = (405, 413, 422, 429, 503)
_ANSWERS_OF_KNOWN = (401, 403, 404, 409, 423)

Json = dict[str, Any]


def document(routes: Sequence[Route], version: str) -> Json:
    """The whole description."""
    bodies = sorted({route.body for route in routes if route.method == "POST"}, key=repr)
    schemas, components = msgspec.json.schema_components(
        bodies, ref_template="#/components/schemas/{name}"
    )
    schema_of = dict(zip(bodies, schemas, strict=True))
    paths: dict[str, Json] = {}
    for route in routes:
        address = _PARAMETER.sub(lambda match: "{" + match["name"] + "}", route.path)
        operation = _operation(route, schema_of.get(route.body, {}))
        paths.setdefault(address, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kiosk",
            "version": version,
            "summary": "The queue of a civil-registration office",
        },
        "paths": paths,
        "components": {
            "schemas": components | {"Problem": _problem_schema()},
            "securitySchemes": {
                "device": {"type": "http", "scheme": "bearer"},
                "deviceCookie": {"type": "apiKey", "in": "cookie", "name": "device"},
                "session": {"type": "apiKey", "in": "cookie", "name": "session"},
            },
        },
    }


def _operation(route: Route, schema: Json) -> Json:
    function = route.command or route.handler
    media: Json = {"schema": {"type": "object"} if route.media == "application/json" else {}}
    operation: Json = {
        "operationId": _name(route),
        "summary": route.summary,
        "tags": [route.path.split("/")[2] if route.path.startswith("/api/") else "monitoring"],
        "x-roles": sorted(route.who - {"system"}),
        "security": _security(route),
        "parameters": _parameters(route),
        "responses": {
            str(route.status): {"description": "Done", "content": {route.media: media}},
            **{str(status): _refusal(status) for status in _refusals(route)},
        },
    }
    if function is not None and function.__doc__:
        operation["description"] = " ".join(function.__doc__.split())
    if route.method == "POST":
        operation["requestBody"] = {
            "required": route.body is not Nothing and bool(schema.get("required")),
            "content": {"application/json": {"schema": schema}},
        }
    return operation


def _name(route: Route) -> str:
    path = _PARAMETER.sub(lambda match: "by_" + match["name"], route.path)
    words = re.findall(r"[a-z_]+", path.replace("-", "_"))
    return "_".join([route.method.lower(), *words])


def _security(route: Route) -> list[Json]:
    if not route.who:
        return [{}]
    ways: list[Json] = [{"session": []}] if route.who & {"counter", "supervisor"} else []
    if route.who - {"counter", "supervisor", "reception", "citizen", "system"}:
        ways += [{"device": []}, {"deviceCookie": []}]
    return ways + ([{}] if "citizen" in route.who else [])


def _parameters(route: Route) -> list[Json]:
    parameters: list[Json] = [
        {
            "name": match["name"],
            "in": "path",
            "required": True,
            "schema": {"type": "integer" if match["kind"] in ("id", "number") else "string"},
        }
        for match in _PARAMETER.finditer(route.path)
    ]
    parameters += [
        {"name": name, "in": "query", "schema": {"type": "string"}} for name in route.query
    ]
    if route.method == "POST":
        parameters.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": route.key_needed,
                "schema": {"type": "string", "minLength": 1, "maxLength": 128},
            }
        )
        parameters.append({"name": "X-CSRF-Token", "in": "header", "schema": {"type": "string"}})
    return parameters


def _refusals(route: Route) -> list[int]:
    known = _ANSWERS_OF_KNOWN if route.who or route.method == "POST" else (404,)
    return sorted({*known, *(_ANSWERS_OF_ANYBODY if route.method == "POST" else (422, 429, 503))})


def _refusal(status: int) -> Json:
    return {
        "description": ", ".join(sorted(_codes(KioskError, status))),
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }


def _codes(kind: type[KioskError], status: int) -> set[str]:
    own = {kind.code} if kind.status == status else set()
    return own.union(*(_codes(child, status) for child in kind.__subclasses__()))


def _problem_schema() -> Json:
    return {
        "type": "object",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"type": "string"},
            "detail": {"type": "string"},
        },
        "additionalProperties": True,
    }
