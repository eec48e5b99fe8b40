"""Fixtures shared by all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.cast import Cast

# How long one example takes says nothing on a machine that does other things at the same time.
settings.register_profile("kiosk", deadline=None)
settings.load_profile("kiosk")


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    """An office at 08.00 on polling day, day not yet opened by hand, counters closed."""
    made = Cast(tmp_path)
    yield made
    made.office.close()
