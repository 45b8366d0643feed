"""Evidence: added, handed out to who may see it, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutirao.core.uploads import KINDS

from .. import actions
from ..forms import EvidenceForm
from .record import page, seen, workable
from .requests import Request


@require_POST
def add_evidence(request: Request, pk: int) -> HttpResponse:
    found = workable(request, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, found, evidence_form=form)
    given = form.cleaned_data
    file = given["file"] or None
    actions.add_evidence(
        commitment=found,
        title=given["title"],
        url=given["url"],
        file=file,
        filename=file.name if file else "",
        kind=form.kind,
        by=request.actor,
    )
    messages.success(request, _("The evidence is added."))
    return redirect(f"{found.get_absolute_url()}#evidence")


@login_not_required
@require_safe
def evidence_file(request: Request, pk: int, evidence: int) -> FileResponse:
    """The file, to be saved and never shown by the browser, to who sees the commitment."""
    found = get_object_or_404(seen(request, pk).evidence.exclude(file=""), pk=evidence)
    kind = str(found.file.name).rpartition(".")[2]
    try:
        file = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=found.filename,
        content_type=KINDS.get(kind, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def delete_evidence(request: Request, pk: int, evidence: int) -> HttpResponse:
    found = workable(request, pk)
    gone = get_object_or_404(found.evidence.select_related("commitment"), pk=evidence)
    actions.delete_evidence(evidence=gone, by=request.actor)
    messages.success(request, _("The evidence is deleted. The history keeps its title."))
    return redirect(f"{found.get_absolute_url()}#evidence")
