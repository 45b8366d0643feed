"""A city stands with its plan; members see it when the assembly says; the secretariat judges."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from mutirao.assembly import actions, queries
from mutirao.assembly.models import Candidacy
from mutirao.assembly.states import Candidate, Shown, State
from mutirao.core.models import Conflict, NotAllowed
from mutirao.network.models import Mandate
from mutirao.network.states import Office, Role
from mutirao.plans import actions as plans
from mutirao.plans import queries as plan_queries
from mutirao.plans.standing import stands_for
from mutirao.plans.states import Proposal
from tests.factories import MandateFactory, OrganisationFactory, TermFactory, actor, secretariat
from tests.plans.factories import ActivityFactory, PlanFactory

from .factories import AssemblyFactory, CandidacyFactory, ElectionFactory, member, with_plan

pytestmark = pytest.mark.django_db


def _stand(election, by, plan=None):
    return actions.stand(
        election=election, statement="Porque sim.", language="pt", plan=plan, by=by
    )


def test_city_stands_with_a_plan_of_its_own():
    election, city = ElectionFactory(), member()
    term = election.assembly.term
    assert stands_for(city) == [(election.unit, term)]
    plan = plans.create_plan(
        unit=election.unit, term=term, presented_by=city.organisation, title="2027", by=city
    )
    ActivityFactory(plan=plan)
    candidacy = _stand(election, city, plan)
    other = member()
    assert candidacy not in queries.candidacies_visible_to(other)
    assert plan not in plan_queries.visible_to(other)
    candidacy = actions.submit(candidacy=candidacy, by=city)
    assert candidacy.state == Candidate.SUBMITTED
    assert candidacy in queries.candidacies_visible_to(other)
    assert plan in plan_queries.visible_to(other)
    actions.withdraw(candidacy=candidacy, by=city)
    assert plan not in plan_queries.visible_to(other)
    assert actions.submit(candidacy=candidacy, by=city).state == Candidate.SUBMITTED


def test_office_that_leads_needs_a_plan_with_an_activity():
    election, city = ElectionFactory(), member()
    candidacy = _stand(election, city)
    with pytest.raises(NotAllowed):
        actions.submit(candidacy=candidacy, by=city)
    seat = ElectionFactory(assembly=election.assembly, office=Office.SUB_COORDINATOR)
    assert actions.submit(candidacy=_stand(seat, city), by=city).state == Candidate.SUBMITTED


def test_candidacies_of_a_closed_window_or_twice_are_refused():
    today = timezone.localdate()
    election, city = ElectionFactory(), member()
    _stand(election, city)
    with pytest.raises(NotAllowed):
        _stand(election, city)
    late = ElectionFactory(assembly=AssemblyFactory(candidacies_until=today - timedelta(days=1)))
    with pytest.raises(NotAllowed):
        _stand(late, member())
    assert stands_for(member()) != []  # the other assembly's window is open


@pytest.mark.parametrize("who", ["visitor city", "observer", "secretariat", "preparing"])
def test_who_may_not_stand(who):
    assembly = AssemblyFactory(state=State.PREPARING if who == "preparing" else State.ANNOUNCED)
    by = {
        "visitor city": lambda: actor(OrganisationFactory()),
        "observer": lambda: member(Role.OBSERVER),
        "secretariat": secretariat,
        "preparing": member,
    }[who]()
    with pytest.raises(PermissionDenied):
        _stand(ElectionFactory(assembly=assembly), by)


def test_plan_of_another_city_unit_or_state_is_refused():
    election, city = ElectionFactory(), member()
    term = election.assembly.term
    foreign = PlanFactory(unit=election.unit, term=term)
    elsewhere = PlanFactory(term=term, presented_by=city.organisation)
    for plan in (foreign, elsewhere):
        with pytest.raises(NotAllowed):
            _stand(election, city, plan)


def test_officer_writes_but_does_not_submit_and_another_city_does_neither():
    election = ElectionFactory(office=Office.SUB_COORDINATOR)
    officer = member(Role.OFFICER)
    candidacy = _stand(election, officer)
    with pytest.raises(PermissionDenied):
        actions.submit(candidacy=candidacy, by=officer)
    words = {"statement": "x", "language": "pt", "plan": None}
    with pytest.raises(PermissionDenied):
        actions.edit(candidacy=candidacy, version=1, by=member(), **words)
    actions.edit(candidacy=candidacy, version=1, by=officer, **words)
    with pytest.raises(Conflict):
        actions.edit(candidacy=candidacy, version=1, by=officer, **words)


def test_members_wait_for_the_window_when_the_assembly_says_so():
    candidacy = CandidacyFactory(election__assembly__shown=Shown.AFTER)
    other, own = member(), actor(candidacy.organisation)
    day_after = candidacy.election.assembly.candidacies_until + timedelta(days=1)
    assert candidacy not in queries.candidacies_visible_to(other)
    assert candidacy in queries.candidacies_visible_to(own)
    assert candidacy in queries.candidacies_visible_to(secretariat())
    assert candidacy in queries.candidacies_visible_to(other, today=day_after)


def test_secretariat_refuses_with_a_reason_and_admits_again():
    candidacy = CandidacyFactory()
    plan = with_plan(candidacy)
    with pytest.raises(PermissionDenied):
        actions.refuse(candidacy=candidacy, reason="x", by=member())
    actions.refuse(candidacy=candidacy, reason="Contribuição em atraso.", by=secretariat())
    plan.refresh_from_db()
    assert plan.proposal == Proposal.OWN
    assert candidacy not in queries.candidacies_visible_to(member())
    found = actions.admit(candidacy=candidacy, by=secretariat())
    plan.refresh_from_db()
    assert (found.state, found.reason, plan.proposal) == ("submitted", "", Proposal.SHOWN)


def test_offices_are_proposed_from_the_term_before():
    term = TermFactory()
    held = MandateFactory(term=term)
    MandateFactory(term=term, unit=held.unit, office=Office.SUB_COORDINATOR)
    MandateFactory(term=term, unit=held.unit, office=Office.SUB_COORDINATOR)
    model = AssemblyFactory.build()
    made = actions.save_assembly(
        by=secretariat(), title="A", term=AssemblyFactory().term, held_on=model.held_on,
        candidacies_from=model.candidacies_from, candidacies_until=model.candidacies_until,
    )  # fmt: skip
    rows = {(e.unit_id, e.office, e.seats) for e in made.elections.all()}
    assert (held.unit_id, "coordinator", 1) in rows
    assert (held.unit_id, "sub_coordinator", 2) in rows
    with pytest.raises(NotAllowed):
        actions.announce(
            assembly=actions.set_offices(assembly=made, offices=[], by=secretariat()),
            by=secretariat(),
        )


def test_office_with_a_candidacy_stays():
    candidacy = CandidacyFactory()
    assembly = candidacy.election.assembly
    with pytest.raises(NotAllowed):
        actions.set_offices(assembly=assembly, offices=[], by=secretariat())
    with pytest.raises(NotAllowed):
        actions.prepare_again(assembly=assembly, by=secretariat())


def test_recorded_vote_elects_and_its_plan_is_the_units_draft():
    office = secretariat()
    first = CandidacyFactory()
    second = CandidacyFactory(election=first.election)
    plans_ = [with_plan(first), with_plan(second)]
    figures = actions.Figures({first.pk: 12, second.pk: 7}, 1, 2, 20, 30)
    actions.decide(election=first.election, how="votes", figures=figures, by=office)
    for row in (first, second, *plans_):
        row.refresh_from_db()
    assert [(c.state, c.votes) for c in (first, second)] == [("elected", 12), ("not_elected", 7)]
    assert [p.proposal for p in plans_] == [Proposal.ELECTED, Proposal.OWN]
    actions.conclude(assembly=first.election.assembly, by=office)
    made = actions.make_mandates(assembly=first.election.assembly, by=office)
    assert [(m.organisation, m.office, m.term) for m in made] == [
        (first.organisation, "coordinator", first.election.assembly.term)
    ]
    assert actions.make_mandates(assembly=first.election.assembly, by=office) == []


def test_tie_and_missing_quorum_need_a_decision_with_its_reason():
    office = secretariat()
    one = CandidacyFactory(election__assembly__quorum=50)
    two = CandidacyFactory(election=one.election)
    tie = actions.Figures({one.pk: 5, two.pk: 5}, turnout=10, entitled=12)
    few = actions.Figures({one.pk: 5, two.pk: 1}, turnout=6, entitled=30)
    for figures in (tie, few):
        with pytest.raises(NotAllowed):
            actions.decide(election=one.election, how="votes", figures=figures, by=office)
    with pytest.raises(NotAllowed):
        actions.decide(election=one.election, how="decision", elected=[one], figures=tie, by=office)
    decided = actions.decide(
        election=one.election, how="decision", elected=[two], figures=tie,
        reason="Segundo turno: 7 a 5.", by=office,
    )  # fmt: skip
    assert (decided.how, decided.turnout) == ("decision", 10)
    two.refresh_from_db()
    assert two.state == Candidate.ELECTED


def test_forged_winner_or_too_many_are_refused():
    office, one, stranger = secretariat(), CandidacyFactory(), CandidacyFactory()
    two = CandidacyFactory(election=one.election)
    for elected in ([stranger], [one, two]):
        with pytest.raises(NotAllowed):
            actions.decide(election=one.election, how="acclamation", elected=elected, by=office)
    with pytest.raises(PermissionDenied):
        actions.decide(election=one.election, how="acclamation", elected=[one], by=member())


def test_mandates_are_all_or_none():
    office = secretariat()
    one = CandidacyFactory()
    two = CandidacyFactory(election__assembly=one.election.assembly)
    for candidacy in (one, two):
        actions.decide(
            election=candidacy.election, how="acclamation", elected=[candidacy], by=office
        )
    term = one.election.assembly.term
    MandateFactory(unit=two.election.unit, term=term)
    with pytest.raises(NotAllowed):
        actions.make_mandates(assembly=one.election.assembly, by=office)
    assert not Mandate.objects.filter(unit=one.election.unit, term=term).exists()
    with pytest.raises(PermissionDenied):
        actions.make_mandates(assembly=one.election.assembly, by=member())


def test_concluding_waits_for_every_office_somebody_stands_for():
    candidacy = CandidacyFactory()
    ElectionFactory(assembly=candidacy.election.assembly)
    with pytest.raises(NotAllowed):
        actions.conclude(assembly=candidacy.election.assembly, by=secretariat())
    actions.decide(
        election=candidacy.election, how="acclamation", elected=[candidacy], by=secretariat()
    )
    found = actions.conclude(assembly=candidacy.election.assembly, by=secretariat())
    assert found.state == State.CONCLUDED
    assert Candidacy.objects.get().state == Candidate.ELECTED
