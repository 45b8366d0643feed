"""Tags of the calendar: `{% load meetings %}`."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import when
from ..models import Event

register = template.Library()

register.filter("event_days", when.days)
register.filter("event_short_days", when.short_days)
register.filter("event_hours", when.hours)
register.filter("zone_city", when.zone_city)


@register.simple_tag
def day_block(event: Event) -> SafeString:
    """The block of days at the left of a list: "13–16" over "jun"."""
    block = when.block(event)
    body = format_html("<b>{}</b><span>{}</span>", block.big, block.small)
    if not block.iso:
        return format_html('<div class="day">{}</div>', body)
    return format_html('<time class="day" datetime="{}">{}</time>', block.iso, body)


@register.simple_tag
def readers_hours(event: Event) -> str:
    """The event's hours on the reader's clock; nothing when the place's clock shows the same."""
    return when.readers_hours(event)


@register.simple_tag
def readers_city() -> str:
    return when.readers_city()
