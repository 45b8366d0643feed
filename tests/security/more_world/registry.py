"""A suspended member with its act, spreadsheets on their way in, a pair of duplicates."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from mutirao.network.models import Act, Suspension
from mutirao.registry.models import Import, ImportRow
from tests.factories import MemberFactory, OrganisationFactory


def fill(made: Any) -> None:
    here = made.records
    act = Act(kind="minutes", number="XXV")
    act.file.save("minutes.pdf", ContentFile(b"%PDF-1.7 minutes"))
    rested = MemberFactory(organisation__name="Rested city", admitted_by=act)
    suspension = Suspension.objects.create(
        member=rested, starts_on=date(2026, 5, 2), reason="Fees unpaid"
    )
    person = here.membership_of_other.person
    office = OrganisationFactory(kind="network", name="Another body")
    common = {"person": person, "organisation": office, "size": 1, "sha256": "0" * 64}
    sheets = {
        "sheet_ready": Import.objects.create(
            **common,
            kind="organisations",
            filename="ready.csv",
            state="ready",
            headings=["nome", "país"],
            mapping={"name": 0, "country": 1},
            order_read="dmy",
            counts={"new": 2},
        ),
        "sheet_accepted": Import.objects.create(
            **common,
            kind="organisations",
            filename="accepted.csv",
            state="accepted",
            accepted_at=timezone.now(),
            accepted_by=person,
            key=uuid4(),
        ),
    }
    for number, name in ((2, "Forged One"), (3, "Forged Two")):
        ImportRow.objects.create(
            parent=sheets["sheet_ready"],
            number=number,
            cells=[[name, "text"], ["BR", "text"]],
            mark="new",
        )
    made.put(
        act=act,
        rested=rested,
        rested_city=rested.organisation,
        suspension=suspension,
        newcomer=OrganisationFactory(name="City that is no member"),
        admitted=MemberFactory(organisation__name="Admitted city"),
        twin=OrganisationFactory(name="Villa Gemela", country="AR", latitude=None, longitude=None),
        twin_again=OrganisationFactory(
            name="Municipalidad de Villa Gemela", country="AR", latitude=None, longitude=None
        ),
        **sheets,
    )
