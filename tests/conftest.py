"""Fixtures shared by all tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cast import Cast

# What the commands say is compared in English, whatever language this computer speaks.
os.environ["LC_ALL"] = "C.UTF-8"

# How long one example takes says nothing on a machine that does other things at the same time.
settings.register_profile("kiosk", deadline=None)
settings.load_profile("kiosk")


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    """An office at 08.00 on polling day, day not yet opened by hand, counters closed."""
    made = Cast(tmp_path)
    yield made
    made.office.close()
