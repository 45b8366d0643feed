"""Writing to an organisation or a unit, and reading what visitors wrote."""

from __future__ import annotations

from typing import Any

import rules
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.languages import current
from mutirao.core.lists import Column, exported, paginate
from mutirao.core.models import NotAllowed

from .. import actions, queries
from ..forms.contact import ContactForm
from ..models import ContactMessage, Organisation, Unit
from ..states import MessageState


# No cookie is asked for: the form carries a seal of ours, and nobody's session is used.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    return _contact(request, get_object_or_404(queries.visible_to(request.actor), pk=pk))  # type: ignore[attr-defined]


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact_unit(request: HttpRequest, pk: int) -> HttpResponse:
    return _contact(request, get_object_or_404(queries.units(), pk=pk))


def _contact(request: HttpRequest, target: Organisation | Unit) -> HttpResponse:
    kind = "organisation" if isinstance(target, Organisation) else "unit"
    person = request.actor.person  # type: ignore[attr-defined]
    known = {"name": person.name, "email": person.email} if person else {}
    form = ContactForm(request.POST or None, target=f"{kind}-{target.pk}", initial=known)
    sent = redirect(f"network:contact_{kind}_sent", target.pk)
    status = 200
    if request.method == "POST":
        if form.is_by_a_programme:
            return sent  # it learns nothing
        if form.is_valid() and _written(request, form, target):
            return sent
        status = 422
    context = {"form": form, "target": target, "days": settings.CONTACT_DAYS}
    return render(request, "network/contact/write.html", context, status=status)


def _written(request: HttpRequest, form: ContactForm, target: Organisation | Unit) -> bool:
    try:
        actions.write_message(
            target=target,
            ip=get_adapter(request).get_client_ip(request),
            language=current(),
            **form.cleaned_data,
        )
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@login_not_required
@require_safe
def contact_organisation_sent(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]
    return render(request, "network/contact/sent.html", {"target": found})


@login_not_required
@require_safe
def contact_unit_sent(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.units(), pk=pk)
    return render(request, "network/contact/sent.html", {"target": found})


# The readers' side


@require_safe
def inbox(request: HttpRequest) -> HttpResponseBase:
    """What visitors wrote to the organisation acted for; reports, for the secretariat."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may_decide:
        raise PermissionDenied
    state = request.GET.get("state", "")
    rows = queries.messages_to(actor)
    if state in MessageState.values:
        rows = rows.filter(state=state)
    if taken := exported(request, rows, _columns(), "messages"):
        return taken
    context = {
        "page": paginate(request, rows),
        "state": state,
        "states": MessageState.choices,
        "days": settings.CONTACT_DAYS,
    }
    return render(request, "network/contact/inbox.html", context)


def _columns() -> list[Column]:
    """What is taken along; the address of who wrote stays in the message's own page."""
    return [
        (_("Subject"), lambda row: row.subject),
        (_("From"), lambda row: row.name),
        (_("When"), lambda row: row.created_at),
        (_("State"), lambda row: row.get_state_display()),
        (_("Message"), lambda row: row.text),
    ]


def _message(request: HttpRequest, pk: int) -> ContactMessage:
    rows = ContactMessage.objects.select_related("organisation", "unit", "handled_by")
    found = get_object_or_404(rows.prefetch_related("recipients"), pk=pk)
    if not rules.test_rule("network.read_message", request.actor, found):  # type: ignore[attr-defined]
        raise Http404
    return found


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "network/contact/message.html", {"found": _message(request, pk)})


@require_POST
def mark_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Answered, reported as abuse, or (by the secretariat) deleted."""
    found = _message(request, pk)
    actor: Any = request.actor  # type: ignore[attr-defined]
    if "delete" in request.POST:
        actions.delete_message(by=actor, message=found)
        messages.success(request, _("The message is deleted."))
        return redirect("network:inbox")
    actions.mark_message(by=actor, message=found, state=request.POST.get("state", ""))
    messages.success(request, _("It is noted."))
    return redirect("network:inbox")
