"""The language of one request."""

from flask import request

from kiosk.messages import preferred


def request_language() -> str:
    """`?lang=` first, then the browser's wish, else Indonesian."""
    return preferred(request.headers.get("Accept-Language"), request.args.get("lang"))
