"""Rows that are organisations and their admissions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from mutirao.network.models import Mandate, Member, Organisation
from mutirao.network.states import Kind

from ..names import same_key
from ..states import Mark
from .places import Directory, load_directory
from .verdicts import Finding, Sheet, Verdict, settle

FIELDS = (
    "code", "name", "short_name", "kind", "country", "region", "population",
    "population_year", "latitude", "longitude", "languages", "website",
)  # fmt: skip


class OrganisationRows:
    """Judges rows one after the other; remembers those before, to see repetitions."""

    def __init__(self, sheet: Sheet, decisions: dict[int, str]) -> None:
        self.sheet = sheet
        self.decisions = decisions
        self.directory: Directory = load_directory()
        self.admissions: dict[int, list[Member]] = defaultdict(list)
        for member in Member.objects.prefetch_related("suspensions").order_by("starts_on"):
            self.admissions[member.organisation_id].append(member)
        self.last_mandates: dict[int, date] = {}
        for pk, ends_on, closes in Mandate.objects.values_list(
            "organisation_id", "ends_on", "term__ends_on"
        ):
            last = min(ends_on or closes, closes)
            self.last_mandates[pk] = max(last, self.last_mandates.get(pk, last))
        self.seen: dict[Any, int] = {}
        self.seen_codes: dict[str, int] = {}

    def judge(self, verdict: Verdict) -> Verdict:
        self._whole(verdict)
        if "name" in verdict.values:
            found = self._organisation(verdict)
            self._repeated(verdict, found)
            if found:
                verdict.target = found.pk
            self._differences(verdict, found)
            self._membership(verdict, found)
        settle(verdict)
        return verdict

    def _whole(self, verdict: Verdict) -> None:
        """What must be given together."""
        values = verdict.values
        mapping = self.sheet.mapping
        bad = {finding.column for finding in verdict.findings}
        if ("latitude" in values) != ("longitude" in values) and not (
            {mapping.get("latitude"), mapping.get("longitude")} & bad - {None}
        ):
            self.sheet.wrong(
                verdict, "half_place", "longitude" if "latitude" in values else "latitude"
            )
        first, last = values.get("admitted_on"), values.get("left_on")
        if first and last and last < first:
            self.sheet.wrong(verdict, "left_before", "left_on")

    # which organisation

    def _organisation(self, verdict: Verdict) -> Organisation | None:
        values, number = verdict.values, verdict.row.number
        kind, country = values.get("kind", ""), values.get("country", "")
        decision = self.decisions.get(number, "")
        if decision.isdecimal() and int(decision) in self.directory.by_pk:
            return self.directory.by_pk[int(decision)]
        named = self.directory.called(values["name"], country=country, kind=kind)
        if len(named) > 1 and not kind:
            named = [one for one in named if one.kind == Kind.CITY] or named
        coded = self.directory.by_code.get(values.get("code", "").casefold())
        if coded is not None:
            return self._by_code(verdict, self.directory.by_pk[coded], named)
        if len(named) > 1:
            self.sheet.wrong(verdict, "several_organisations", "name", count=len(named))
            return None
        if named:
            return self._by_name(verdict, named[0])
        if decision != "new":
            near = self.directory.nearly(values["name"], country=country, kind=kind)
            if near and not verdict.is_wrong:
                verdict.candidates = [one.pk for one in near][:5]
                verdict.mark = Mark.UNSURE
                verdict.findings.append(Finding("perhaps", self.sheet.mapping["name"], note=True))
        return None

    def _by_code(
        self, verdict: Verdict, coded: Organisation, named: list[Organisation]
    ) -> Organisation | None:
        if named and coded not in named:
            self.sheet.wrong(verdict, "code_of_other", "code", name=coded.name)
            return None
        return coded

    def _by_name(self, verdict: Verdict, named: Organisation) -> Organisation | None:
        code = verdict.values.get("code")
        if code and named.code and named.code.casefold() != code.casefold():
            self.sheet.wrong(verdict, "other_code", "code", name=named.name, code=named.code)
            return None
        return named

    def _repeated(self, verdict: Verdict, found: Organisation | None) -> None:
        values = verdict.values
        key: Any = (
            found.pk
            if found
            else (same_key(values["name"]), values.get("country"), values.get("kind", Kind.CITY))
        )
        first = self.seen.setdefault(key, verdict.row.number)
        if first != verdict.row.number:
            self.sheet.wrong(verdict, "repeated", "name", row=first)
            return
        if code := values.get("code", "").casefold():
            coded = self.seen_codes.setdefault(code, verdict.row.number)
            if coded != verdict.row.number:
                self.sheet.wrong(verdict, "repeated_code", "code", row=coded)

    # what would change

    def _differences(self, verdict: Verdict, found: Organisation | None) -> None:
        values = verdict.values
        if found is None:
            values.setdefault("kind", Kind.CITY)
        kind = values.get("kind") or (found.kind if found else "")
        country = values.get("country") or (found.country if found else "")
        given = {finding.column for finding in verdict.findings}
        if kind == Kind.CITY and not country and self.sheet.mapping.get("country") not in given:
            self.sheet.wrong(verdict, "missing", "country")
        for key in FIELDS:
            if key not in values:
                continue
            before = getattr(found, key) if found else None
            if found is None or before != values[key]:
                verdict.changes.append((key, before, values[key]))

    def _membership(self, verdict: Verdict, found: Organisation | None) -> None:
        """Admission and leaving: a new one, or other days of the one they overlap with."""
        values = verdict.values
        first, last = values.get("admitted_on"), values.get("left_on")
        if not first and not last:
            return
        held = self.admissions.get(found.pk, []) if found else []
        if first is None and last is not None:
            held = [one for one in held if one.starts_on <= last and not one.ends_on]
            if not held:
                if not self._already(found, last):
                    self.sheet.wrong(verdict, "left_not_member", "left_on")
                return
        elif first is not None:
            held = [one for one in held if _overlaps(one, first, last)]
        if len(held) > 1:
            self.sheet.wrong(verdict, "admissions_overlap", "admitted_on", count=len(held))
            return
        member = held[0] if held else None
        self._days(verdict, member, first, last)
        if found and last and not verdict.is_wrong:
            self._stands_in_the_way(verdict, found, member, last)

    def _already(self, found: Organisation | None, last: date) -> bool:
        held = self.admissions.get(found.pk, []) if found else []
        return any(one.ends_on == last for one in held)

    def _days(
        self, verdict: Verdict, member: Member | None, first: date | None, last: date | None
    ) -> None:
        verdict.plan["member"] = member.pk if member else None
        if first and (member is None or member.starts_on != first):
            verdict.changes.append(("admitted_on", member.starts_on if member else None, first))
        if last and (member is None or member.ends_on != last):
            verdict.changes.append(("left_on", member.ends_on if member else None, last))
        for key, held in (("admission_act", "admitted_by_id"), ("leaving_act", "left_by_id")):
            # A document that is registered already is not overwritten by a cell of text.
            if verdict.values.get(key) and (member is None or getattr(member, held) is None):
                if key == "leaving_act" and not (last or (member and member.ends_on)):
                    continue
                verdict.changes.append((key, None, verdict.values[key]))

    def _stands_in_the_way(
        self, verdict: Verdict, found: Organisation, member: Member | None, last: date
    ) -> None:
        before = member.ends_on if member else None
        if before == last:
            return
        if self.last_mandates.get(found.pk, last) > last and (before is None or before > last):
            self.sheet.wrong(verdict, "holds_mandates", "left_on")
        first = verdict.values.get("admitted_on") or (member.starts_on if member else None)
        for held in member.suspensions.all() if member else ():
            if (held.ends_on or date.max) > last or (first and held.starts_on < first):
                self.sheet.wrong(verdict, "suspended_later", "left_on")
                return


def _overlaps(member: Member, first: date, last: date | None) -> bool:
    return member.starts_on <= (last or date.max) and (member.ends_on or date.max) >= first
