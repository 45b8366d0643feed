"""Who belongs to the network."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ... import actions, queries
from ...forms.managing import FromForm
from ...models import Member
from .common import answered, ending, for_the_secretariat
from .organisations import organisation_page


@for_the_secretariat
@require_POST
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.managed_organisation(), pk=pk)
    form = FromForm(request.POST, auto_id="admit_%s")
    return answered(
        request,
        form,
        act=partial(actions.admit, organisation=found),
        done=_("%(organisation)s is admitted.") % {"organisation": found},
        then=lambda _member: ("network:manage_organisation", pk),
        page=lambda: organisation_page(request, found, admit=form),
    )


@for_the_secretariat
@require_http_methods(["GET", "HEAD", "POST"])
def end_member(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.select_related("organisation"), pk=pk)
    return ending(
        request,
        record=member,
        act=partial(actions.end_member, member=member),
        title=_("End the admission of %(organisation)s") % {"organisation": member.organisation},
        back=("network:manage_organisation", member.organisation_id),
    )
