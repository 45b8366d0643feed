"""Checking a reading in the browser's own words: forms, buttons, two people, one plan."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from mutirao.core.models import Conflict
from mutirao.intake.states import DraftState
from mutirao.meetings.models import Event
from mutirao.network.models import Unit
from mutirao.network.states import Kind, Role
from mutirao.plans.models import Activity, Axis, Plan
from mutirao.plans.review.actions import accept
from mutirao.plans.review.check import check
from mutirao.plans.review.content import from_reading
from mutirao.plans.review.options import named_elsewhere, options_for, suggested_head
from tests.factories import (
    MandateFactory,
    OrganisationFactory,
    TermFactory,
    UnitFactory,
    actor,
    coordinator,
    secretariat,
)

from .kit import Form, brought_in, form_of, hold, page_url, press, signed_in

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "plans" / "plano-2018.pt.txt"


def save_url(draft) -> str:
    return reverse("plans:draft_save", args=[draft.key])


def test_review_is_unknown_to_another_organisation() -> None:
    draft = brought_in(coordinator())
    other = signed_in(coordinator())
    fields = {"do": "accept", "version": "1", "head-title": "Meu plano"}
    assert other.get(page_url(draft)).status_code == 404
    assert other.post(page_url(draft), fields).status_code == 404
    assert other.post(save_url(draft), fields).status_code == 404
    for name in ("draft_read", "draft_discard"):
        assert other.post(reverse(f"plans:{name}", args=[draft.key])).status_code == 404
    draft.refresh_from_db()
    assert (draft.state, draft.edited) == (DraftState.READY, None)


def test_review_is_unknown_to_an_observer_of_the_same_city() -> None:
    by = coordinator()
    draft = brought_in(by)
    observer = signed_in(actor(by.organisation, role=Role.OBSERVER))
    assert observer.get(page_url(draft)).status_code == 404


def test_review_asks_a_visitor_to_sign_in(client: Client) -> None:
    draft = brought_in(coordinator())
    for response in (client.get(page_url(draft)), client.post(save_url(draft), {})):
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]


def test_review_refuses_a_unit_that_is_not_led() -> None:
    """A forged choice of somebody else's unit is no choice."""
    by, foreign = coordinator(), UnitFactory()
    client, draft = signed_in(by), brought_in(by)
    response = press(client, draft, form_of(client, draft), "accept", head__unit=str(foreign.pk))
    assert response.status_code == 422
    assert 'href="#id_head-unit"' in response.content.decode()
    assert Plan.objects.count() == 0


def test_review_preselects_what_the_document_names() -> None:
    by = secretariat()
    unit = UnitFactory(name={"pt": "Unidade de Cultura", "es": "Unidad de Cultura", "en": "C"})
    UnitFactory(name={"pt": "Unidade de Turismo", "es": "Unidad de Turismo", "en": "T"})
    city = OrganisationFactory(name="São Leopoldo")
    OrganisationFactory(name="Rosario", kind=Kind.COMPANY)
    term = TermFactory()
    reading = {"unit": "UNIDAD CULTURA", "year": term.year, "presented_by": "Sao Leopoldo"}
    assert suggested_head(reading, options_for(by)) == {
        "unit": str(unit.pk),
        "term": str(term.pk),
        "presented_by": str(city.pk),
    }


def test_review_of_another_year_chooses_no_term() -> None:
    by = coordinator()
    assert suggested_head({"year": 1999}, options_for(by))["term"] == ""


def test_accept_makes_the_plan_with_everything() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    fields = form_of(client, draft)
    response = press(client, draft, fields, "accept-anyway", t1__axes=["a1", "a2"])
    plan = Plan.objects.get()
    assert response["Location"] == plan.get_absolute_url()
    assert (plan.document, plan.presented_by, plan.state) == (draft, by.organisation, "draft")
    assert list(plan.axes.values_list("kind", "number")) == [("action", "I"), ("action", "II")]
    first, second = plan.activities.all()
    assert [axis.number for axis in first.axes.all()] == ["I", "II"]
    assert second.axes.count() == 0
    event = Event.objects.get()
    assert (event.starts_on.isoformat()[5:], event.place, event.country) == (
        "04-16",
        "Rosario",
        "AR",
    )
    draft.refresh_from_db()
    assert (draft.state, draft.result) == (DraftState.ACCEPTED, plan)


