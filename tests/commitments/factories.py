"""Factories of commitments and what belongs to them."""

from __future__ import annotations

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mutirao.commitments.models import Commitment, Evidence, Step
from mutirao.core.states import Visibility
from tests.factories import OrganisationFactory, UserFactory


class CommitmentFactory(DjangoModelFactory):
    """A public, planned commitment of a new city, due in thirty days."""

    class Meta:
        model = Commitment

    title = factory.Sequence(lambda n: f"Commitment {n}")
    owner = factory.SubFactory(OrganisationFactory)
    visibility = Visibility.PUBLIC
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    commitment = factory.SubFactory(CommitmentFactory)
    text = factory.Sequence(lambda n: f"Step {n}")
    position = factory.Sequence(lambda n: n)


class EvidenceFactory(DjangoModelFactory):
    """A link."""

    class Meta:
        model = Evidence

    commitment = factory.SubFactory(CommitmentFactory)
    title = factory.Sequence(lambda n: f"Evidence {n}")
    url = "https://city.example/minutes"
    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
