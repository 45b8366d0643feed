"""The pages of assemblies, as each reader sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mutirao.assembly import actions
from mutirao.assembly.models import Assembly, Candidacy, Turnout
from mutirao.assembly.states import State
from mutirao.network.models import Mandate
from mutirao.network.states import Role
from tests.factories import UnitFactory, actor, secretariat
from tests.security.world import signed_in

from .factories import (
    AssemblyFactory,
    CandidacyFactory,
    ElectionFactory,
    member,
    next_term,
    with_plan,
)

pytestmark = pytest.mark.django_db


def _at(election, name=""):
    return f"/en/assemblies/offices/{election.pk}/{name}"


def test_announced_assembly_is_the_members_and_concluded_everybodys(client):
    candidacy = CandidacyFactory()
    assembly = candidacy.election.assembly
    at = f"/en/assemblies/{assembly.pk}/"
    browser = signed_in(member())
    assert client.get(at).status_code == 404
    page = browser.get(at)
    assert candidacy.organisation.name in page.content.decode()
    actions.decide(
        election=candidacy.election, how="acclamation", elected=[candidacy], by=secretariat()
    )
    actions.conclude(assembly=assembly, by=secretariat())
    page = client.get(at).content.decode()
    assert candidacy.organisation.name in page
    assert candidacy.statement not in client.get(_at(candidacy.election)).content.decode()
    assert client.get(f"/en/assemblies/candidacies/{candidacy.pk}/").status_code == 302


def test_candidacies_stand_side_by_side_with_their_plans():
    one = CandidacyFactory()
    two = CandidacyFactory(election=one.election, statement="Outra razão.")
    plans = [with_plan(one), with_plan(two)]
    page = signed_in(member()).get(_at(one.election)).content.decode()
    for text in (one.statement, two.statement, *(plan.title for plan in plans)):
        assert text in page


def test_city_stands_by_the_form_and_keeps_what_was_typed():
    election, who = ElectionFactory(), member()
    browser = signed_in(who)
    bad = browser.post(_at(election, "stand/"), {"statement": "", "language": "pt"})
    assert bad.status_code == 422
    made = browser.post(_at(election, "stand/"), {"statement": "Sim", "language": "pt"})
    candidacy = Candidacy.objects.get()
    assert made["Location"] == f"/en/assemblies/candidacies/{candidacy.pk}/"
    refused = browser.post(f"/en/assemblies/candidacies/{candidacy.pk}/moves/submit/")
    assert refused.status_code == 409
    assert browser.get("/en/plans/new/").status_code == 200


def test_secret_vote_shows_its_code_once_and_counts_a_double_click_once():
    election = ElectionFactory(assembly=AssemblyFactory(voting=True))
    candidacy = CandidacyFactory(election=election)
    browser = signed_in(member())
    paper = browser.get(_at(election, "vote/"))
    slip = paper.context["form"]["slip"].value()
    sent = {"choice": str(candidacy.pk), "slip": slip}
    first = browser.post(_at(election, "vote/"), sent)
    second = browser.post(_at(election, "vote/"), sent)
    assert first.context["code"] == second.context["code"]
    assert "no-store" in first["Cache-Control"]
    assert Turnout.objects.count() == 1
    other = browser.get(_at(election, "vote/")).context["form"]["slip"].value()
    assert browser.post(_at(election, "vote/"), {**sent, "slip": other}).status_code == 409
    assert browser.get(_at(election, "ballots/")).status_code == 404


def test_way_to_the_ballot_stands_where_somebody_stands_for_who_decides():
    assembly = AssemblyFactory(voting=True)
    contested, _nobody = (ElectionFactory(assembly=assembly) for _ in range(2))
    CandidacyFactory(election=contested)
    at = f"/en/assemblies/{assembly.pk}/"
    assert signed_in(member()).get(at).context["votable"] == {contested.pk}
    assert signed_in(secretariat()).get(at).context["votable"] == set()


def test_ballots_are_published_by_code_when_the_result_is_out():
    election = ElectionFactory(assembly=AssemblyFactory(voting=True))
    candidacy = CandidacyFactory(election=election)
    slip = actions.new_slip(election)
    voter = member()
    code = actions.cast_secret(election=election, candidacy=candidacy, slip=slip, by=voter)
    now = timezone.now()
    Assembly.objects.update(opens_at=now - timedelta(hours=3), closes_at=now)
    office = signed_in(secretariat())
    page = office.get(_at(election, "result/")).content.decode()
    assert "1 of 2 members voted" in page
    assert office.post(_at(election, "result/"), {"how": "votes"}).status_code == 302
    assert code in signed_in(voter).get(_at(election, "ballots/")).content.decode()
    assert code.encode() in b"".join(
        signed_in(voter).get(_at(election, "ballots/?format=csv")).streaming_content
    )


def test_secretariat_opens_announces_records_and_registers():
    UnitFactory()
    office = signed_in(secretariat())
    today = timezone.localdate()
    form = {
        "title": "Assembleia geral", "language": "pt", "term": next_term().pk,
        "held_on": str(today), "candidacies_from": str(today - timedelta(days=9)),
        "candidacies_until": str(today), "shown": "at_once", "way": "recorded", "quorum": "0",
        "time_zone": "America/Montevideo",
    }  # fmt: skip
    wrong = office.post("/en/assemblies/new/", {**form, "way": "secret"})
    assert wrong.status_code == 422 and not Assembly.objects.exists()
    assert office.post("/en/assemblies/new/", form).status_code == 302
    assembly = Assembly.objects.get()
    at = f"/en/assemblies/{assembly.pk}/"
    assert office.get(f"{at}offices/").status_code == 200
    election = assembly.elections.get(office="coordinator")
    picked = {f"fill-{election.unit_id}-coordinator": "on"}
    assert office.post(f"{at}offices/", picked).status_code == 302
    assert [e.office for e in assembly.elections.all()] == ["coordinator"]
    office.post(f"{at}moves/announce/")
    candidacy = CandidacyFactory(election=election)
    minutes = SimpleUploadedFile("ata.pdf", b"%PDF-1.7\n%%EOF")
    office.post(f"{at}minutes/upload/", {"file": minutes})
    assert office.get(f"{at}minutes/")["Content-Disposition"].startswith("attachment")
    given = {"how": "votes", f"votes-{candidacy.pk}": "9", "entitled": "10", "turnout": "9"}
    assert office.post(_at(election, "result/"), {"how": "votes"}).status_code == 422
    assert office.post(_at(election, "result/"), given).status_code == 302
    office.post(f"{at}moves/conclude/")
    assert "Register 1 mandate" in office.get(f"{at}mandates/").content.decode()
    assert office.post(f"{at}mandates/").status_code == 302
    assert Mandate.objects.get().organisation == candidacy.organisation
    edit = office.post(f"{at}edit/", {**form, "version": "1"})
    assert edit.status_code == 422


def test_stale_form_of_an_assembly_is_told():
    assembly = AssemblyFactory(state=State.PREPARING)
    office = signed_in(secretariat())
    page = office.get(f"/en/assemblies/{assembly.pk}/edit/")
    Assembly.objects.update(version=5)
    form = {**page.context["form"].initial, "version": 1}
    form = {key: value for key, value in form.items() if value is not None}
    answer = office.post(f"/en/assemblies/{assembly.pk}/edit/", form)
    assert answer.status_code == 422 and "meantime" in answer.content.decode()


@pytest.mark.parametrize("path", ["new/", "{pk}/edit/", "{pk}/offices/", "{pk}/mandates/"])
def test_managing_is_the_secretariats(path):
    assembly = AssemblyFactory()
    for who in (member(), member(Role.SIGNATORY)):
        answer = signed_in(who).get(f"/en/assemblies/{path.format(pk=assembly.pk)}")
        assert answer.status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_however_much_there_is(number, django_assert_max_num_queries):
    election = ElectionFactory()
    for _n in range(number):
        with_plan(CandidacyFactory(election=election))
        CandidacyFactory(election__assembly=election.assembly)
    browser = signed_in(member())
    for path, most in (
        ("/en/assemblies/", 9),
        (f"/en/assemblies/{election.assembly_id}/", 11),
        (_at(election), 16),
    ):
        browser.get(path)
        with django_assert_max_num_queries(most):
            assert browser.get(path).status_code == 200


def test_desk_is_told_what_waits():
    from mutirao.assembly import queries

    election = ElectionFactory(assembly=AssemblyFactory(voting=True))
    voter = member()
    waiting = queries.waiting_for(voter)
    assert [e.pk for e in waiting.votes] == [election.pk] and not waiting.windows
    assert not queries.waiting_for(actor())
    window = AssemblyFactory()
    assert queries.waiting_for(voter).windows == [window]


def test_visitor_of_a_vote_is_sent_to_sign_in():
    election = ElectionFactory(assembly=AssemblyFactory(voting=True))
    assert Client().get(_at(election, "vote/")).status_code == 302