def test_accept_twice_makes_one_plan() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    fields = form_of(client, draft)
    first = press(client, draft, fields, "accept-anyway")
    second = press(client, draft, fields, "accept-anyway")
    assert first["Location"] == second["Location"] == Plan.objects.get().get_absolute_url()
    assert client.get(page_url(draft))["Location"] == first["Location"]


@pytest.mark.django_db(transaction=True)
def test_accept_at_the_same_moment_makes_one_plan() -> None:
    by = coordinator()
    draft = brought_in(by)
    options = options_for(by)
    content = from_reading(draft.reading)
    content["head"].update(suggested_head({}, options))
    checked = check(content, options, by)
    assert checked.where is not None
    start, made = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            plan = accept(draft=draft, version=1, where=checked.where, content=checked.data, by=by)
            made.append(plan.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert made == [Plan.objects.get().pk] * 2


def test_accept_of_a_version_that_is_gone_is_a_conflict() -> None:
    by = coordinator()
    draft = brought_in(by)
    options = options_for(by)
    where = (options.units[0], options.terms[0], by.organisation)
    with pytest.raises(Conflict):
        accept(draft=draft, version=7, where=where, content={"title": "A"}, by=by)
    assert Plan.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_accept_that_fails_saves_nothing() -> None:
    """The unit is dissolved between the check and the act."""
    by = secretariat()
    mandate = MandateFactory()
    draft = brought_in(by)
    options = options_for(by)
    head = {"unit": str(mandate.unit_id), "term": str(mandate.term_id)}
    content = from_reading(draft.reading)
    content["head"].update(head, presented_by=str(mandate.organisation_id))
    checked = check(content, options, by)
    assert checked.where is not None
    unit = mandate.unit
    mandate.delete()
    Unit.objects.filter(pk=unit.pk).delete()
    with pytest.raises(Exception, match=r".*"):
        accept(draft=draft, version=1, where=checked.where, content=checked.data, by=by)
    draft.refresh_from_db()
    assert draft.state == DraftState.READY
    assert [model.objects.count() for model in (Plan, Axis, Activity, Event)] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("e1-start", "2026-02-31"),
        ("e1-end", "2020-01-01"),
        ("e1-country", "Atlántida"),
        ("e1-title", ""),
        ("t1-text", ""),
        ("a1-text", " "),
        ("head-title", ""),
        ("head-term", ""),
        ("head-presented_by", "999999"),
    ],
)
def test_accept_names_each_fault_and_keeps_what_was_typed(field: str, value: str) -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    fields = form_of(client, draft)
    response = press(client, draft, fields, "accept", **{field.replace("-", "__"): value})
    html = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{field}"' in html
    assert f'id="id_{field}_error"' in html
    assert Plan.objects.count() == 0
    draft.refresh_from_db()
    typed = draft.edited["head"] if field.startswith("head") else _part(draft, field[:2])
    assert typed[field.split("-")[1]] == value
    if field == "e1-start":  # a date picker would show nothing of a day that does not exist
        assert 'type="text" name="e1-start" value="2026-02-31"' in html


def _part(draft, identity: str) -> dict:
    lists = (draft.edited[name] for name in ("axes", "activities", "events"))
    return next(part for parts in lists for part in parts if part["id"] == identity)


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"start": "", "end": "", "month": "2026-13"}, ["id_e1-month"]),
        ({"start": "", "end": "", "month": ""}, []),
        ({"start": "", "end": "2026-04-20", "month": ""}, ["id_e1-start"]),
        ({"start": "", "end": "", "month": "2026-08"}, []),
        ({"start": "2026-04-16", "end": "", "month": ""}, []),
    ],
)
def test_check_of_event_days(typed: dict[str, str], faults: list[str]) -> None:
    by = coordinator()
    draft = brought_in(by)
    content = from_reading(draft.reading)
    content["head"].update(suggested_head({}, options_for(by)))
    content["events"][0].update(typed)
    checked = check(content, options_for(by), by)
    assert [fault.field_id for fault in checked.faults] == faults


def test_country_is_understood_in_any_language() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    fields = form_of(client, draft)
    assert fields["e1-country"] == ["Argentina"]
    press(client, draft, fields, "save", e1__country="south africa")
    draft.refresh_from_db()
    assert draft.edited["events"][0]["country"] == "ZA"
    assert form_of(client, draft)["e1-country"] == ["África do Sul"]


