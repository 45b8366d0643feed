"""Pages of bringing a plan in: upload, progress, review."""

from __future__ import annotations

import re
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails

from mutirao.core.models import Conflict, NotAllowed
from mutirao.intake import actions as intake
from mutirao.intake import queries
from mutirao.intake.models import Draft
from mutirao.intake.states import UNREAD, DraftState
from mutirao.network.acting import Actor

from . import upload
from .actions import accept
from .check import Checked, Fault, check
from .content import Content, from_reading, undecided
from .forms import merged
from .options import Options, options_for, suggested_head
from .page import LIST_KEYS, where
from .presenting import conflict_context, review_context
from .read import is_small, read_draft
from .samples import sample, samples
from .steps import place, step

# The job waits a little where the page reads the document itself; it is the net under it.
INLINE_DELAY = 20


class Request(HttpRequest):
    """What the middlewares put on a request, said to the type checker."""

    actor: Actor
    htmx: HtmxDetails


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """Which document is the plan?"""
    _must_write(request)
    form = upload.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = upload.UploadForm(request.POST, request.FILES)
        if named := sample(request.POST.get("sample", "")):
            with named.path.open("rb") as file:
                return _received(request, File(file, name=named.name), named.name)
        if form.is_valid():
            file = form.cleaned_data["document"]
            return _received(request, file, file.name)
    known = upload.again(request.GET.get("same", ""), request.actor)
    context = {
        "form": form,
        "known": known[0] if known else None,
        "known_name": known[1] if known else "",
        "token": request.GET.get("same", ""),
        "drafts": queries.open_to(request.actor)[:20],
        "samples": samples(),
        "accept": upload.ACCEPT,
    }
    return render(
        request, "plans/review/upload.html", context, status=422 if form.is_bound else 200
    )


def _must_write(request: Request) -> None:
    if not rules.test_rule("plans.write_plans", request.actor):
        raise PermissionDenied


def _received(request: Request, file: File, name: str, *, again: bool = False) -> HttpResponse:
    """Keep the document and go to its page, unless it is known already."""
    actor, sha256 = request.actor, intake.fingerprint(file)
    if not again and (plan := upload.already_a_plan(actor, sha256)):
        token = upload.again_token(plan, name, actor)
        return redirect(f"{reverse('plans:import')}?same={token}")
    if open_draft := queries.same_open(actor, sha256, "plan"):
        messages.info(request, _("This document was already here: continue where it was left."))
        return redirect("plans:draft", open_draft.key)
    at_once = is_small(name, file.size)
    delay = INLINE_DELAY if at_once else 0
    draft = intake.receive(file=file, filename=name, by=actor, delay=delay)
    if at_once:
        read_draft(draft.pk)
    return redirect("plans:draft", draft.key)


@require_POST
def bring_in_again(request: Request) -> HttpResponse:
    """The same document once more, knowing that there is a plan of it."""
    _must_write(request)
    known = upload.again(request.POST.get("token", ""), request.actor)
    if known is None:
        messages.error(request, _("That took too long. Choose the document once more."))
        return redirect("plans:import")
    plan, name = known
    if plan.document is None or not plan.document.file:
        raise Http404
    with plan.document.file.open("rb") as file:
        return _received(request, File(file, name=name), name, again=True)


@require_safe
def sample_file(request: Request, name: str) -> FileResponse:
    """A sample plan, to look at before trying it."""
    found = sample(name)
    if found is None:
        raise Http404
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=found.name)


def _draft(request: Request, key: str) -> Draft:
    return get_object_or_404(queries.visible_to(request.actor), key=key, kind="plan")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: Request, key: str) -> HttpResponse:
    """The document on its way in: being read, not readable, to be checked, or done."""
    found = _draft(request, key)
    if found.state == DraftState.READY:
        return _act(request, found) if request.method == "POST" else _review(request, found)
    if found.state in (DraftState.ACCEPTED, DraftState.DISCARDED):
        return _ended(request, found)
    if found.state == DraftState.FAILED:
        if request.htmx:
            return HttpResponseClientRefresh()
        context = {"draft": found, "why": upload.failure_message(found), "accept": upload.ACCEPT}
        return render(request, "plans/review/failed.html", context)
    return render(request, "plans/review/progress.html", {"draft": found})


def _ended(request: Request, found: Draft) -> HttpResponse:
    """A finished review leads to what it became."""
    if request.method == "POST" and found.result:
        messages.info(request, _("This document had already become the plan below."))
    if found.result:
        return redirect(found.result)
    messages.info(request, _("That document was discarded."))
    return redirect("plans:import")


def _content(found: Draft, options: Options) -> Content:
    """What the person made of the reading so far, or the reading with its suggestions."""
    if found.edited is not None:
        return found.edited
    content = from_reading(found.reading or {})
    content["head"].update(suggested_head(found.reading or {}, options))
    return content


