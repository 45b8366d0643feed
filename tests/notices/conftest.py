"""Kinds of notices that only these tests tell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mutirao.core.happenings import KINDS, Kind

NOW = Kind("trial.now", "At once", "%(organisation)s touched %(record)s: %(what)s", default="now")
DAILY = Kind("trial.daily", "Daily", "%(person)s changed %(record)s on %(day)s", default="daily")
WEEKLY = Kind("trial.weekly", "Weekly", "Weekly %(what)s", default="weekly")
PAGE = Kind("trial.page", "Page", "Only here: %(what)s", default="page")
MUST = Kind("trial.must", "Must", "You must know: %(what)s", default="now", must=True)


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    for kind in (NOW, DAILY, WEEKLY, PAGE, MUST):
        KINDS[kind.key] = kind
    yield
    for kind in (NOW, DAILY, WEEKLY, PAGE, MUST):
        del KINDS[kind.key]
