"""What the network looked like on a day of the past."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from mutirao.core.former import as_of, former
from mutirao.network.models import Organisation
from mutirao.topics.models import Goal
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
THEN, LATER, NOW = date(2024, 3, 1), date(2024, 5, 1), date(2024, 8, 1)


def _dated(record: Organisation, *days: date) -> None:
    """Say on which days (at noon) its events happened: the database's clock cannot be moved."""
    ids = Organisation.pgh_event_model.objects.filter(pgh_obj_id=record.pk).order_by("pgh_id")  # type: ignore[attr-defined]
    for pk, day in zip(ids.values_list("pgh_id", flat=True), days, strict=True):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE network_organisationevent SET pgh_created_at = %s WHERE pgh_id = %s",
                [f"{day}T12:00:00Z", pk],
            )


@pytest.fixture
def renamed() -> Organisation:
    city = OrganisationFactory(name="Villa Vieja")
    city.name = "Villa Nueva"
    city.save()
    _dated(city, THEN, LATER)
    return city


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2024, 2, 28), None), (THEN, "Villa Vieja"), (date(2024, 4, 30), "Villa Vieja"),
     (LATER, "Villa Nueva"), (NOW, "Villa Nueva")],
)  # fmt: skip
def test_former_is_the_record_as_it_was(renamed, day, name) -> None:
    found = former(renamed, day)
    assert (found and found.name) == name
    names = [row.name for row in as_of(Organisation, day).filter(slug=renamed.slug)]
    assert names == ([name] if name else [])


def test_former_instance_is_whole(renamed) -> None:
    found = former(renamed, THEN)
    assert (found.pk, found.slug, found.get_absolute_url()) == (
        renamed.pk,
        renamed.slug,
        renamed.get_absolute_url(),
    )


def test_as_of_leaves_out_what_was_deleted(renamed) -> None:
    pk = renamed.pk
    renamed.delete()
    renamed.pk = pk
    _dated(renamed, THEN, LATER, NOW)
    assert former(renamed, NOW) is None
    assert [row.name for row in as_of(Organisation, LATER)] == ["Villa Nueva"]
    assert not as_of(Organisation, NOW).exists()


def test_day_ends_at_midnight_of_the_network(renamed, settings) -> None:
    settings.TIME_ZONE = "America/Sao_Paulo"  # three hours behind the moment's own zone
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_organisationevent SET pgh_created_at = '2024-05-02T02:30:00Z'"
            " WHERE name = 'Villa Nueva'"
        )
    assert former(renamed, LATER).name == "Villa Nueva"


def test_as_of_costs_one_query(renamed, django_assert_num_queries) -> None:
    OrganisationFactory.create_batch(3)
    with django_assert_num_queries(1):
        list(as_of(Organisation, date(2030, 1, 1)))


def test_model_without_history_is_refused() -> None:
    with pytest.raises(TypeError):
        former(Goal(number=1), NOW)