def _review(request: Request, found: Draft) -> HttpResponse:
    if request.htmx and not request.htmx.boosted and request.htmx.target == "progress":
        return HttpResponseClientRefresh()
    options = options_for(request.actor)
    content = _content(found, options)
    context = review_context(request, found, content, options, Checked())
    return render(request, "plans/review/review.html", context)


def _act(request: Request, found: Draft) -> HttpResponse:
    """A button of the review: keep what is on the page, then do what the button says."""
    options, do = options_for(request.actor), request.POST.get("do", "save")
    content, looked_at = step(merged(_content(found, options), request.POST), do)
    if do == "save" or do.startswith("accept"):
        place(content)
    try:
        found = _save(request, found, content)
        if do.startswith("accept"):
            return _accept(request, found, content, options)
    except Conflict as conflict:
        context = conflict_context(request, conflict.current, content, options)
        return render(request, "plans/review/review.html", context, status=409)
    except NotAllowed:
        return redirect("plans:draft", found.key)
    if "do" in request.POST and do == "save":
        messages.success(request, _("Saved. You can close this page and come back any time."))
    return redirect(_address(request, found, content, looked_at))


def _address(request: Request, found: Draft, content: Content, looked_at: str) -> str:
    """The same page of the review, or the one where the part to look at stands."""
    query = request.GET.copy()
    query.pop("new", None)
    key, _dash, number = request.POST.get("go", "").partition("-")
    if key in LIST_KEYS and number.isdigit():
        query[key], anchor = number, f"#list-{key}"
    else:
        anchor = f"#{looked_at}" if looked_at else ""
    if looked_at and (place_of := where(content).get(looked_at)):
        query[place_of[0]] = str(place_of[1])
    if looked_at and request.POST.get("do", "").startswith("add-"):
        query["new"] = looked_at
    address = reverse("plans:draft", args=[found.key])
    return f"{address}?{query.urlencode()}{anchor}" if query else f"{address}{anchor}"


def _save(request: Request, found: Draft, content: Content) -> Draft:
    """Keep the content; a page that lost our answer may save over its own last version."""
    page = request.POST.get("page", "")[:40].replace("\x00", "")
    version = request.POST.get("version", "")
    last = (found.edited or {}).get("saved", {}).get("page")
    number = found.version if page and page == last else _number(version)
    actor = request.actor
    if found.edited is not None and _same(content, found.edited):
        return found
    content["saved"] = {"page": page, "by": _called(actor)}
    return intake.save_edits(draft=found, edited=content, version=number, by=actor)


def _number(text: str) -> int:
    """A version as a form carries it; 0, which is none, for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


def _called(actor: Actor) -> str:
    """A person for an organisation, as the other one reads it."""
    person = actor.person.name if actor.person else ""
    return f"{person} · {actor.organisation.display}" if actor.organisation else person


def _same(one: Content, other: Content) -> bool:
    """The same but for who saved it."""
    return {**one, "saved": None} == {**other, "saved": None}


def _accept(request: Request, found: Draft, content: Content, options: Options) -> HttpResponse:
    """Make the plan, or say everything that stands in the way."""
    checked = check(content, options, request.actor)
    if checked.where and undecided(content) and request.POST.get("do") == "accept":
        context = review_context(request, found, content, options, checked)
        return render(request, "plans/review/review.html", context | {"ask": True})
    if checked.where:
        try:
            plan = accept(
                draft=found,
                version=found.version,
                where=checked.where,
                content=checked.data,
                by=request.actor,
            )
            messages.success(request, _("The plan was created as a draft. Nothing is public yet."))
            return redirect(plan)
        except ValidationError as error:
            checked.faults += [Fault("head", "head", "", text) for text in error.messages]
    context = review_context(request, found, content, options, checked)
    return render(request, "plans/review/review.html", context, status=422)


@require_POST
def save(request: Request, key: str) -> JsonResponse:
    """Saving as the person types. 200 {version}; 409 when another page saved; 410 when over."""
    found = _draft(request, key)
    if found.state != DraftState.READY:
        return JsonResponse({}, status=410)
    content = merged(_content(found, options_for(request.actor)), request.POST)
    try:
        found = _save(request, found, content)
    except Conflict as conflict:
        saved: dict[str, Any] = (conflict.current.edited or {}).get("saved", {})
        return JsonResponse({"by": saved.get("by", "")}, status=409)
    except NotAllowed:
        return JsonResponse({}, status=410)
    return JsonResponse({"version": found.version})


@require_POST
def read_again(request: Request, key: str) -> HttpResponse:
    """Try the reading once more, when it failed or seems stuck."""
    found = intake.read_again(draft=_draft(request, key), by=request.actor)
    if found.state in UNREAD and is_small(found.filename, found.size):
        read_draft(found.pk)
    return redirect("plans:draft", found.key)


@require_POST
def discard(request: Request, key: str) -> HttpResponse:
    """Give the document up."""
    try:
        intake.discard(draft=_draft(request, key), by=request.actor)
        messages.success(request, _("The document was discarded."))
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("plans:import")
