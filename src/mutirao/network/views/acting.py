"""Changing for whom one acts."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..middleware import SESSION_KEY
from ..models import Organisation


@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Act for another of one's organisations from now on; 403 for one that is not one's own."""
    organisation = _asked_for(request)
    if not rules.test_rule("network.act_for", request.actor, organisation):  # type: ignore[attr-defined]
        raise PermissionDenied
    request.session[SESSION_KEY] = organisation.pk  # type: ignore[union-attr]
    messages.success(
        request,
        _("You are now acting for %(organisation)s.") % {"organisation": organisation},
    )
    return redirect(_safe_next(request))


def _asked_for(request: HttpRequest) -> Organisation | None:
    asked = request.POST.get("organisation", "")
    live = (membership.organisation for membership in request.actor.memberships)  # type: ignore[attr-defined]
    return next((item for item in live if str(item.pk) == asked), None)


def _safe_next(request: HttpRequest) -> str:
    """The page to return to, unless it is on another host; then the desk."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # What does not begin with a slash would be looked up as the name of a page.
    return wanted if safe and wanted.startswith("/") else "home:desk"
