"""Every kind of record says what it is, who sees it, and what it belongs to."""

from __future__ import annotations

import pytest

from mutirao.commitments.models import Commitment
from mutirao.core.records import KINDS, around, kind_of, sees
from mutirao.core.states import Visibility
from mutirao.network.acting import NOBODY
from mutirao.network.models import Organisation, Unit
from tests.commitments.factories import CommitmentFactory
from tests.factories import UnitFactory, UserFactory, actor

pytestmark = pytest.mark.django_db


def test_every_kind_has_an_address_and_a_word() -> None:
    for model, kind in KINDS.items():
        assert hasattr(model, "get_absolute_url"), model
        assert str(kind.label)
        assert kind.visible_to(NOBODY).model is model


def test_sees_asks_the_app_of_the_record() -> None:
    draft = CommitmentFactory(visibility=Visibility.DRAFT)
    assert not sees(actor(), draft)
    assert sees(actor(draft.owner), draft)


def test_sees_nothing_of_a_kind_nobody_declared() -> None:
    person = UserFactory()
    assert kind_of(person) is None
    assert not sees(actor(), person)
    assert list(around(person)) == []


def test_commitment_stands_around_its_owner_and_unit() -> None:
    commitment = CommitmentFactory(unit=UnitFactory())
    assert list(around(commitment)) == [commitment.owner, commitment.unit]
    assert {Commitment, Organisation, Unit} <= set(KINDS)
