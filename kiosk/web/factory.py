"""The Flask application: blueprints, error pages, and nothing that costs time on each request."""

import logging
from functools import cache
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter

from kiosk.config import ROOT
from kiosk.errors import KioskError, Malformed, MethodNotAllowed, NotFound, TooLarge
from kiosk.web.api import (
    counters,
    drill,
    monitoring,
    office,
    people,
    printing,
    reads,
    rehearsal,
    setup,
    tickets,
)
from kiosk.web.assets import modules_of, sheet_of, texts_of
from kiosk.web.language import request_language
from kiosk.web.openapi import document
from kiosk.web.packing import pack_page
from kiosk.web.routes import Route, mount
from kiosk.web.screens import files, pages
from kiosk.web.site import Site
from kiosk.web.wire import encode, json_bytes, problem

log = logging.getLogger(__name__)

NOUNS: dict[str, tuple[Route, ...]] = {
    "tickets": tickets.ROUTES,
    "counters": counters.ROUTES,
    "office": office.ROUTES,
    "people": people.ROUTES,
    "setup": setup.ROUTES,
    "rehearsal": rehearsal.ROUTES,
    "printing": printing.ROUTES,
    "reads": reads.ROUTES,
    "monitoring": monitoring.ROUTES,
}


class IdConverter(IntegerConverter):
    """A row's number: what SQLite can hold and JSON can say exactly."""

    def __init__(self, map: Any) -> None:
        super().__init__(map, min=1, max=2**53)


class NumberConverter(IntegerConverter):
    """A counter's number."""

    def __init__(self, map: Any) -> None:
        super().__init__(map, min=1, max=9999)


def create_app(site: Site) -> Flask:
    """The whole HTTP side of one office."""
    app = Flask("kiosk", static_folder=None, template_folder=str(ROOT / "templates"))
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.url_map.converters["id"] = IdConverter
    app.url_map.converters["number"] = NumberConverter
    app.jinja_env.globals["modules_of"] = modules_of
    app.jinja_env.globals["sheet_of"] = sheet_of
    app.jinja_env.globals["texts_of"] = texts_of
    app.jinja_env.globals["is_drill"] = lambda: site.directory.is_drill
    nouns = NOUNS | {"drill": drill.ROUTES} if site.config.demo else NOUNS
    for noun, routes in nouns.items():
        app.register_blueprint(mount(noun, routes, site))
    app.register_blueprint(files.blueprint(site))
    for screen in pages.blueprints(site):
        app.register_blueprint(screen)
    rows = [route for routes in nouns.values() for route in routes]
    describe = cache(lambda: encode(document(rows, site.version)))
    app.add_url_rule("/api/openapi.json", "openapi", lambda: json_bytes(describe()))
    app.after_request(pack_page)
    app.register_error_handler(KioskError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failed)
    return app


def _refused(error: KioskError) -> Response:
    if not request.path.startswith("/api/") and pages.wants_page():
        return pages.error_page(error)
    return problem(error, request_language())


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    kinds: dict[int, KioskError] = {
        404: NotFound(), 405: MethodNotAllowed(), 413: TooLarge(), 400: Malformed(),
    }  # fmt: skip
    response = _refused(kinds.get(status, KioskError()))
    allow = dict(error.get_headers()).get("Allow")
    if allow:
        response.headers["Allow"] = allow
    return response


def _failed(error: Exception) -> Response:
    log.error(
        "event=request_failed method=%s rule=%s", request.method, request.url_rule, exc_info=error
    )
    return _refused(KioskError())
