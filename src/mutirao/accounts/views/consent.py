"""What people agree to: everybody reads it, a person agrees, the secretariat publishes."""

from __future__ import annotations

import rules
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mutirao.core.languages import LANGUAGES
from mutirao.core.personal import PERIODS

from .. import actions, queries
from ..forms.consent import TextForm
from ..models import ConsentText
from ..states import TextKind


@login_not_required
@require_safe
def text(request: HttpRequest, kind: str, version: int | None = None) -> HttpResponse:
    """The version in force, or a former one."""
    versions = list(ConsentText.objects.filter(kind=kind).order_by("-version"))
    shown = next((one for one in versions if version in (None, one.version)), None)
    if shown is None:
        raise Http404
    context = {
        "text": shown,
        "versions": versions,
        "is_current": shown == versions[0],
        "periods": [(period.label, getattr(settings, period.setting)) for period in PERIODS]
        if kind == TextKind.PRIVACY
        else [],
    }
    return render(request, "account/consent_text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The texts that wait for one's agreement; agreeing leads on to `next`."""
    onward = get_next_redirect_url(request) or reverse("home:desk")
    owed = queries.owed_texts(request.user)  # type: ignore[arg-type]
    fault = ""
    if request.method == "POST":
        if not owed or request.POST.get("agrees"):
            read = {str(text.pk) for text in owed} & set(request.POST.getlist("text"))
            actions.agree(person=request.user, texts=[int(pk) for pk in read])  # type: ignore[arg-type]
            return redirect(onward)
        fault = _("Tick the box if you agree. Without it the house stays closed.")
    context = {"texts": owed, "onward": onward, "fault": fault}
    return render(request, "account/consent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """The secretariat writes a new version, looks at it as people will, and publishes it."""
    actor = request.actor  # type: ignore[attr-defined]
    if not rules.test_rule("accounts.publish_text", actor):
        raise PermissionDenied
    kind = request.GET.get("kind", TextKind.PRIVACY)
    last = ConsentText.objects.filter(kind=kind).order_by("-version").first()
    initial = {"kind": kind, **(last.text if last else {})}
    form = TextForm(request.POST or None, initial=initial)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("do") == "publish":
            chosen = form.cleaned_data
            made = actions.publish_text(
                by=actor, kind=chosen["kind"], text=form.text, asks=chosen["asks"]
            )
            messages.success(request, _("The new version is in force."))
            return redirect(made)
        preview = [(code, form.text[code]) for code in LANGUAGES]
    context = {"form": form, "preview": preview, "last": last}
    return render(request, "account/consent_publish.html", context)
