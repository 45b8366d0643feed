"""Who comes in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase


def for_whom(rule: str) -> Callable[[Callable[..., Any]], Callable[..., HttpResponseBase]]:
    """Let in only whom the rule admits."""

    def guard(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not rules.test_rule(rule, request.actor):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
