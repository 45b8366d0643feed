"""From term to term: how coordinations stand, reminders, the guide that opens a term."""

from __future__ import annotations

from .base import ALL, LEADING, MEMBERS, SECRETARIAT, SERVING, Area, Row

_AT = "/en/continuity"
_TERMS = f"{_AT}/terms"

AREAS: list[Area] = [
    Area(
        "From term to term",
        "The secretariat opens terms and reminds units; members see how coordinations stand; a "
        "reminder is read and answered by the city it went to, or by who leads the unit today.",
        [
            Row("see how coordinations stand", "all units", MEMBERS, f"{_AT}/coordinations/"),
            Row("take the list as CSV", "all units", MEMBERS,
                f"{_AT}/coordinations/?format=csv"),
            Row("compare over the terms", "all units", MEMBERS, f"{_AT}/coordinations/compare/"),
            Row("look at a term on a day", "a term", ALL,
                "/en/network/terms/{term.code}/?on=2026-05-05"),
            Row("write a reminder", "a unit", SECRETARIAT,
                f"{_AT}/coordinations/{{term.code}}/{{unit.pk}}/remind/"),
            Row("send a reminder", "a unit", SECRETARIAT,
                f"{_AT}/coordinations/{{term.code}}/{{unit.pk}}/remind/",
                {"text": "How is it going?", "force": "on"}),
            Row("remind all silent units", "all units", SECRETARIAT,
                f"{_AT}/coordinations/remind/"),
            Row("read a reminder", "to the leading city", LEADING,
                f"{_AT}/reminders/{{nudge.pk}}/"),
            Row("answer it", "to the leading city", LEADING - SECRETARIAT,
                f"{_AT}/reminders/{{nudge.pk}}/", {"text": "Well."}),
            Row("see what was taken over", "a unit", SERVING,
                f"{_AT}/units/{{unit.pk}}/inherited/"),
            Row("open the guide", "the next term", SECRETARIAT, f"{_TERMS}/{{opening.pk}}/"),
            Row("begin it", "a term after the next", SECRETARIAT, f"{_TERMS}/",
                {"code": "2040", "starts_on": "2040-01-01", "ends_on": "2040-12-31"}),
            Row("choose the offices", "the next term", SECRETARIAT,
                f"{_TERMS}/{{opening.pk}}/offices/"),
            Row("add a city to an office", "the next term", SECRETARIAT,
                f"{_TERMS}/{{opening.pk}}/offices/add/",
                {"unit": "{unit.pk}", "office": "sub_coordinator", "organisation": "{city.pk}"}),
            Row("choose what goes on", "the next term", SECRETARIAT,
                f"{_TERMS}/{{opening.pk}}/work/{{unit.pk}}/", {}),
            Row("look at everything", "the next term", SECRETARIAT,
                f"{_TERMS}/{{opening.pk}}/preview/"),
            Row("open the term", "the next term", SECRETARIAT,
                f"{_TERMS}/{{opening.pk}}/preview/", {}),
        ],
    ),
]  # fmt: skip
