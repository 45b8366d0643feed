"""Who acts for whom."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ... import actions, queries
from ...forms.managing import MembershipForm
from ...models import Membership
from .common import answered, for_the_secretariat
from .organisations import organisation_page


@for_the_secretariat
@require_POST
def add_person(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.managed_organisation(), pk=pk)
    form = MembershipForm(request.POST, auto_id="person_%s")

    def then(given: tuple[Membership, bool]) -> tuple[str, int]:
        if given[1]:
            messages.info(
                request,
                _(
                    "An account was opened, but no mail was sent. Tell the person to choose a"
                    " password through “Forgot your password?” on the sign-in page."
                ),
            )
        return "network:manage_organisation", pk

    return answered(
        request,
        form,
        act=partial(actions.give_membership, organisation=found),
        done=_("The person acts for %(organisation)s now.") % {"organisation": found},
        then=then,
        page=lambda: organisation_page(request, found, person=form),
    )
