"""The description says what the server does: it is made from the same table."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kiosk.errors import KioskError
from tests.web.conftest import Served
from tests.web.talk import Asker


def document(served: Served) -> dict[str, Any]:
    found: dict[str, Any] = served.asker().get("/api/openapi.json").json
    return found


def rules(served: Served) -> set[tuple[str, str]]:
    """(method, path with braces) of everything the application serves under /api."""
    found = set()
    for rule in served.server._app.url_map.iter_rules():
        path = "".join(_braced(rule.rule))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found.add((method, path))
    return found


def _braced(rule: str) -> list[str]:
    return [
        "{" + piece.rpartition(":")[2] if "}" in piece else piece
        for piece in rule.replace(">", "}").split("<")
    ]


def test_every_address_of_the_interface_is_described(served: Served) -> None:
    described = {
        (method.upper(), path)
        for path, methods in document(served)["paths"].items()
        for method in methods
    }
    served_rules = {pair for pair in rules(served) if pair[1].startswith("/api/")}
    assert served_rules - described == {("GET", "/api/openapi.json")}
    assert described <= rules(served)


def test_the_schemas_are_valid_and_every_reference_is_there(served: Served) -> None:
    whole = document(served)
    assert whole["openapi"] == "3.1.0"
    for name, schema in whole["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert name.isidentifier()
    for reference in _references(whole):
        name = reference.removeprefix("#/components/schemas/")
        assert name in whole["components"]["schemas"]


def test_a_read_may_be_answered_with_trouble(served: Served) -> None:
    paths = document(served)["paths"]
    assert "503" in paths["/health"]["get"]["responses"]
    assert "503" in paths["/api/board"]["get"]["responses"]


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if "$ref" in value else []
        return own + [r for child in value.values() for r in _references(child)]
    if isinstance(value, list):
        return [r for child in value for r in _references(child)]
    return []


def test_operation_names_are_unique(served: Served) -> None:
    names = [
        operation["operationId"]
        for methods in document(served)["paths"].values()
        for operation in methods.values()
    ]
    assert len(names) == len(set(names))


BODIES = [
    ("/api/tickets", {"service": "biodata"}),
    ("/api/tickets", {"service": "biodata", "travel_minutes": 241}),
    ("/api/tickets", {"servis": "biodata"}),
    ("/api/counters", {"number": 0, "services": []}),
    ("/api/counters", {"number": 2, "services": ["biodata"], "zone": None}),
    ("/api/staff", {"label": "", "role": "counter", "pin": "270924"}),
    ("/api/staff", {"label": "A", "role": "king", "pin": "270924"}),
    ("/api/devices", {"kind": "kiosk", "name": "K", "config": {"volume": 50}}),
    ("/api/devices", {"kind": "kiosk", "name": "K", "config": {"volume": "loud"}}),
    ("/api/printers", {"name": "P", "kind": "network", "address": "10.0.0.9", "width_mm": 58}),
    ("/api/printers", {"name": "P", "kind": "network", "width_mm": 70}),
    ("/api/settings", {"key": "pacing", "value": True}),
    ("/api/settings", {"key": "pacing", "value": None}),
]


@pytest.mark.parametrize(("path", "body"), BODIES)
def test_a_body_fits_the_schema_if_and_only_if_the_server_reads_it(
    boss: Asker, served: Served, path: str, body: dict[str, Any]
) -> None:
    whole = document(served)
    content = whole["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    schema = content["schema"] | {"components": whole["components"]}
    fits = Draft202012Validator(schema).is_valid(body)
    answer = boss.post(path, body, Idempotency_Key="k")
    assert (answer.status != 422) == fits, answer.content


def test_every_refusal_that_exists_is_described(served: Served) -> None:
    """Each error's code appears at some operation with the status it is sent with."""
    described: dict[str, set[str]] = {}
    for methods in document(served)["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                described.setdefault(status, set()).update(answer["description"].split(", "))
    for kind in _kinds(KioskError):
        if kind.status != 500:
            assert kind.code in described[str(kind.status)], kind


def _kinds(kind: type[KioskError]) -> list[type[KioskError]]:
    return [kind, *(k for child in kind.__subclasses__() for k in _kinds(child))]
