"""What the attacks share."""

from __future__ import annotations

import pytest

from mutirao.meetings import feeds, filters
from mutirao.meetings.views import pages


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What a process keeps belongs to one database; each test has its own."""
    for kept in (feeds._kept, filters._units, filters._themes, pages._calendars, pages._events):
        kept.clear()
