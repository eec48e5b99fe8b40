"""Fixtures shared by all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Cast


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    """An office at 08.00 on polling day, day not yet opened by hand, counters closed."""
    made = Cast(tmp_path)
    yield made
    made.office.close()
