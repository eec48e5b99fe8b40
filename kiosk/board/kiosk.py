"""The kiosks' screens: where the questions of polling day lead."""

from typing import Any

from kiosk.board.reading import Reading
from kiosk.domain.guide import GUIDED_ONLY, guide


def kiosk(reading: Reading) -> dict[str, Any]:
    """`guide`: "Already recorded?" -> codes. `unlisted`: what only these questions offer."""
    return {
        "guide": guide(reading.services),
        "unlisted": sorted(GUIDED_ONLY & reading.services.keys()),
    }
