"""A reviewed reading becomes a plan, whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mutirao.core.states import Visibility
from mutirao.meetings.models import Event
from mutirao.network.states import Role
from mutirao.plans.actions import create_from_reading
from mutirao.plans.models import Activity, Axis, Plan
from tests.factories import MandateFactory, actor, coordinator, secretariat

pytestmark = pytest.mark.django_db

CONTENT = {
    "language": "pt",
    "title": "Plano de trabalho 2018",
    "introduction": "As cidades se aproximam.",
    "axes": [
        {"kind": "action", "number": "I", "text": "Ampliar os protocolos."},
        {"kind": "work", "number": "I", "text": "Negócios sustentáveis."},
    ],
    "activities": [
        {"number": "I", "text": "Incentivar acordos.", "title": "Acordos", "axes": [0, 1]},
        {"number": "II", "text": "Uma plataforma.", "title": None, "axes": []},
    ],
    "events": [
        {
            "title": "Encontro",
            "start": "2018-06-13",
            "end": "2018-06-16",
            "month": None,
            "date_confirmed": True,
            "place": "Barueri",
            "country": "BR",
            "description": "Agências se encontram.",
            "role": "organises",
        },
        {
            "title": "Seminário",
            "start": None,
            "end": None,
            "month": "2018-08",
            "date_confirmed": False,
            "place": None,
            "country": None,
            "description": None,
            "role": None,
        },
    ],
}


def bring_in(by, mandate, **changes):
    return create_from_reading(
        unit=mandate.unit,
        term=mandate.term,
        presented_by=mandate.organisation,
        content={**CONTENT, **changes},
        document=None,
        by=by,
    )


def test_a_reading_becomes_a_draft_with_all_its_parts():
    mandate = MandateFactory()
    plan = bring_in(coordinator(mandate), mandate)
    assert (plan.state, plan.title, plan.language) == ("draft", "Plano de trabalho 2018", "pt")
    assert [(a.kind, a.number, a.text) for a in plan.axes.all()] == [
        ("action", "I", "Ampliar os protocolos."),
        ("work", "I", "Negócios sustentáveis."),
    ]
    first, second = plan.activities.all()
    assert (first.title, first.text) == ("Acordos", "Incentivar acordos.")
    assert [a.kind for a in first.axes.all()] == ["action", "work"]
    assert list(second.axes.all()) == []
    with_day, with_month = plan.events.order_by("pk")
    assert (with_day.starts_on, with_day.ends_on) == (date(2018, 6, 13), date(2018, 6, 16))
    assert (with_day.place, with_day.country, with_day.role) == ("Barueri", "BR", "organises")
    assert (with_month.starts_on, with_month.month) == (None, date(2018, 8, 1))
    assert {with_day.visibility, with_month.visibility} == {Visibility.DRAFT}
    assert (with_day.unit, with_day.source) == (mandate.unit, plan)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"axes": [{"kind": "action", "number": "I", "text": ""}]},
        {"axes": [{"kind": "invented", "number": "I", "text": "x"}], "activities": []},
        {"activities": [{"number": "I", "text": "x", "axes": [7]}]},
        {"activities": [{"number": "I", "text": "x", "axes": [-1]}]},
        {"events": [{"title": "x", "start": "2018-02-31"}]},
        {"events": [{"title": "x", "start": "2018-03-02", "end": "2018-03-01"}]},
        {"events": [{"title": "", "start": "2018-03-02"}]},
    ],
)
def test_a_part_that_is_wrong_saves_nothing(changes):
    mandate = MandateFactory()
    with pytest.raises(ValidationError):
        bring_in(coordinator(mandate), mandate, **changes)
    assert not Plan.objects.exists()
    assert not Axis.objects.exists()
    assert not Activity.objects.exists()
    assert not Event.objects.exists()


def test_an_error_says_which_part_it_is_about():
    mandate = MandateFactory()
    with pytest.raises(ValidationError, match=r"2: "):
        bring_in(
            coordinator(mandate),
            mandate,
            axes=[],
            activities=[{"text": "well", "axes": []}, {"text": "", "axes": []}],
        )


def test_the_secretariat_brings_in_a_plan_of_any_unit():
    mandate = MandateFactory()
    assert bring_in(secretariat(), mandate).presented_by == mandate.organisation


def test_a_stranger_brings_in_nothing():
    mandate = MandateFactory()
    for stranger in (
        actor(),
        actor(mandate.organisation, Role.OBSERVER),
        coordinator(MandateFactory()),
    ):
        with pytest.raises(PermissionDenied):
            bring_in(stranger, mandate)
    assert not Plan.objects.exists()