def test_forged_kind_or_choice_is_ignored() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    draft.reading["not_understood"] = [{"line": 3, "text": "segue em anexo a minuta"}]
    draft.save()
    press(client, draft, form_of(client, draft), "save", a1__kind="dream", l3__choice="plan")
    draft.refresh_from_db()
    assert draft.edited is None or draft.edited["axes"][0]["kind"] == "action"
    assert client.get(page_url(draft)).status_code == 200


def test_accept_asks_about_lines_that_are_not_decided() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    draft.reading["not_understood"] = [{"line": 3, "text": "segue em anexo a minuta"}]
    draft.save()
    fields = form_of(client, draft)
    asked = press(client, draft, fields, "accept")
    assert asked.status_code == 200
    assert 'value="accept-anyway"' in asked.content.decode()
    assert Plan.objects.count() == 0
    press(client, draft, Form(asked.content.decode()).values, "accept", l3__choice="leave_out")
    assert Plan.objects.count() == 1


def test_line_becomes_an_activity_by_choice() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    draft.reading["not_understood"] = [{"line": 3, "text": "segue em anexo a minuta"}]
    draft.save()
    press(client, draft, form_of(client, draft), "place", l3__choice="activity")
    press(client, draft, form_of(client, draft), "accept")
    last = Plan.objects.get().activities.last()
    assert last.text == "segue em anexo a minuta"


def test_contacts_never_reach_the_plan() -> None:
    by = coordinator()
    client = signed_in(by)
    text = "\nMunicípio de Exemplo\nE-mail: gabinete@cidade.example\nTelefone: +54 341 555 0100\n"
    draft = brought_in(by, text=Path(__file__).name + text + "\nAtividades:\nI - Reunir cidades.\n")
    page = client.get(page_url(draft)).content.decode()
    assert "gabinete@cidade.example" in page
    press(client, draft, form_of(client, draft), "accept-anyway", head__title="Plano")
    plan = Plan.objects.get()
    words = [plan.title, plan.introduction]
    words += [part.text for part in (*plan.axes.all(), *plan.activities.all())]
    assert "cidade.example" not in " ".join(words)
    assert "555" not in " ".join(words)


def test_save_for_later_survives_and_goes_on_elsewhere() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    response = press(client, draft, form_of(client, draft), "save", head__title="Plano corrigido")
    assert response.status_code == 302
    elsewhere = signed_in(by)
    assert form_of(elsewhere, draft)["head-title"] == ["Plano corrigido"]


def test_saving_while_typing_counts_versions() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    fields = form_of(client, draft)
    answer = client.post(save_url(draft), {**fields, "t1-title": "Encontro anual"})
    assert answer.json() == {"version": 2}
    assert client.post(save_url(draft), {**fields, "t1-title": "Encontro anual"}).json() == {
        "version": 2
    }
    assert form_of(client, draft)["t1-title"] == ["Encontro anual"]


def test_saving_over_ones_own_lost_answer_is_no_conflict() -> None:
    """The first answer never arrived: the same page still has the old version number."""
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    fields = form_of(client, draft)
    client.post(save_url(draft), {**fields, "t1-title": "Um"})
    assert client.post(save_url(draft), {**fields, "t1-title": "Dois"}).json() == {"version": 3}


def test_saving_after_somebody_else_keeps_both_versions() -> None:
    city = coordinator()
    other = actor(city.organisation, Role.COORDINATOR)
    one, two, draft = signed_in(city), signed_in(other), brought_in(city)
    mine, theirs = form_of(one, draft), form_of(two, draft)
    two.post(save_url(draft), {**theirs, "t1-title": "O título delas"})
    refused = one.post(save_url(draft), {**mine, "t1-title": "O meu título"})
    assert refused.status_code == 409
    assert refused.json() == {"by": f"{other.person.name} · {city.organisation.display}"}
    page = press(one, draft, mine, "save", t1__title="O meu título")
    html = page.content.decode()
    assert page.status_code == 409
    assert "O título delas" in html
    assert Form(html).values["t1-title"] == ["O meu título"]
    draft.refresh_from_db()
    assert draft.edited["activities"][0]["title"] == "O título delas"
    press(one, draft, Form(html).values, "save")
    assert form_of(two, draft)["t1-title"] == ["O meu título"]


def test_saving_after_acceptance_is_over() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    fields = form_of(client, draft)
    press(client, draft, fields, "accept-anyway")
    assert client.post(save_url(draft), fields).status_code == 410


