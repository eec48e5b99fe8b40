"""How one run of the program is set up: where its data lies and where it listens."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATA = ROOT / "data"
DEMO_DATA = ROOT / "data-demo"
DEFAULT_PORT = 8017


@dataclass(frozen=True, slots=True)
class Config:
    """`lan`: also listen for the office's own network; `demo`: a drill with simulated people, whose
    time runs `speed` times as fast as the real one; `office_day`: the folder of a recorded day that
    it plays instead of days of its own."""

    data: Path = DEFAULT_DATA
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    lan: bool = False
    demo: bool = False
    speed: int = 1
    office_day: Path | None = None

    @property
    def database(self) -> Path:
        return self.data / "office.db"

    @property
    def listen_host(self) -> str:
        """`lan` means every address of this machine unless one was named."""
        return "0.0.0.0" if self.lan and self.host == "127.0.0.1" else self.host

    @property
    def own_host(self) -> str:
        """Where a process on this machine reaches the server."""
        return "127.0.0.1" if self.listen_host in ("0.0.0.0", "::") else self.listen_host
