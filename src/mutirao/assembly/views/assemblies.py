"""Assemblies: the list, the page, and the secretariat's side."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.lists import Column, exported, paginate
from mutirao.core.models import Conflict
from mutirao.core.uploads import KINDS
from mutirao.network.queries import in_readers_order, units

from .. import actions, queries
from ..forms import AssemblyForm, MinutesForm, OfficesForm
from ..models import Candidacy, Election
from ..states import STANDING
from .common import Request, assembly_or_404, done, needs


@login_not_required
@require_safe
def assemblies(request: Request) -> HttpResponseBase:
    rows = queries.for_list(request.actor)
    taken = exported(request, rows, _columns(), "assemblies")
    if taken:
        return taken
    return render(request, "assembly/assemblies.html", {"page": paginate(request, rows)})


def _columns() -> list[Column]:
    return [
        (_("Assembly"), lambda row: row.title),
        (_("Term"), lambda row: row.term.code),
        (_("Day"), lambda row: row.held_on),
        (_("Place"), lambda row: row.place),
        (_("State"), lambda row: row.get_state_display()),
        (_("Offices"), lambda row: row.offices),
        (_("Candidacies"), lambda row: row.standing),
    ]


@login_not_required
@require_safe
def assembly(request: Request, pk: int) -> HttpResponseBase:
    found = assembly_or_404(request, pk)
    elections = queries.elections_of(found, request.actor)
    rows = [one for election in elections for one in _results(election)]
    taken = exported(request, rows, _result_columns(), f"assembly-{found.pk}")  # type: ignore[arg-type]
    if taken:
        return taken
    context = {
        "assembly": found,
        "elections": elections,
        "undecided": [one for one in elections if not one.is_decided and one.seen],  # type: ignore[attr-defined]
        "minutes_form": MinutesForm() if request.actor.is_secretariat else None,
        "voted": queries.voted_by(request.actor, found),
        "votable": _votable(request, elections),
    }
    return render(request, "assembly/assembly.html", context)


def _votable(request: Request, elections: list[Election]) -> set[int]:
    """The offices (ids) beside which a way to the ballot stands: somebody stands, and one decides
    for a member. Whether that member is on the roll is asked at the ballot itself.
    """
    if not request.actor.may_decide or request.actor.is_secretariat:
        return set()
    return {one.pk for one in elections if any(c.state in STANDING for c in one.seen)}  # type: ignore[attr-defined]


def _results(election: object) -> list[Candidacy]:
    return getattr(election, "results", None) or getattr(election, "seen", [])


def _result_columns() -> list[Column]:
    return [
        (_("Unit"), lambda row: str(row.election.unit)),
        (_("Office"), lambda row: row.election.get_office_display()),
        (_("Organisation"), lambda row: row.organisation.name),
        (_("State"), lambda row: row.get_state_display()),
        (_("Votes"), lambda row: row.votes),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    needs(request, "assembly.manage")
    form = AssemblyForm(request.POST or None)
    made = request.method == "POST" and done(
        request,
        form,
        lambda: actions.save_assembly(by=request.actor, **form.cleaned_data),
        _("The assembly is open. Check which offices are to be filled, then announce it."),
    )
    if made:
        return redirect("assembly:offices", made.pk)
    return render(request, "assembly/edit.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    found = assembly_or_404(request, pk)
    needs(request, "assembly.manage", found)
    form = AssemblyForm(request.POST or None, instance=found)

    def act() -> object:
        fields = dict(form.cleaned_data)
        version = fields.pop("version")
        return actions.save_assembly(by=request.actor, assembly=found, version=version, **fields)

    try:
        if request.method == "POST" and done(request, form, act, _("The assembly is saved.")):
            return redirect(found)
    except Conflict as conflict:
        form.add_error(None, _("Somebody saved it in the meantime. Look at it again, then save."))
        form.data = {**form.data.dict(), "version": conflict.current.version}  # type: ignore[attr-defined]
    return render(
        request, "assembly/edit.html", {"form": form, "assembly": found}, status=_status(form)
    )


def _status(form: object) -> int:
    return 422 if getattr(form, "errors", None) else 200


@require_http_methods(["GET", "HEAD", "POST"])
def offices(request: Request, pk: int) -> HttpResponse:
    found = assembly_or_404(request, pk)
    needs(request, "assembly.manage", found)
    form = OfficesForm(
        request.POST if request.method == "POST" else None,
        assembly=found,
        units=in_readers_order(units()),
    )
    saved = request.method == "POST" and done(
        request,
        form,
        lambda: actions.set_offices(assembly=found, offices=form.offices, by=request.actor),
        _("The offices to be filled are saved."),
    )
    if saved:
        return redirect(found)
    context = {"form": form, "assembly": found}
    return render(request, "assembly/offices.html", context, status=_status(form))


_MOVES = {
    "announce": actions.announce,
    "prepare": actions.prepare_again,
    "conclude": actions.conclude,
}


@require_POST
def move(request: Request, pk: int, verb: str) -> HttpResponse:
    found = assembly_or_404(request, pk)
    if verb not in _MOVES:
        raise Http404
    _MOVES[verb](assembly=found, by=request.actor)
    messages.success(request, _said(verb))
    return redirect(found)


def _said(verb: str) -> str:
    return {
        "announce": _("The assembly is announced."),
        "prepare": _("The assembly is being prepared again."),
        "conclude": _("The assembly is concluded."),
    }[verb]


@require_POST
def upload_minutes(request: Request, pk: int) -> HttpResponse:
    found = assembly_or_404(request, pk)
    needs(request, "assembly.manage", found)
    form = MinutesForm(request.POST, request.FILES)

    def act() -> object:
        file = form.cleaned_data["file"]
        return actions.add_minutes(
            assembly=found, file=file, filename=file.name, kind=form.kind, by=request.actor
        )

    if not done(request, form, act, _("The minutes are kept.")):
        for error in form.errors.get("file", []):
            messages.error(request, str(error))
    return redirect(found)


@login_not_required
@require_safe
def minutes(request: Request, pk: int) -> HttpResponseBase:
    """The file, for whoever sees the assembly; a browser never runs it."""
    found = assembly_or_404(request, pk)
    if not found.minutes:
        raise Http404
    kind = str(found.minutes.name).rsplit(".", 1)[-1]
    return FileResponse(
        found.minutes.open("rb"),
        as_attachment=True,
        filename=found.minutes_name or f"minutes.{kind}",
        content_type=KINDS.get(kind, "application/octet-stream"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: Request, pk: int) -> HttpResponse:
    """What the result gives, looked at first, then given at once."""
    found = assembly_or_404(request, pk)
    if not request.actor.is_secretariat:
        raise PermissionDenied
    if request.method == "POST":
        made = actions.make_mandates(assembly=found, by=request.actor)
        messages.success(request, _("%(count)d mandates were registered.") % {"count": len(made)})
        return redirect("network:term", found.term.code)
    rows = queries.mandates_from(found)
    context = {
        "assembly": found,
        "rows": rows,
        "new": sum(not (row.there or row.clash) for row in rows),
        "clashes": sum(row.clash is not None for row in rows),
    }
    return render(request, "assembly/mandates.html", context)
