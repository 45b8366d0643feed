"""{% load discussions %}: a record's history and discussion, on any page in one line."""

from __future__ import annotations

from django import template
from django.db.models import Model

from mutirao.core.addresses import address

register = template.Library()


@register.simple_tag
def history_of(record: Model) -> str:
    """Where the history of a record is read."""
    meta = record._meta
    return address("discussions:history", meta.app_label, meta.model_name, record.pk)
