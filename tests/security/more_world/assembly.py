"""Assemblies in every state, candidacies, and votes that are open."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from mutirao.assembly.actions import new_slip
from mutirao.assembly.states import Candidate, State, Way
from mutirao.network.models import Member
from tests.assembly.factories import AssemblyFactory, CandidacyFactory, ElectionFactory, with_plan
from tests.factories import UnitFactory


def fill(made: Any) -> None:
    """The leading city, the owner, and every other city but the ordinary one's kind stand or vote:
    all cities of the world are members.
    """
    cities = {who.organisation for who in made.people.values() if who and who.organisation}
    for city in cities:
        if city.is_city and not Member.objects.filter(organisation=city).exists():
            Member.objects.create(organisation=city, starts_on=timezone.localdate())
    city = made.records.city
    preparing = AssemblyFactory(title="Assembly in the making", state=State.PREPARING)
    ElectionFactory(assembly=preparing)
    announced = AssemblyFactory(title="Assembly announced")
    concluded = AssemblyFactory(title="Assembly concluded", state=State.CONCLUDED)
    office = ElectionFactory(assembly=announced)
    submitted = CandidacyFactory(election=office, statement="Submitted words")
    with_plan(submitted)
    draft = CandidacyFactory(
        election=ElectionFactory(assembly=announced, office="sub_coordinator"),
        organisation=city,
        state=Candidate.DRAFT,
        statement="Drafted words",
        member=False,
    )
    refused = CandidacyFactory(
        election=ElectionFactory(assembly=announced), state=Candidate.REFUSED, reason="No"
    )
    to_withdraw = CandidacyFactory(
        election=ElectionFactory(assembly=announced), organisation=city, member=False
    )
    held = ElectionFactory(assembly=AssemblyFactory(voting=True))
    CandidacyFactory(election=held)
    in_public = ElectionFactory(assembly=AssemblyFactory(voting=True, way=Way.OPEN))
    CandidacyFactory(election=in_public)
    elected = CandidacyFactory(
        election=ElectionFactory(assembly=concluded, how="acclamation", decided_at=timezone.now()),
        state=Candidate.ELECTED,
        statement="Elected words",
    )
    made.put(
        assembly_preparing=preparing,
        assembly_announced=announced,
        assembly_concluded=concluded,
        election_announced=office,
        election_free=ElectionFactory(assembly=announced, unit=UnitFactory()),
        election_secret=held,
        election_open=in_public,
        choice_secret=held.candidacies.get(),
        choice_open=in_public.candidacies.get(),
        slip=new_slip(held),
        candidacy_submitted=submitted,
        candidacy_draft=draft,
        candidacy_refused=refused,
        candidacy_of_city=to_withdraw,
        candidacy_elected=elected,
    )
