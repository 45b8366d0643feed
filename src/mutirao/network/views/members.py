"""Who the members are, today or on any day; and the documents behind their standing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from mutirao.core.countries import country_name
from mutirao.core.lists import Column, exported, paginate
from mutirao.core.uploads import KINDS

from .. import queries
from ..forms import MembersFilter
from .public import wants_results


@login_not_required
@vary_on_headers("HX-Request")  # else "back" shows a part kept as the page
@require_safe
def members(request: HttpRequest) -> HttpResponseBase:
    """The members as they were on the day of `?on=` (default: today)."""
    actor = request.actor  # type: ignore[attr-defined]
    form = MembersFilter(request.GET, countries=queries.countries_present(actor))
    chosen: dict[str, Any] = form.chosen
    day = chosen.get("on") or timezone.localdate()
    rows = queries.members_listed(day)
    if "q" in chosen:
        rows = queries.named_like(rows, chosen["q"])
    rows = rows.filter(**{name: chosen[name] for name in ("kind", "country") if name in chosen})
    taken = exported(request, rows, _columns(inside=actor.is_member), f"members-{day}")
    if taken:
        return taken
    page = "network/members.html" + ("#results" if wants_results(request) else "")
    context = {
        "form": form,
        "day": day,
        "is_today": day == timezone.localdate(),
        "page": paginate(request, rows),
        "inside": actor.is_member,
    }
    return render(request, page, context)


def _columns(*, inside: bool) -> list[Column]:
    """What is taken along; suspensions are for members."""
    columns: list[Column] = [
        (_("Name"), lambda row: row.name),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Country"), lambda row: row.country),
        (_("Country's name"), lambda row: country_name(row.country)),
        (_("State or province"), lambda row: row.region),
        (_("Member since"), lambda row: row.member_since),
    ]
    if inside:
        columns.append((_("Suspended since"), lambda row: row.suspended_since))
    return columns


@require_safe
def act_file(request: HttpRequest, pk: int) -> FileResponse:
    """The document behind a decision, to be saved and never shown by the browser."""
    visible = queries.acts_visible_to(request.actor)  # type: ignore[attr-defined]
    act = get_object_or_404(visible.exclude(file=""), pk=pk)
    ending = str(act.file.name).rpartition(".")[2]
    try:
        file = act.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{act}.{ending}",
        content_type=KINDS.get(ending, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
