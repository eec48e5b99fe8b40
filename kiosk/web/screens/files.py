"""Static files and the locked front-end packages' files."""

import json
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory
from werkzeug.exceptions import NotFound as NoSuchFile

from kiosk.config import ROOT
from kiosk.errors import NotFound
from kiosk.web.assets import sheet
from kiosk.web.packing import pack_file, pack_text
from kiosk.web.site import Site

#: What pages may load from a package; nothing else of node_modules is ever served.
_VENDOR_KINDS = {".js", ".mjs", ".css", ".woff2", ".woff", ".map"}
_A_WEEK = 7 * 24 * 60 * 60


def blueprint(site: Site) -> Blueprint:
    files = Blueprint("files", __name__)
    packages = _packages(ROOT / "package.json")

    @files.get("/static/<path:name>")
    def static(name: str) -> Response:
        """Checked again with each use: a new version of the program is a new file."""
        return _file(ROOT / "static", name, "no-cache")

    @files.get("/vendor/<path:name>")
    def vendor(name: str) -> Response:
        """Packages are locked, so an address always means the same bytes."""
        package = next((p for p in packages if name.startswith(p + "/")), None)
        if package is None or Path(name).suffix not in _VENDOR_KINDS:
            raise NotFound()
        return _file(ROOT / "node_modules", name, f"public, max-age={_A_WEEK}, immutable")

    @files.get("/sheets/<path:name>.css")
    def style_sheet(name: str) -> Response:
        """All style sheets of a page in one, checked again with each use."""
        content = sheet(name)
        if content is None:
            raise NotFound()
        headers = {"Cache-Control": "no-cache"}
        response = Response(content, content_type="text/css; charset=utf-8", headers=headers)
        response.add_etag()
        response.make_conditional(request.environ)
        return pack_text(response)

    return files


def _packages(manifest: Path) -> tuple[str, ...]:
    """The packages that package.json names."""
    return tuple(json.loads(manifest.read_text())["dependencies"])


def _file(folder: Path, name: str, caching: str) -> Response:
    try:
        response = send_from_directory(folder, name, conditional=True)
    except NoSuchFile:
        raise NotFound() from None
    response.headers["Cache-Control"] = caching
    return pack_file(folder / name, response)
