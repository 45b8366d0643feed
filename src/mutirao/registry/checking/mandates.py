"""Rows that are mandates: who holds which office where, in which term."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from mutirao.network.models import Mandate, Organisation, Suspension, Term, Unit
from mutirao.network.states import SINGLE_OFFICES

from ..names import same_key
from .places import Directory, load_directory
from .verdicts import Sheet, Verdict, settle


@dataclass(slots=True)
class Held:
    """A mandate that is there, or that an earlier row of the file gives."""

    organisation: int
    starts_on: date
    ends_on: date | None
    pk: int | None = None
    row: int | None = None


class MandateRows:
    def __init__(self, sheet: Sheet, decisions: dict[int, str]) -> None:
        self.sheet = sheet
        self.directory: Directory = load_directory()
        self.units: dict[str, Unit] = {}
        for unit in Unit.objects.all():
            for name in (*unit.name.values(), unit.slug):
                self.units.setdefault(same_key(name), unit)
        self.terms = {same_key(term.code): term for term in Term.objects.all()}
        self.held: dict[tuple[int, int, str], list[Held]] = defaultdict(list)
        for one in Mandate.objects.all():
            self.held[one.unit_id, one.term_id, one.office].append(
                Held(one.organisation_id, one.starts_on, one.ends_on, pk=one.pk)
            )
        self.suspensions: dict[int, list[Suspension]] = defaultdict(list)
        for held in Suspension.objects.select_related("member"):
            self.suspensions[held.member.organisation_id].append(held)
        self.seen: dict[Any, int] = {}

    def judge(self, verdict: Verdict) -> Verdict:
        organisation = self._organisation(verdict)
        unit = self._unit(verdict)
        term = self._term(verdict)
        office = verdict.values.get("office")
        if organisation and unit and term and office and not verdict.is_wrong:
            verdict.plan |= {"organisation": organisation.pk, "unit": unit.pk, "term": term.pk}
            self._mandate(verdict, organisation, unit, term, office)
        settle(verdict)
        return verdict

    def _organisation(self, verdict: Verdict) -> Organisation | None:
        name, country = verdict.values.get("organisation"), verdict.values.get("country", "")
        if not name:
            return None
        named = self.directory.called(name, country=country)
        coded = self.directory.by_code.get(verdict.values.get("code", "").casefold())
        if coded is not None:
            found = self.directory.by_pk[coded]
            if named and found not in named:
                self.sheet.wrong(verdict, "code_of_other", "code", name=found.name)
                return None
            return found
        if len(named) == 1:
            return named[0]
        if named:
            self.sheet.wrong(verdict, "several_organisations", "organisation", count=len(named))
        else:
            near = self.directory.nearly(name, country=country)
            self.sheet.wrong(
                verdict, "no_organisation", "organisation", near=near[0].name if near else ""
            )
        return None

    def _unit(self, verdict: Verdict) -> Unit | None:
        name = verdict.values.get("unit")
        if not name:
            return None
        found = self.units.get(same_key(name))
        if found is None:
            near = get_close_matches(same_key(name), self.units, n=1, cutoff=0.75)
            self.sheet.wrong(
                verdict, "no_unit", "unit", near=str(self.units[near[0]]) if near else ""
            )
        return found

    def _term(self, verdict: Verdict) -> Term | None:
        code = verdict.values.get("term")
        if not code:
            return None
        found = self.terms.get(same_key(code))
        if found is None:
            codes = ", ".join(sorted(term.code for term in self.terms.values())) or "–"
            self.sheet.wrong(verdict, "no_term", "term", choices=codes)
        return found

    def _mandate(
        self, verdict: Verdict, holder: Organisation, unit: Unit, term: Term, office: str
    ) -> None:
        values = verdict.values
        first = values.get("starts_on") or term.starts_on
        last = values.get("ends_on")
        if last == term.ends_on:
            last = None  # until the term ends
        if not self._within(verdict, term, first, last):
            return
        place = (unit.pk, term.pk, office)
        repeated = self.seen.setdefault((holder.pk, *place, first), verdict.row.number)
        if repeated != verdict.row.number:
            self.sheet.wrong(verdict, "repeated", "organisation", row=repeated)
            return
        own = self._own(place, holder, first, last, term, given="starts_on" in values)
        if own and "starts_on" not in values:
            first = own.starts_on
        if own and "ends_on" not in values:
            last = own.ends_on
        self._free(verdict, place, own, (first, last), term)
        self._suspended(verdict, holder, first, own)
        verdict.target = own.pk if own else None
        verdict.plan |= {"starts_on": first, "ends_on": last}
        if own is None:
            said = (("organisation", holder.name), ("unit", str(unit)), ("term", term.code))
            verdict.changes = [(key, None, value) for key, value in said]
            verdict.changes.append(("office", None, office))
        for key, before, after in (
            ("starts_on", own.starts_on if own else None, first),
            ("ends_on", own.ends_on if own else None, last),
        ):
            if before != after:
                verdict.changes.append((key, before, after))
        if own is None:
            self.held[place].append(Held(holder.pk, first, last, row=verdict.row.number))
        else:
            own.starts_on, own.ends_on = first, last

    def _within(self, verdict: Verdict, term: Term, first: date, last: date | None) -> bool:
        if last and last < first:
            self.sheet.wrong(verdict, "ends_before", "ends_on")
            return False
        for key, day in (("starts_on", first), ("ends_on", last)):
            if day and not term.starts_on <= day <= term.ends_on:
                span = {"first": term.starts_on.isoformat(), "last": term.ends_on.isoformat()}
                self.sheet.wrong(verdict, "outside_term", key, **span)
                return False
        return True

    def _own(
        self,
        place: tuple[int, int, str],
        holder: Organisation,
        first: date,
        last: date | None,
        term: Term,
        *,
        given: bool,
    ) -> Held | None:
        """The holder's own mandate there that the row speaks of."""
        own = [h for h in self.held[place] if h.organisation == holder.pk and h.pk is not None]
        exact = [h for h in own if h.starts_on == first]
        if not given and not exact and len(own) == 1:
            return own[0]
        return next(iter(exact), None) or next(
            (h for h in own if _overlap(h, first, last, term)), None
        )

    def _free(
        self,
        verdict: Verdict,
        place: tuple[int, int, str],
        own: Held | None,
        days: tuple[date, date | None],
        term: Term,
    ) -> None:
        """Nobody else holds an office that only one can hold; nobody holds any twice."""
        for other in self.held[place]:
            if other is own or not _overlap(other, *days, term):
                continue
            if place[2] not in SINGLE_OFFICES and (
                own is None or other.organisation != own.organisation
            ):
                continue
            holder = self.directory.by_pk[other.organisation].name
            if other.row:
                self.sheet.wrong(
                    verdict, "office_taken_here", "office", row=other.row, holder=holder
                )
            else:
                self.sheet.wrong(verdict, "office_taken", "office", holder=holder)
            return

    def _suspended(
        self, verdict: Verdict, holder: Organisation, first: date, own: Held | None
    ) -> None:
        resting = any(
            held.starts_on <= first <= (held.ends_on or date.max)
            for held in self.suspensions.get(holder.pk, ())
        )
        if resting and own is None:
            self.sheet.wrong(verdict, "suspended", "organisation", name=holder.name)


def _overlap(held: Held, first: date, last: date | None, term: Term) -> bool:
    return held.starts_on <= (last or term.ends_on) and (held.ends_on or term.ends_on) >= first
