"""Reports of the city that leads: a draft, a public one, one for members; the network's."""

from __future__ import annotations

from datetime import date
from typing import Any

from mutirao.reports.models import Production
from tests.factories import TermFactory
from tests.reports.factories import EditionFactory, ReportFactory, published


def fill(made: Any) -> None:
    here = made.records
    common = {"term": here.term, "organisation": here.city}
    draft = ReportFactory(unit=here.unit, **common)
    public = published(unit=here.unit_approved, **common)
    members = published(unit=here.unit_closed, audience="members", **common)
    network = ReportFactory(unit=None, **common)
    writer = made.people["coordinator"].person
    for name, report in (
        ("draft", draft),
        ("public", public),
        ("members", members),
        ("network", network),
    ):
        # The latest edition of each is not published.
        made.put(**{f"report_{name}": report, f"edition_{name}": EditionFactory(report=report)})
    made.put(
        next_term=TermFactory(code="2027", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)),
        report_making=Production.objects.create(
            report=members,
            languages=["pt"],
            audience="members",
            person=writer,
            organisation=here.city,
        ),
    )
