"""Open files: as many as may be while the server runs, none that stay when it has stopped."""

import os
import sys
from pathlib import Path

import pytest

from kiosk.web.server import allow_many_connections
from tests.web.conftest import Served

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such limit")


def test_a_server_may_have_as_many_connections_as_its_process_may() -> None:
    import resource

    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, most))
    try:
        allow_many_connections()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_stopped_server_leaves_no_file_open(tmp_path: Path) -> None:
    """One more or less may be another test's; a server that stays open has some ten a time."""
    left = [open_after(tmp_path / str(number)) for number in range(4)]
    assert left[3] - left[0] < 4


def open_after(folder: Path) -> int:
    """How many files are open once a server that was asked and heard has stopped."""
    folder.mkdir()
    served = Served(folder)
    served.at_device("kiosk").get("/api/kiosk")
    served.screen("/display", token=served.device("display"))
    served.stop()
    return len(os.listdir("/proc/self/fd"))
