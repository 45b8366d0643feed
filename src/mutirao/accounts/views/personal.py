"""One's own data: seen, taken along, erased."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mutirao.core.lists import exported, paginate

from .. import actions, taking
from ..forms.personal import EraseForm


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything the house keeps about this person, counted; each number opens a list."""
    held = [
        (taking.key_of(holding), holding.label, count, holding.erasure)
        for holding, count in taking.held(request.user)
    ]
    return render(request, "account/personal.html", {"held": held})


@require_safe
def rows(request: HttpRequest, key: str) -> HttpResponseBase:
    """The rows of one kind, with the fields that are about the person."""
    holding = taking.holding(key)
    if holding is None:
        raise Http404
    found = holding.of(request.user).order_by("-pk")
    fields = taking.fields_of(holding)
    columns = [
        (taking.label_of(holding.model, name), lambda row, name=name: taking.value_of(row, name))
        for name in fields
    ]
    if answer := exported(request, found, columns, key):
        return answer
    page = paginate(request, found)
    table = [[taking.shown(value(row)) for _label, value in columns] for row in page]
    context = {
        "label": holding.label,
        "erasure": holding.erasure,
        "headings": [label for label, _value in columns],
        "table": table,
        "page": page,
    }
    return render(request, "account/personal_rows.html", context)


@reauthentication_required(app="mutirao.accounts")
@require_safe
def take(request: HttpRequest) -> FileResponse:
    """Everything in one archive: a JSON file for each kind, and the files of it."""
    day = timezone.localdate().isoformat()
    return FileResponse(taking.archive(request.user), as_attachment=True, filename=f"{day}.zip")


@reauthentication_required(app="mutirao.accounts")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Close the account and forget whose it was, after proof and a typed address."""
    form = EraseForm(request.user, request.POST or None)  # type: ignore[arg-type]
    against = actions.obstacles(request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid() and not against:
        actions.erase(person=request.user)  # type: ignore[arg-type]
        logout(request)
        return render(request, "account/personal_erased.html")
    return render(request, "account/personal_erase.html", {"form": form, "against": against})
