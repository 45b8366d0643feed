"""Candidacies, and those for one office side by side."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.models import Conflict
from mutirao.network.states import LEADING_OFFICES

from .. import actions, queries
from ..forms import CandidacyForm, ReasonForm
from .common import Request, candidacy_or_404, done, election_or_404, needs


@login_not_required
@require_safe
def election(request: Request, pk: int) -> HttpResponse:
    """One office: who stands for it, side by side; the vote; the result."""
    found = election_or_404(request, pk)
    actor, assembly = request.actor, found.assembly
    seen = list(
        queries.candidacies_visible_to(actor).filter(election=found).order_by("organisation__name")
    )
    plans = queries.plans_beside(actor, seen)
    own = next((one for one in seen if one.organisation_id == actor.organisation_id), None)
    context: dict[str, Any] = {
        "election": found,
        "assembly": assembly,
        "candidacies": [(one, plans.get(one.pk)) for one in seen],
        "own": own,
        "may_stand": own is None
        and assembly.takes_candidacies()
        and rules.test_rule("assembly.stand", actor, found),
        "results": queries.results_of(found),
        **_voting(request, found),
    }
    return render(request, "assembly/election.html", context)


def _voting(request: Request, found: Any) -> dict[str, Any]:
    assembly, actor = found.assembly, request.actor
    if not assembly.is_held_here:
        return {}
    votes = assembly.is_voting() and rules.test_rule("assembly.vote", actor, found)
    shown = found.is_decided and not assembly.is_secret
    return {
        "may_vote": votes,
        "has_voted": queries.has_voted(found, actor),
        "open_votes": queries.open_votes(found) if shown else None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def stand(request: Request, pk: int) -> HttpResponse:
    found = election_or_404(request, pk)
    needs(request, "assembly.stand", found)
    form = CandidacyForm(request.POST or None, election=found, city=request.actor.organisation)
    made = request.method == "POST" and done(
        request,
        form,
        lambda: actions.stand(election=found, by=request.actor, **form.cleaned_data),
        _("The draft is saved. Nobody else sees it until you submit it."),
    )
    if made:
        return redirect(made)
    return _form(request, form, found)


def _form(request: Request, form: CandidacyForm, found: Any, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "election": found,
        "comes_with_plan": found.office in LEADING_OFFICES,
        **more,
    }
    status = 422 if form.errors else 200
    return render(request, "assembly/candidacy_form.html", context, status=status)


@require_safe
def candidacy(request: Request, pk: int) -> HttpResponse:
    found = candidacy_or_404(request, pk)
    return _page(request, found)


def _page(request: Request, found: Any, **given: Any) -> HttpResponse:
    actor, assembly = request.actor, found.election.assembly
    decides = rules.test_rule("assembly.submit_candidacy", actor, found)
    takes = assembly.takes_candidacies()
    before = not assembly.vote_has_begun() and not found.election.is_decided
    context = {
        "candidacy": found,
        "assembly": assembly,
        "plan": queries.plan_seen(actor, found),
        "writes": rules.test_rule("assembly.write_candidacy", actor, found)
        and found.is_written
        and takes,
        "may_submit": decides and found.is_written and takes,
        "may_withdraw": decides and found.state == "submitted" and before,
        "reason_form": ReasonForm()
        if actor.is_secretariat and found.state == "submitted" and before
        else None,
        "may_admit": actor.is_secretariat and found.state == "refused" and before,
        **given,
    }
    return render(request, "assembly/candidacy.html", context, status=422 if given else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    found = candidacy_or_404(request, pk)
    needs(request, "assembly.write_candidacy", found)
    election, city = found.election, found.organisation
    form = CandidacyForm(request.POST or None, instance=found, election=election, city=city)
    try:
        saved = request.method == "POST" and done(
            request,
            form,
            lambda: actions.edit(candidacy=found, by=request.actor, **form.cleaned_data),
            _("The candidacy is saved."),
        )
    except Conflict as conflict:
        saved = None
        form.add_error(None, _("Somebody saved it in the meantime. Look at it again, then save."))
        form.data = {**form.data.dict(), "version": conflict.current.version}  # type: ignore[attr-defined]
    return redirect(found) if saved else _form(request, form, election, candidacy=found)


@require_POST
def move(request: Request, pk: int, verb: str) -> HttpResponse:
    found = candidacy_or_404(request, pk)
    if verb == "refuse":
        return _refuse(request, found)
    acts = {"submit": actions.submit, "withdraw": actions.withdraw, "admit": actions.admit}
    if verb not in acts:
        raise Http404
    acts[verb](candidacy=found, by=request.actor)
    said = {
        "submit": _("The candidacy is submitted."),
        "withdraw": _("The candidacy is withdrawn."),
        "admit": _("The candidacy stands."),
    }
    messages.success(request, said[verb])
    return redirect(found)


def _refuse(request: Request, found: Any) -> HttpResponse:
    needs(request, "assembly.refuse_candidacy", found)
    form = ReasonForm(request.POST)
    refused = done(
        request,
        form,
        lambda: actions.refuse(candidacy=found, by=request.actor, **form.cleaned_data),
        _("The candidacy is refused; the city is told why."),
    )
    return redirect(found) if refused else _page(request, found, reason_form=form)
