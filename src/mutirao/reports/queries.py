"""What is seen of reports. Every list starts from `visible_to(actor)`."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mutirao.core.states import Visibility
from mutirao.network.acting import Actor
from mutirao.network.models import Mandate, Term, Unit
from mutirao.network.text import Folded, fold

from .models import Edition, Production, Report
from .rules import led
from .states import UNDER_WAY


def visible_to(actor: Actor) -> QuerySet[Report]:
    """The reports this reader may see; says in SQL what the rule `reports.see_report` says.

    With unit, term, author's organisation and current edition (its data left aside).
    """
    found = (
        Report.objects.select_related("unit", "term", "organisation", "current")
        .defer("current__data")
        .order_by("-term__starts_on", "unit__kind", "unit__slug", "pk")
    )
    if actor.is_secretariat:
        return found
    seen = Q(visibility=Visibility.PUBLIC)
    if actor.is_member:
        seen |= Q(visibility=Visibility.MEMBERS)
    return found.filter(seen | _led(actor))


def _led(actor: Actor, prefix: str = "") -> Q:
    """The reports the actor writes for a unit; `prefix` is the way to the report."""
    found = Q(pk__in=())
    for unit, term in led(actor):
        found |= Q(**{f"{prefix}unit_id": unit, f"{prefix}term_id": term})
    return found


def written_by(actor: Actor) -> QuerySet[Report]:
    """The reports the actor writes: of the units it leads; for the secretariat, the network's."""
    found = visible_to(actor)
    return found.filter(unit__isnull=True) if actor.is_secretariat else found.filter(_led(actor))


def narrowed(found: QuerySet[Report], chosen: dict[str, Any]) -> QuerySet[Report]:
    """Those that match the filters: term (code), unit (id, or "network"), state, q (words)."""
    if term := chosen.get("term"):
        found = found.filter(term__code=term)
    if unit := chosen.get("unit"):
        found = found.filter(unit__isnull=True) if unit == "network" else found.filter(unit=unit)
    if state := chosen.get("state"):
        found = found.filter(visibility=state)
    for word in fold(str(chosen.get("q") or "")).split()[:8]:
        found = found.alias(folded=Folded("title"), folded_text=Folded("introduction"))
        found = found.filter(Q(folded__contains=word) | Q(folded_text__contains=word))
    return found


def present(actor: Actor) -> tuple[list[str], list[Unit]]:
    """Terms and units that occur among the reports a reader sees (one query)."""
    rows = visible_to(actor).values_list("term__code", "unit_id", "unit__name", "unit__kind")
    terms, units = {}, {}
    for term, pk, name, kind in rows:
        terms[term] = True
        if pk is not None:
            units[pk] = Unit(pk=pk, name=name, kind=kind)
    return list(terms), list(units.values())


def may_open(actor: Actor) -> list[tuple[Unit | None, Term]]:
    """Units and terms whose report the actor may begin, the latest term first (two queries).

    The secretariat may begin any, and the network's (no unit) of every term.
    """
    network: list[tuple[Unit | None, Term]] = []
    if actor.is_secretariat:
        held = list(Mandate.objects.select_related("unit", "term"))
        network = [(None, term) for term in Term.objects.all()]
    else:
        mine = led(actor)
        held = [
            one for one in (*actor.mandates, *actor.closing) if (one.unit_id, one.term_id) in mine
        ]
    pairs = {(m.unit_id, m.term_id): (m.unit, m.term) for m in held}
    if not pairs and not network:
        return []
    taken = set(Report.objects.values_list("unit_id", "term_id"))
    free = [(unit, term) for unit, term in network if (None, term.pk) not in taken]
    free += [pair for key, pair in pairs.items() if key not in taken]
    return sorted(
        free,
        key=lambda pair: (-pair[1].starts_on.toordinal(), pair[0] is not None, fold(str(pair[0]))),
    )


def terms_without_the_networks() -> QuerySet[Term]:
    """Terms on which the network's report to its assembly has not been begun."""
    begun = Report.objects.filter(unit__isnull=True, term=OuterRef("pk"))
    return Term.objects.exclude(Exists(begun))


def locked(pk: int) -> Report:
    """The report as it stands, until the end of the caller's transaction. DoesNotExist."""
    return Report.objects.select_for_update(of=("self",)).get(pk=pk)


def production_locked(pk: int) -> Production | None:
    return (
        Production.objects.select_for_update(of=("self",))
        .select_related("report__unit", "report__term", "person", "organisation")
        .filter(pk=pk)
        .first()
    )


def under_way(report: Report) -> Production | None:
    """The edition being made of a report, if one is."""
    return report.productions.filter(state__in=UNDER_WAY).first()


def editions_of(report: Report) -> QuerySet[Edition]:
    """A report's editions, the latest first, with who made them and their files; without data."""
    return (
        report.editions.defer("data")
        .select_related("person", "organisation")
        .prefetch_related("files")
    )


def productions_of(actor: Actor) -> QuerySet[Production]:
    """The productions of reports the actor may write, the latest first."""
    found = Production.objects.select_related("report__unit", "report__term", "edition").defer(
        "edition__data"
    )
    return found if actor.is_secretariat else found.filter(_led(actor, "report__"))


def of_unit(actor: Actor, unit: Unit) -> QuerySet[Report]:
    """The published reports of a unit and the drafts the actor writes on."""
    return visible_to(actor).filter(unit=unit)


def of_term(actor: Actor, term: Term) -> QuerySet[Report]:
    """A term's reports, the network's first."""
    return visible_to(actor).filter(term=term)
