"""What goes out in fewer bytes to a browser that takes it so (gzip): texts, on slow lines."""

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Response, request

#: What becomes much smaller by packing; pictures and fonts are packed already.
TEXT_KINDS = frozenset({".js", ".mjs", ".css", ".svg", ".json", ".map"})
_LEAST = 512  # bytes: below that packing gains nothing


def pack_file(path: Path, response: Response) -> Response:
    """The answer with a whole file; a part, a 304 and what is no text stay as they are."""
    if path.suffix not in TEXT_KINDS:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and request.accept_encodings["gzip"]:
        stat = path.stat()
        if stat.st_size >= _LEAST:
            response.direct_passthrough = False
            _set(response, _packed(path, stat.st_mtime_ns))
    return response


def pack_text(response: Response) -> Response:
    """The answer with a text that was made for it."""
    response.vary.add("Accept-Encoding")
    if response.status_code != 304 and request.accept_encodings["gzip"]:
        content = response.get_data()
        if len(content) >= _LEAST:
            _set(response, gzip.compress(content, 6, mtime=0))
    return response


def pack_page(response: Response) -> Response:
    """Every answer that is a page; another one stays as it is."""
    return pack_text(response) if response.mimetype == "text/html" else response


@lru_cache(maxsize=512)
def _packed(path: Path, modified: int) -> bytes:
    """Kept as long as the file is the same."""
    return gzip.compress(path.read_bytes(), 9, mtime=0)


def _set(response: Response, small: bytes) -> None:
    response.set_data(small)
    response.headers["Content-Encoding"] = "gzip"
