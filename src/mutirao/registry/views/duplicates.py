"""Organisations that are perhaps one: found, compared, merged or told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutirao.core.countries import country_name
from mutirao.core.languages import local
from mutirao.core.lists import Column, exported, paginate
from mutirao.core.models import NotAllowed
from mutirao.network.actions.common import overlapping, period
from mutirao.network.models import Organisation

from .. import actions, queries
from ..duplicates import likely_duplicates
from ..forms import PairForm
from ..links import pointers_to
from ..presenting import plural_of
from ..states import MERGE_FIELDS
from .common import for_whom

secretariat_only = for_whom("registry.merge")


def _reasons() -> dict[str, str]:
    return {
        "same_name": _("the same name"),
        "near_name": _("nearly the same name"),
        "website": _("the same website"),
        "place": _("the same place"),
    }


@secretariat_only
@require_safe
def duplicates(request: HttpRequest) -> HttpResponseBase:
    """Pairs that look like one organisation, with the reason."""
    pairs = likely_duplicates()
    words = _reasons()
    for pair in pairs:
        pair.said = ", ".join(words[reason] for reason in pair.reasons)  # type: ignore[attr-defined]
    taken = exported(request, pairs, _columns(), "duplicates")  # type: ignore[arg-type]
    if taken:
        return taken
    context = {"page": paginate(request, pairs), "form": PairForm()}
    return render(request, "registry/duplicates.html", context)


def _columns() -> list[Column]:
    return [
        (_("One organisation"), lambda pair: pair.one.name),
        (_("The other one"), lambda pair: pair.other.name),
        (_("Country"), lambda pair: pair.one.country),
        (_("Why"), lambda pair: pair.said),
    ]


@secretariat_only
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Compare two that somebody knows to be one."""
    form = PairForm(request.GET)
    if not form.is_valid():
        context = {"page": paginate(request, likely_duplicates()), "form": form}
        return render(request, "registry/duplicates.html", context)
    one, other = form.cleaned_data["one"], form.cleaned_data["other"]
    return redirect("registry:compare", one.pk, other.pk)


@secretariat_only
@require_safe
def merges(request: HttpRequest) -> HttpResponseBase:
    """What was merged so far."""
    rows = queries.merges_visible_to(request.actor)  # type: ignore[attr-defined]
    taken = exported(request, rows, _merge_columns(), "merges")
    if taken:
        return taken
    page = paginate(request, rows)
    for row in page:
        row.moved_words = [(plural_of(label), count) for label, count in row.moved.items()]
    return render(request, "registry/merges.html", {"page": page})


def _merge_columns() -> list[Column]:
    return [
        (_("Duplicate"), lambda row: row.name),
        (_("Merged into"), lambda row: row.survivor.name),
        (_("When"), lambda row: row.merged_at),
        (_("By"), lambda row: row.person.name),
        (_("Records moved"), lambda row: sum(row.moved.values())),
    ]


@dataclass(frozen=True)
class Choice:
    """A field in both organisations; `take` is whose value is proposed."""

    name: str
    label: str
    left: str
    right: str
    take: str

    @property
    def differs(self) -> bool:
        return self.left != self.right


def _choices(one: Organisation, other: Organisation) -> list[Choice]:
    found = []
    labels = {"latitude": _("place"), "languages": _("languages")}
    for fields in MERGE_FIELDS:
        left, right = (_words(record, fields) for record in (one, other))
        label = labels.get(fields[0]) or _field_name(fields[0])
        found.append(
            Choice(
                fields[0], str(label), left, right, "survivor" if left or not right else "duplicate"
            )
        )
    return found


def _field_name(name: str) -> Any:
    return getattr(Organisation._meta.get_field(name), "verbose_name", name)


def _words(record: Organisation, fields: tuple[str, ...]) -> str:
    if fields[0] == "kind":
        return record.get_kind_display()
    if fields[0] == "country":
        return country_name(record.country)
    if fields[0] == "about":
        return local(record.about)
    values = [getattr(record, name) for name in fields]
    said = [", ".join(v) if isinstance(v, list) else str(v) for v in values if v not in (None, "")]
    return " · ".join(said)


def _admissions(one: Organisation, other: Organisation) -> Choice | None:
    """Which admission counts, where both are members on the same days."""
    for held in other.admissions.all():
        own = overlapping(one.admissions.all(), held.starts_on, held.ends_on)
        if own is not None and period(own) != period(held):
            return Choice("admission", _("admission"), period(own), period(held), "survivor")
    return None


@secretariat_only
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Side by side; the first of the address survives. `?swap` is another address."""
    there = Organisation.objects.filter(merged_into=None)
    survivor, duplicate = (get_object_or_404(there, pk=pk) for pk in (one, other))
    if one == other:
        return redirect("registry:duplicates")
    refusal = ""
    if request.method == "POST":
        taken = {
            name.removeprefix("take_"): value
            for name, value in request.POST.items()
            if name.startswith("take_") and value in ("survivor", "duplicate")
        }
        if request.POST.get("sure") != "on":
            refusal = _("Confirm that the two are one: merging cannot be undone.")
        else:
            try:
                merge = actions.merge(
                    by=request.actor,  # type: ignore[attr-defined]
                    survivor=survivor,
                    duplicate=duplicate,
                    taken=taken,
                )
            except NotAllowed as error:
                refusal = str(error)
            else:
                messages.success(request, _("The two are one now: %(merge)s.") % {"merge": merge})
                return redirect("network:manage_organisation", survivor.pk)
    admission = _admissions(survivor, duplicate)
    context: dict[str, Any] = {
        "survivor": survivor,
        "duplicate": duplicate,
        "choices": [*_choices(survivor, duplicate), *([admission] if admission else [])],
        "pointing": _pointing(survivor, duplicate),
        "refusal": refusal,
    }
    return render(request, "registry/compare.html", context, status=422 if refusal else 200)


def _pointing(survivor: Organisation, duplicate: Organisation) -> list[tuple[str, int, int]]:
    """(kind of record, how many point at the one, how many at the other)."""
    counts: dict[str, list[int]] = {}
    for pointer in pointers_to(Organisation):
        label = plural_of(pointer.label)
        pair = counts.setdefault(label, [0, 0])
        for place, record in enumerate((survivor, duplicate)):
            pair[place] += pointer.rows([record.pk]).count()
    return [(label, pair[0], pair[1]) for label, pair in sorted(counts.items()) if any(pair)]


@secretariat_only
@require_POST
def apart(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """They are two: not to be asked again."""
    there = Organisation.objects.filter(merged_into=None)
    first, second = (get_object_or_404(there, pk=pk) for pk in (one, other))
    actions.tell_apart(by=request.actor, one=first, other=second)  # type: ignore[attr-defined]
    messages.success(request, _("They are two: they are not proposed again."))
    return redirect("registry:duplicates")
