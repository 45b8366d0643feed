"""Comments go in and out here, whatever record they are about."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.middleware import HtmxDetails

from mutirao.network.acting import Actor

from .. import actions
from ..forms import CommentForm
from ..models import Comment
from ..queries import comments_on
from ..rules import admits_comments, comment_rule, see_rule


class Request(HttpRequest):
    """With what the middlewares put on it, said to the type checker."""

    actor: Actor
    htmx: HtmxDetails


def _record(request: Request, app: str, model: str, pk: int) -> models.Model:
    """The record, if its app admits comments and the actor may see it (404) and comment (403)."""
    kind = get_object_or_404(ContentType, app_label=app, model=model)
    found = kind.model_class()
    if found is None or not admits_comments(found):
        raise Http404
    record = get_object_or_404(found._default_manager, pk=pk)
    if not rules.test_rule(see_rule(record), request.actor, record):
        raise Http404
    if not rules.test_rule(comment_rule(record), request.actor, record):
        raise PermissionDenied
    return record


def _back(record: Any) -> str:
    return f"{record.get_absolute_url().partition('#')[0]}#discussion"


def _thread(request: Request, record: models.Model, form: CommentForm) -> HttpResponse:
    context = {"record": record, "comments": comments_on(record), "form": form}
    return render(request, "discussions/partials/thread.html", context)


@require_POST
def add(request: Request, app: str, model: str, pk: int) -> HttpResponse:
    """Add a comment; what cannot be taken comes back on a page of its own, as it was typed."""
    record = _record(request, app, model, pk)
    form = CommentForm(request.POST, record=record)
    if form.is_valid():
        actions.comment(record=record, by=request.actor, **form.cleaned_data)
        if request.htmx:
            return _thread(request, record, CommentForm(record=record))
        return redirect(_back(record))
    if request.htmx:
        return _thread(request, record, form)
    context = {"record": record, "form": form, "back": _back(record)}
    return render(request, "discussions/comment.html", context, status=422)


@require_POST
def delete(request: Request, pk: int) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.prefetch_related("record"), pk=pk)
    record = comment.record
    if record is None or not rules.test_rule(see_rule(record), request.actor, record):
        raise Http404
    actions.delete_comment(comment=comment, by=request.actor)
    if request.htmx:
        return _thread(request, record, CommentForm(record=record))
    messages.success(request, _("The comment is gone."))
    return redirect(_back(record))
