"""The pictures of the documents, taken from the running product.

    .venv/bin/python -m bench.pictures [OUT]

Plays the day of the gallery (tests/browser/story.py), the first run and a drill in Indonesian, and
writes small PNGs to OUT (docs/pictures unless told otherwise), each below 150 KB. A picture there
that is of none of these is taken away.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser import gallery
from tests.live import ROOT

#: Views of the gallery, in the order of its day, and the names of their pictures where they differ.
VIEWS = (
    "wizard-clock", "wizard-polling", "wizard-ready", "demo",
    "door-sign-in", "door-poster", "counter-desk", "counter-called", "counter-park",
    "counter-transfer", "counter-give-number", "counter-hand-over", "counter-absent",
    "kiosk-many", "kiosk-paper", "display-many", "counter-many", "phone-waiting",
    "supervisor-ordinary", "supervisor-queue", "supervisor-staff", "supervisor-devices-new",
    "supervisor-notices", "supervisor-printing", "supervisor-services-suspend",
    "supervisor-suspended", "display-held", "display-notice",
)  # fmt: skip
UPRIGHT = "-id-2"  # how the gallery names the second usual size of a screen
IN_UPRIGHT = {"kiosk-many": "kiosk-portrait", "display-many": "display-portrait"}
WIDEST, TALLEST, COLOURS = 1100, 860, 96  # px, px; enough for flat colours and smooth letters
MOST_BYTES = 150_000


def shrink(source: Path, target: Path) -> None:
    """No larger than a page of a document needs."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    # This way keeps rare colours, such as that of a small red mark.
    few = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    assert target.stat().st_size < MOST_BYTES, f"{target}: {target.stat().st_size} bytes"


def name_of(picture: Path) -> str | None:
    """The name of a picture in the documents; None when it has no place there."""
    view = picture.stem.removesuffix(UPRIGHT).removesuffix("-id")
    if picture.stem.endswith(UPRIGHT):
        return IN_UPRIGHT.get(view)
    return view if picture.stem == f"{view}-id" and view in VIEWS else None


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder)
        made = gallery.pictures(raw, VIEWS, ("id",))
        chosen = {picture: name for picture in made if (name := name_of(picture))}
        for picture, name in chosen.items():
            shrink(picture, out / f"{name}.png")
        for old in out.glob("*.png"):
            if old.stem not in chosen.values():
                old.unlink()
    size = sum(file.stat().st_size for file in out.glob("*.png"))
    print(f"{len(chosen)} pictures in {out}, {size // 1000} KB together")


if __name__ == "__main__":
    main()
