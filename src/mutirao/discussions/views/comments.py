"""Comments go in and out here, whatever record they are about."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.models import Conflict, NotAllowed

from .. import actions, queries
from ..forms import CommentForm, EditForm, ReportForm
from ..mentions import spelled_out, suggested
from ..models import Comment
from ..states import State
from ..threads import conversations, page_number, reader_of, talk_of
from .common import Request, page_of, record_or_404
from .showing import thread_context


def comment_or_404(request: Request, pk: int) -> Comment:
    """A comment this reader may read, on a record they may see."""
    return get_object_or_404(
        queries.with_mentions(queries.visible_to(request.actor)).select_related("root", "parent"),
        pk=pk,
    )


def back_to(request: Request, comment: Comment) -> str:
    """The record's page, where its discussion shows the comment."""
    number = page_number(comment, request.actor)
    page = page_of(comment.record)
    return f"{page}{f'?comments={number}' if number > 1 else ''}#comment-{comment.pk}"


def _allowed(request: Request, record: Any) -> None:
    if not rules.test_rule("discussions.comment", request.actor, record):
        raise PermissionDenied


def _thread(request: Request, record: Any, number: Any, form: CommentForm | None) -> HttpResponse:
    context = thread_context(request, record, number, form)
    return render(request, "discussions/partials/thread.html", context)


@require_POST
def add(request: Request, app: str, model: str, pk: int) -> HttpResponse:
    """Add a comment; what cannot be taken comes back on a page of its own, as it was typed."""
    kind, record = record_or_404(request, app, model, pk)
    if not kind.discussed:
        raise Http404
    _allowed(request, record)
    everyone = request.actor.is_member and bool(talk_of(record))
    form = CommentForm(request.POST, record=record, everyone=everyone)
    return _taken(request, record, form)


@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer a comment: on a page of its own, or below it with HTMX."""
    parent = comment_or_404(request, pk)
    _allowed(request, parent.record)
    if parent.state != State.PUBLISHED:
        raise PermissionDenied
    form = CommentForm(request.POST or None, record=parent.record, parent=parent)
    if request.method == "POST":
        return _taken(request, parent.record, form)
    name = "discussions/partials/answer.html" if request.htmx else "discussions/comment.html"
    context = {"record": parent.record, "form": form, "back": back_to(request, parent),
               "parent": parent}  # fmt: skip
    return render(request, name, context)


def _taken(request: Request, record: Any, form: CommentForm) -> HttpResponse:
    """Keep the comment and show the discussion with it, or the form with what is wrong."""
    made = None
    if form.is_valid():
        try:
            made = actions.comment(
                record=record, by=request.actor, parent=form.parent, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None if "text" not in error.message_dict else "text", error.messages)
    if made is None:
        return _again(request, record, form)
    if made.state == State.WAITING:
        messages.success(
            request, _("Thank you. Your comment appears once a moderator has read it.")
        )
    if request.htmx:
        return _thread(request, record, page_number(made, request.actor), None)
    return redirect(back_to(request, made))


def _again(request: Request, record: Any, form: CommentForm) -> HttpResponse:
    if request.htmx and form.parent is None:
        return _thread(request, record, request.GET.get("comments", 1), form)
    back = page_of(record, "discussion")
    context = {"record": record, "form": form, "back": back, "parent": form.parent}
    return render(request, "discussions/comment.html", context, status=422)


@login_not_required
@never_cache
@require_safe
def comment(request: Request, pk: int) -> HttpResponse:
    """The permanent address of a comment: its place on the record's page, or its conversation."""
    found = comment_or_404(request, pk)
    if found.root is not None:
        earlier = queries.replies_to([found.root], request.actor, False, None)
        if sum(1 for reply in earlier if reply.created_at < found.created_at) >= queries.REPLIES:
            return conversation(request, found.root.pk)
    return redirect(back_to(request, found))


@login_not_required
@never_cache
@require_safe
def conversation(request: Request, pk: int) -> HttpResponse:
    """One conversation with all that was answered."""
    root = comment_or_404(request, pk)
    if root.root_id is not None:
        return redirect("discussions:conversation", pk=root.root_id)
    record: Any = root.record
    reader = reader_of(record, request.actor)
    (item,) = conversations([root], reader, None)
    context = {"record": record, "item": item, "back": page_of(record, "discussion")}
    return render(request, "discussions/conversation.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Say it better. What somebody else's page changed meanwhile is shown beside it."""
    found = comment_or_404(request, pk)
    if not rules.test_rule("discussions.edit_comment", request.actor, found):
        raise PermissionDenied
    start = {"text": spelled_out(found), "version": found.version}
    form = EditForm(request.POST or None, initial=start)
    status, theirs = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.edit_comment(comment=found, by=request.actor, **form.cleaned_data)
                return redirect(back_to(request, found))
            except ValidationError as error:
                form.add_error("text", error.messages)
            except Conflict:
                now = comment_or_404(request, pk)
                status, theirs = 409, spelled_out(now)
                form = EditForm({"text": form.cleaned_data["text"], "version": now.version})
    context = {"comment": found, "record": found.record, "form": form, "theirs": theirs,
               "back": back_to(request, found)}  # fmt: skip
    return render(request, "discussions/edit.html", context, status=status)


@require_POST
def delete(request: Request, pk: int) -> HttpResponse:
    found = Comment.objects.prefetch_related("record").filter(pk=pk).first()
    if found is None or not queries.visible_to(request.actor).filter(pk=pk).exists():
        raise Http404
    record = found.record
    number = page_number(found, request.actor)
    try:
        actions.delete_comment(comment=found, by=request.actor)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(page_of(record, "discussion"))
    if request.htmx:
        return _thread(request, record, number, None)
    messages.success(request, _("The comment is gone."))
    return redirect(page_of(record, "discussion"))


@require_http_methods(["GET", "POST"])
def report(request: Request, pk: int) -> HttpResponse:
    """Tell the moderators about a comment."""
    found = comment_or_404(request, pk)
    earlier = found.reports.filter(person=request.actor.person).exists()
    if not earlier and not rules.test_rule("discussions.report_comment", request.actor, found):
        raise PermissionDenied
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.report_comment(comment=found, by=request.actor, **form.cleaned_data)
        messages.success(request, _("Thank you. The moderators look at it, and you will be told."))
        return redirect(page_of(found.record, "discussion"))
    context = {"comment": found, "record": found.record, "form": form, "earlier": earlier,
               "back": back_to(request, found)}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "discussions/report.html", context, status=status)


@never_cache
@require_safe
def suggest(request: Request, app: str, model: str, pk: int) -> JsonResponse:
    """Who can be mentioned: for members who may comment there, among those who see the record."""
    kind, record = record_or_404(request, app, model, pk)
    if not kind.discussed:
        raise Http404
    if not (request.actor.may_write and request.actor.is_member):
        raise PermissionDenied
    words = request.GET.get("q", "")[:60]
    found = suggested(words, record)
    return JsonResponse({"found": [{"label": each.label, "kind": each.kind} for each in found]})
