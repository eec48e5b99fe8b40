"""The folder with the pictures of the newest tickets."""

import os
from pathlib import Path

KEPT = 60


class PreviewFolder:
    """`<folder>/<job id>.png`; the newest 60 are kept. Job ids rise, so the highest is newest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, job: int, png: bytes) -> None:
        """Store one picture; whoever looks sees it whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f"{job}.part"
        unfinished.write_bytes(png)
        os.replace(unfinished, self._folder / f"{job}.png")

    def prune(self) -> None:
        """Remove all but the newest."""
        jobs = sorted(int(p.stem) for p in self._folder.glob("*.png") if p.stem.isdigit())
        for job in jobs[:-KEPT]:
            (self._folder / f"{job}.png").unlink(missing_ok=True)
