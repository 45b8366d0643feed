"""Terms that end and begin, for tests."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from mutirao.continuity.models import Nudge
from tests.factories import OrganisationFactory, TermFactory, UnitFactory, secretariat


class NudgeFactory(DjangoModelFactory):
    class Meta:
        model = Nudge

    unit = factory.SubFactory(UnitFactory)
    term = factory.SubFactory(TermFactory)
    to = factory.SubFactory(OrganisationFactory)
    text = "Como está o trabalho?"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if "person" not in kwargs:
            by = secretariat()
            kwargs |= {"person": by.person, "organisation": by.organisation}
        return super()._create(model_class, *args, **kwargs)
