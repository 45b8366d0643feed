"""The front page's content, kept by each web process for as long as nothing it shows changes.

It is the same for everyone, costs seven queries and some tens of milliseconds, and changes a few
times a day. Every change of a record is written to its history by triggers, bulk and SQL writes
too, so the newest history ids say whether what is kept still holds: one query instead of seven.
"""

from __future__ import annotations

import time
from collections.abc import Hashable

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from mutirao.core.languages import current

from . import queries

# History ids are given before commit, so a slower transaction may come in below the newest one;
# and tags of activities have no history. Neither is missed for longer than this.
SECONDS = 60
_MOST = 24  # languages × time zones of signed-in readers; more are not worth their memory

_kept: dict[Hashable, tuple[float, str]] = {}


def front_html(request: object, *, signed_in: bool) -> SafeString:
    """The content of the front page in the reader's language and time zone."""
    key = (
        current(),
        timezone.get_current_timezone_name(),
        signed_in,
        timezone.localdate(),
        queries.front_version(),
    )
    until, html = _kept.get(key, (0.0, ""))
    if until < time.monotonic() or settings.DEBUG:
        html = _render(request)
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = (time.monotonic() + SECONDS, html)
    return mark_safe(html)  # noqa: S308  made by our own template


def _render(request: object) -> str:
    context = {"front": queries.front()}
    return render_to_string("home/front.html", context, request)  # type: ignore[arg-type]
