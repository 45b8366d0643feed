"""{% load topics %}: targets as chips, for pages that show hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from mutirao.core.languages import local

from ..models import Target

register = template.Library()


@register.simple_tag
def target_chips(targets: Iterable[Target]) -> SafeString:
    """List items, a chip a target, each leading to the target on its goal's page."""
    goals = reverse("topics:goals")
    chips = (_chip(goals, target.goal_id, target.pk, local(target.label)) for target in targets)
    return mark_safe("".join(chips))  # noqa: S308  each chip is built by format_html


@lru_cache(maxsize=1024)  # 169 targets in three languages
def _chip(goals: str, goal: int, code: str, label: str) -> SafeString:
    return format_html(
        '<li><a class="chip" href="{}{}/#t{}" title="{}">{}</a></li>',
        goals,
        goal,
        code,
        label,
        code,
    )