def test_buttons_change_the_list_and_lead_to_the_part() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    response = press(client, draft, form_of(client, draft), "add-activity")
    assert response["Location"].endswith("#t3")
    fields = form_of(client, draft)
    assert fields["activity"] == ["t1", "t2", "t3"]
    press(client, draft, fields, "up-t2", t3__text="Acrescentada à mão")
    fields = form_of(client, draft)
    assert fields["activity"] == ["t2", "t1", "t3"]
    press(client, draft, fields, "remove-t1")
    press(client, draft, form_of(client, draft), "accept-anyway")
    texts = [activity.text for activity in Plan.objects.get().activities.all()]
    assert texts == ["Publicar um guia de boas práticas.", "Acrescentada à mão"]


def test_long_list_is_reviewed_in_pages_and_nothing_is_lost() -> None:
    by = coordinator()
    client, draft = signed_in(by), brought_in(by)
    draft.reading["activities"] = [
        {"number": str(n), "text": f"Atividade número {n}", "lines": []} for n in range(1, 301)
    ]
    draft.save()
    first = form_of(client, draft)
    assert first["activity"] == [f"t{n}" for n in range(1, 26)]
    second = client.post(page_url(draft), {**first, "t1-text": "Mudada", "go": "activity-12"})
    assert second["Location"] == f"{page_url(draft)}?activity=12#list-activity"
    last = client.get(second["Location"]).content.decode()
    fields = {**Form(last).values, "t300-text": "A última"}
    client.post(second["Location"].split("#")[0], {**fields, "do": "accept-anyway"})
    texts = list(Plan.objects.get().activities.values_list("text", flat=True))
    assert (len(texts), texts[0], texts[1], texts[-1]) == (
        300,
        "Mudada",
        "Atividade número 2",
        "A última",
    )


def test_review_page_costs_a_constant_number_of_queries(django_assert_max_num_queries) -> None:
    by = coordinator()
    client, counts = signed_in(by), []
    for n in (1, 3):
        draft = brought_in(by, text=f"Plano {n}\n")
        draft.reading["activities"] = [
            {"number": str(m), "text": f"Atividade {m}", "lines": []} for m in range(n)
        ]
        draft.save()
        with django_assert_max_num_queries(9) as captured:
            client.get(page_url(draft))
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_real_plan_is_accepted_whole(language: str) -> None:
    """The document of 2018, as its unit wrote it, by the secretariat."""
    hold(REAL)
    by = secretariat()
    name = {"pt": "Vice-Presidência de Inovação e Governança", "es": "…", "en": "…"}
    MandateFactory(
        unit=UnitFactory(name=name),
        term=TermFactory(code="2018", starts_on="2018-01-01", ends_on="2018-12-31"),
        organisation=OrganisationFactory(name="Santana de Parnaíba"),
    )
    draft = brought_in(by, REAL.read_text(encoding="utf-8"), REAL.name)
    url = f"/{language}/plans/import/{draft.key}/"
    client = signed_in(by)
    fields = Form(client.get(url).content.decode()).values
    assert client.post(url, {**fields, "do": "accept"}).status_code == 302
    plan = Plan.objects.get()
    kinds = list(plan.axes.values_list("kind", flat=True))
    assert (kinds.count("action"), kinds.count("work"), plan.activities.count()) == (7, 3, 5)
    assert plan.presented_by.name == "Santana de Parnaíba"
    days = [(e.starts_on.isoformat(), e.ends_on.isoformat(), e.country, e.role)
            for e in Event.objects.order_by("starts_on")]  # fmt: skip
    assert days == [
        ("2018-04-16", "2018-04-16", "BR", "organises"),
        ("2018-04-24", "2018-04-24", "BR", "organises"),
        ("2018-04-30", "2018-04-30", "US", "takes_part"),
        ("2018-05-03", "2018-05-03", "BR", "organises"),
        ("2018-06-13", "2018-06-16", "BR", "organises"),
        ("2018-07-25", "2018-07-25", "ZA", "takes_part"),
    ]
    words = " ".join([plan.introduction, *plan.activities.values_list("text", flat=True)])
    assert "[EMAIL]" not in words


def test_review_says_when_the_document_names_a_unit_one_does_not_lead() -> None:
    by = coordinator()
    options = options_for(by)
    own = options.units[0].name["pt"]
    assert named_elsewhere({"unit": own}, options) == set()
    named = {"unit": "Comissão de Pontes e Balsas", "presented_by": "Xangri-lá"}
    assert named_elsewhere(named, options) == {"unit", "presented_by"}
    assert named_elsewhere({}, options) == set()
