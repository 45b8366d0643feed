"""Writing a report: two at once, saved while typing, published and taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from mutirao.core.models import Conflict, NotAllowed
from mutirao.network.acting import NOBODY, actor_for
from mutirao.network.states import Role
from mutirao.reports import actions, queries
from mutirao.reports.models import Report
from tests.factories import (
    MandateFactory,
    TermFactory,
    UnitFactory,
    actor,
    coordinator,
    secretariat,
)
from tests.reports.factories import EditionFactory, ReportFactory, published

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
pytestmark = pytest.mark.django_db


@pytest.fixture
def mandate():
    return MandateFactory()


@pytest.fixture
def writer(mandate):
    return coordinator(mandate)


@pytest.fixture
def report(mandate, writer):
    return ReportFactory(unit=mandate.unit, term=mandate.term, organisation=mandate.organisation)


@pytest.fixture
def browser(client, writer):
    client.force_login(writer.person, BACKEND)
    return client


def words(report, **changes):
    given = {
        "version": report.version,
        "title": report.title,
        "language": "pt",
        "introduction": "Novo texto",
        "closing": "",
        "audience": "public",
    }
    return {**given, **changes}


def test_a_unit_has_one_report_a_term_whoever_begins_it(mandate, writer):
    first = actions.open_report(unit=mandate.unit, term=mandate.term, by=writer)
    second = actions.open_report(unit=mandate.unit, term=mandate.term, by=secretariat())
    assert first == second
    assert str(mandate.unit) in first.title


def test_the_reports_of_the_network_are_the_secretariats(mandate, writer):
    with pytest.raises(PermissionDenied):
        actions.open_report(unit=None, term=mandate.term, by=writer)
    made = actions.open_report(unit=None, term=mandate.term, by=secretariat())
    assert made.unit is None
    assert not queries.visible_to(writer).filter(pk=made.pk).exists()


def test_saving_twice_at_once_shows_the_loser_both_versions(browser, report, writer):
    actions.write(report=report, version=1, by=writer, introduction="O texto do outro")
    answer = browser.post(reverse("reports:edit", args=[report.pk]), words(report))
    assert answer.status_code == 409
    assert "O texto do outro" in answer.content.decode()
    assert "Novo texto" in answer.content.decode()
    with pytest.raises(Conflict):
        actions.write(report=report, version=1, by=writer, introduction="Tarde")


def test_what_is_typed_is_saved_and_the_version_comes_back(browser, report):
    answer = browser.post(reverse("reports:save", args=[report.pk]), words(report))
    assert answer.json() == {"version": 2}
    report.refresh_from_db()
    assert report.introduction == "Novo texto"
    late = browser.post(reverse("reports:save", args=[report.pk]), words(report, version=1))
    assert late.status_code == 409
    wrong = browser.post(reverse("reports:save", args=[report.pk]), words(report, title=""))
    assert wrong.status_code == 422


def test_a_form_cannot_publish_or_move_the_report(browser, report):
    forged = words(report, visibility="public", unit=UnitFactory().pk, current=1)
    browser.post(reverse("reports:edit", args=[report.pk]), forged)
    fresh = Report.objects.get(pk=report.pk)
    assert (fresh.visibility, fresh.unit_id, fresh.current) == ("draft", report.unit_id, None)


def test_a_wrong_form_says_so_and_keeps_what_was_typed(browser, report):
    answer = browser.post(
        reverse("reports:edit", args=[report.pk]), words(report, title="", closing="Fica aqui")
    )
    assert answer.status_code == 422
    assert "Fica aqui" in answer.content.decode()


def test_an_officer_writes_and_does_not_publish(report, mandate):
    officer = actor(mandate.organisation, Role.OFFICER)
    edition = EditionFactory(report=report)
    actions.write(report=report, version=report.version, by=officer, introduction="x")
    with pytest.raises(PermissionDenied):
        actions.publish(edition=edition, by=officer)


def test_an_older_edition_stays_readable_beside_the_one_of_record(client, mandate, writer):
    report = published(unit=mandate.unit, term=mandate.term, organisation=mandate.organisation)
    newer = EditionFactory(report=report)
    assert client.get(newer.get_absolute_url()).status_code == 404
    actions.publish(edition=newer, by=writer)
    for number in (1, 2):
        answer = client.get(reverse("reports:edition", args=[report.pk, number]))
        assert answer.status_code == 200
    with pytest.raises(NotAllowed):
        actions.publish(edition=newer, by=writer)


def test_a_report_taken_back_is_nobodys_but_the_writers(client, mandate, writer):
    report = published(unit=mandate.unit, term=mandate.term, organisation=mandate.organisation)
    actions.withdraw(report=report, by=writer)
    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.get(reverse("reports:edition", args=[report.pk, 1])).status_code == 404
    with pytest.raises(NotAllowed):
        actions.withdraw(report=report, by=writer)


def test_an_edition_for_members_is_not_for_visitors(client):
    report = published(audience="members")
    assert client.get(report.get_absolute_url()).status_code == 404
    member = actor()
    client.force_login(member.person, BACKEND)
    assert client.get(report.get_absolute_url()).status_code == 200


def test_whoever_led_to_the_end_writes_until_the_accounts_close():
    term = TermFactory(
        code="2024",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 31),
        closes_on=date(2025, 2, 28),
    )
    with time_machine.travel("2024-06-01T12:00:00Z"):
        mandate = MandateFactory(term=term)
        report = ReportFactory(unit=mandate.unit, term=term)
        person = coordinator(mandate).person
    for day, may in (("2025-02-20", True), ("2025-03-02", False)):
        with time_machine.travel(f"{day}T12:00:00Z"):
            who = actor_for(person)
            assert queries.visible_to(who).filter(pk=report.pk).exists() is may
            if may:
                actions.write(report=report, version=1, by=who, introduction=day)
            else:
                with pytest.raises(PermissionDenied):
                    actions.write(report=report, version=2, by=who, introduction=day)


def test_who_left_office_before_the_end_writes_no_more(mandate):
    report = ReportFactory(unit=mandate.unit, term=mandate.term)
    former = coordinator(mandate)
    mandate.ends_on = timezone.localdate() - timedelta(days=1)
    mandate.starts_on = mandate.ends_on - timedelta(days=5)
    mandate.save()
    assert not queries.visible_to(actor_for(former.person)).filter(pk=report.pk).exists()


def test_rule_and_query_say_the_same(report, writer, mandate):
    import rules

    public = published(unit=UnitFactory(), term=mandate.term)
    members = published(unit=UnitFactory(), term=mandate.term, audience="members")
    for who in (NOBODY, actor(), writer, secretariat(), actor(mandate.organisation, "observer")):
        for one in (report, public, members):
            seen = queries.visible_to(who).filter(pk=one.pk).exists()
            assert seen == rules.test_rule("reports.see_report", who, one)
