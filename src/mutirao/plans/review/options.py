"""What a person may choose in the head of a review, and what the document itself suggests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mutirao.network.acting import Actor
from mutirao.network.models import Organisation, Term, Unit
from mutirao.network.queries import organisations
from mutirao.network.states import LEADING_OFFICES, Kind

from ..standing import stands_for
from .matching import best_match, unit_names


@dataclass(frozen=True)
class Options:
    """The units, terms and organisations a plan may be made for by this actor."""

    units: list[Unit] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)

    def chosen(self, head: Mapping[str, Any]) -> tuple[Unit, Term, Organisation]:
        """The three records by the ids in `head`. Raises KeyError for one that is not offered."""
        return (
            {str(unit.pk): unit for unit in self.units}[str(head["unit"])],
            {str(term.pk): term for term in self.terms}[str(head["term"])],
            {str(one.pk): one for one in self.organisations}[str(head["presented_by"])],
        )


def options_for(actor: Actor) -> Options:
    """The secretariat brings in any plan; others those of the units they lead, as themselves."""
    if actor.is_secretariat:
        presenting = organisations().filter(kind__in=[Kind.CITY, Kind.AGENCY, Kind.NETWORK])
        return Options(list(Unit.objects.all()), list(Term.objects.all()), list(presenting))
    leading = [mandate for mandate in actor.mandates if mandate.office in LEADING_OFFICES]
    units = {mandate.unit_id: mandate.unit for mandate in leading}
    terms = {mandate.term_id: mandate.term for mandate in leading}
    for unit, term in stands_for(actor):  # a candidate brings in the plan it stands with
        units[unit.pk], terms[term.pk] = unit, term
    own = [actor.organisation] if actor.organisation else []
    return Options(list(units.values()), list(terms.values()), own)


def suggested_head(reading: Mapping[str, Any], options: Options) -> dict[str, str]:
    """The ids of unit, term and presenting organisation as the document names them.

    Where there is only one to choose it is chosen, unless the document names another year; what
    the document does not name stays empty.
    """
    year = reading.get("year")
    unit = best_match(reading.get("unit"), ((u, unit_names(u.name)) for u in options.units))
    term = next((term for term in options.terms if term.year == year), None)
    city = best_match(
        reading.get("presented_by"),
        ((one, [one.name, one.short_name]) for one in options.organisations),
    )
    return {
        "unit": _id(unit or _only(options.units)),
        "term": _id(term or (None if year else _only(options.terms))),
        "presented_by": _id(city or _only(options.organisations)),
    }


def named_elsewhere(reading: Mapping[str, Any], options: Options) -> set[str]:
    """Which of "unit" and "presented_by" the document names without its being among the options.

    A field with a single choice is filled with it all the same: whoever checks must be told.
    """
    offered = {
        "unit": ((unit, unit_names(unit.name)) for unit in options.units),
        "presented_by": ((one, [one.name, one.short_name]) for one in options.organisations),
    }
    return {
        name
        for name, records in offered.items()
        if reading.get(name) and best_match(reading[name], records) is None
    }


def _only(records: list[Any]) -> Any:
    return records[0] if len(records) == 1 else None


def _id(record: Any) -> str:
    return str(record.pk) if record is not None else ""
