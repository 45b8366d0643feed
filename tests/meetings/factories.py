"""Factories of what is on the calendar."""

from __future__ import annotations

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mutirao.core.states import Visibility
from mutirao.meetings.models import CalendarAddress, Event
from mutirao.meetings.states import NetworkRole
from tests.factories import OrganisationFactory, UnitFactory, UserFactory


class EventFactory(DjangoModelFactory):
    """A public whole-day event ten days from today."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Encontro {n}")
    description = "Um dia de trabalho entre cidades."
    language = "pt"
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    ends_on = factory.SelfAttribute("starts_on")
    time_zone = "America/Sao_Paulo"
    place = "Curitiba"
    country = "BR"
    latitude = -25.43
    longitude = -49.27
    role = NetworkRole.ORGANISES
    visibility = Visibility.PUBLIC
    unit = factory.SubFactory(UnitFactory)
    organisation = factory.SubFactory(OrganisationFactory)

    @factory.post_generation
    def themes(self, create, extracted, **kwargs):
        if create and extracted:
            self.themes.set(extracted)

    @factory.post_generation
    def targets(self, create, extracted, **kwargs):
        if create and extracted:
            self.targets.set(extracted)


class MonthOnlyFactory(EventFactory):
    """An event of next month whose day is not known."""

    starts_on = None
    ends_on = None
    date_confirmed = False
    month = factory.LazyFunction(
        lambda: (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
    )


class CalendarAddressFactory(DjangoModelFactory):
    class Meta:
        model = CalendarAddress

    person = factory.SubFactory(UserFactory)
