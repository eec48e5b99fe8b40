"""What goes over the wire: bodies are read strictly, answers are JSON, refusals are RFC 9457."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

import msgspec
from flask import Response

from kiosk.errors import Invalid, KioskError, Malformed, TooLarge
from kiosk.messages import explain

BODY_LIMIT = 64 * 1024
RETRY_WHEN_BROKEN = 2  # seconds

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
OptionalText = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Label = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=40,
        pattern=r"^[^\s\x00-\x1f\x7f]([^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?$",
    ),
]
Code = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9-]{0,23}$")]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=128)]
CounterNumber = Annotated[int, msgspec.Meta(ge=1, le=99)]
Id = Annotated[int, msgspec.Meta(ge=1, le=2**53)]
Moment = Annotated[int, msgspec.Meta(ge=0, le=2**53)]

_KEY = re.compile(r"[\x21-\x7e]{1,128}")
_WHERE = re.compile(r"^(.*?)(?: - at `(?:key in )?\$\.?(.*)`)?$", re.DOTALL)
_PLAIN = {
    "Object missing required field": "is missing",
    "Object contains unknown field": "is not known here",
    "Invalid enum value": "is none of the choices",
    "Expected `str` matching regex": "is not written as it should be",
}
_FIELD = re.compile(r"field `([^`]+)`")


class Body(msgspec.Struct, forbid_unknown_fields=True):
    """A request's body. Attribute names are the command's arguments."""


class Nothing(Body):
    """A body with nothing in it; it may be left out."""


T = TypeVar("T", bound=Body)


def read_body(kind: type[T], raw: bytes) -> T:
    """Raises Malformed when it is no JSON, Invalid with the field when it does not fit."""
    try:
        return msgspec.json.decode(raw or b"{}", type=kind)
    except msgspec.ValidationError as error:
        found = _WHERE.match(str(error))
        problem, field = found.groups() if found else (str(error), "")
        named = _FIELD.search(problem)
        raise Invalid(
            field=field or (named[1] if named else "body"),
            problem=_in_plain_words(problem),
            expected=problem,
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed() from None


def _in_plain_words(problem: str) -> str:
    """A text of ours (a message id) for what the reader of bodies says in its own words."""
    for beginning, words in _PLAIN.items():
        if problem.startswith(beginning):
            return words
    return "is out of bounds" if ", got" not in problem else "is of the wrong kind"


def raw_body(environ: Mapping[str, Any]) -> bytes:
    """Raises TooLarge, with or without an announced length, and Malformed when it breaks off.

    What it says it is does not matter: programs often leave their library's default, and what a
    foreign page sends is refused before, by its origin.
    """
    if int(environ.get("CONTENT_LENGTH") or 0) > BODY_LIMIT:
        raise TooLarge()
    try:
        raw: bytes = environ["wsgi.input"].read(BODY_LIMIT + 1)
    except OSError:  # the other side stopped in the middle of it
        raise Malformed() from None
    if len(raw) > BODY_LIMIT:
        raise TooLarge()
    return raw


def arguments_of(body: Body) -> dict[str, Any]:
    """The command's arguments; what was not said is left to the command's own defaults."""
    return {
        name: value
        for name in body.__struct_fields__
        if (value := getattr(body, name)) is not msgspec.UNSET
    }


def idempotency_key(header: str | None) -> str | None:
    """Raises Invalid for a key that no client of ours would make."""
    if header is None or _KEY.fullmatch(header):
        return header
    raise Invalid(field="Idempotency-Key", problem="1-128 printable ASCII")


def encode(value: Any) -> bytes:
    return msgspec.json.encode(value)


def json_response(value: Any, status: int = 200) -> Response:
    return json_bytes(encode(value), status)


def json_bytes(content: bytes, status: int = 200) -> Response:
    return Response(content, status, content_type="application/json")


def problem(error: KioskError, language: str) -> Response:
    """A refusal as problem+json, in the asker's language."""
    document = {
        **{name: value for name, value in error.details.items() if _is_plain(value)},
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": explain(error, language),
    }
    response = Response(encode(document), error.status, content_type="application/problem+json")
    response.headers["Content-Language"] = language
    if isinstance(error, TooLarge):
        response.headers["Connection"] = "close"  # the rest of the body is not read
    retry = error.details.get("retry_after")
    if error.status in (429, 503):
        response.headers["Retry-After"] = str(retry or RETRY_WHEN_BROKEN)
    return response


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | bool | list | dict)
