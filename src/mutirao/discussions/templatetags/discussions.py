"""{% load discussions %}: a record's history and discussion, on any page in one line."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model

from mutirao.core.addresses import address

from ..actions.comments import author_of
from ..models import Comment
from ..views.showing import thread_context

register = template.Library()


@register.simple_tag
def history_of(record: Model) -> str:
    """Where the history of a record is read."""
    meta = record._meta
    return address("discussions:history", meta.app_label, meta.model_name, record.pk)


@register.inclusion_tag("discussions/partials/thread.html", takes_context=True)
def discussion(context: dict[str, Any], record: Model) -> dict[str, Any]:
    """What people say about a record the reader sees, with the form to say something.

    Shows nothing where the record is not discussed, or not with this reader.
    """
    request = context["request"]
    return thread_context(request, record, number=request.GET.get("comments", 1))


@register.simple_tag
def author(comment: Comment, to_members: bool) -> str:
    """Who said it, as this reader may know."""
    return author_of(comment, to_members=to_members)
