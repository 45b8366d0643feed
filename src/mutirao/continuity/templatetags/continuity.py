"""{% load continuity %}: what was handed over, for the team page, which does not know of it."""

from __future__ import annotations

from django import template
from django.db.models import QuerySet

from mutirao.network.models import Organisation

from .. import queries
from ..models import HandOver

register = template.Library()
NEWEST = 20


@register.simple_tag
def handovers(organisation: Organisation) -> QuerySet[HandOver]:
    """The newest hand-overs of an organisation."""
    return queries.handovers_of(organisation)[:NEWEST]
