"""Tags of pages about accounts."""

from __future__ import annotations

from django import template

from ..browsers import browser_of

register = template.Library()
register.filter("browser", browser_of)
