"""Casting a vote, checking that it counts, and recording what was decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from mutirao.core.lists import Column, exported, paginate
from mutirao.core.models import NotAllowed

from .. import actions, queries
from ..forms import BLANK, ResultForm, VoteForm
from ..models import Election
from ..states import State
from .common import Request, done, election_or_404, needs


@sensitive_post_parameters("choice", "slip")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: Request, pk: int) -> HttpResponse:
    """The ballot paper. A secret vote's answer is shown at once and never again: nothing of it is
    kept with the person, not even in a session.
    """
    found = election_or_404(request, pk)
    needs(request, "assembly.vote", found)
    if not found.assembly.is_voting():
        raise NotAllowed(_("The vote is not open."))
    standing = queries.standing_in(found)
    if request.method != "POST":
        return _paper(request, found, VoteForm(initial=_before(request, found), standing=standing))
    form = VoteForm(request.POST, standing=standing)
    if not form.is_valid():
        return _paper(request, found, form, status=422)
    if not found.assembly.is_secret:
        actions.cast_open(election=found, candidacy=form.candidacy, by=request.actor)
        messages.success(request, _("Your organisation's vote is recorded."))
        return redirect(found)
    code = actions.cast_secret(
        election=found, candidacy=form.candidacy, slip=form.cleaned_data["slip"], by=request.actor
    )
    return render(request, "assembly/receipt.html", {"election": found, "code": code})


def _before(request: Request, found: Election) -> dict[str, Any]:
    if found.assembly.is_secret:
        return {"slip": actions.new_slip(found)}
    own = queries.own_open_vote(found, request.actor)
    return {"choice": (own.candidacy_id or BLANK) if own else None}


def _paper(request: Request, found: Election, form: VoteForm, status: int = 200) -> HttpResponse:
    context = {
        "election": found,
        "assembly": found.assembly,
        "form": form,
        "has_voted": queries.has_voted(found, request.actor),
    }
    return render(request, "assembly/vote.html", context, status=status)


@login_not_required
@require_safe
def ballots(request: Request, pk: int) -> HttpResponseBase:
    """The ballots of a secret vote that is over, by code: each voter finds its own."""
    found = election_or_404(request, pk)
    assembly = found.assembly
    if not assembly.is_secret or not (found.is_decided or assembly.state == State.CONCLUDED):
        raise Http404
    rows = queries.ballots_of(found)
    taken = exported(request, rows, _columns(), f"ballots-{found.pk}")
    if taken:
        return taken
    context = {"election": found, "assembly": assembly, "page": paginate(request, rows, 100)}
    return render(request, "assembly/ballots.html", context)


def _columns() -> list[Column]:
    return [
        (_("Code"), lambda row: row.code),
        (
            _("Vote"),
            lambda row: (
                row.candidacy.organisation.name if row.candidacy else pgettext("vote", "Blank vote")
            ),
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: Request, pk: int) -> HttpResponse:
    """What was decided: counted here, or recorded from the assembly's act."""
    found = election_or_404(request, pk)
    needs(request, "assembly.decide", found)
    form = ResultForm(request.POST or None, election=found)
    decided = request.method == "POST" and done(
        request,
        form,
        lambda: actions.decide(
            election=found,
            how=form.cleaned_data["how"],
            elected=form.cleaned_data["elected"],
            reason=form.cleaned_data["reason"],
            figures=form.figures,
            by=request.actor,
        ),
        _("The result is recorded."),
    )
    if decided:
        return redirect(found)
    counted = queries.counted(found) if found.assembly.vote_is_over() else None
    context = {
        "form": form,
        "election": found,
        "assembly": found.assembly,
        "counted": counted,
        "tally": queries.tally(found, counted),
    }
    return render(request, "assembly/result.html", context, status=422 if form.errors else 200)
