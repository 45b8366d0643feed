"""Factories of the objects every app's tests need. Each app adds its own beside its tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from django.utils import timezone
from factory.django import DjangoModelFactory

from mutirao.accounts.models import User
from mutirao.network.acting import Actor, actor_for
from mutirao.network.models import Mandate, Member, Membership, Organisation, Term, Unit
from mutirao.network.states import GUARDED_ROLES, Kind, Office, Role, UnitKind

TOTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"officer{n}@city.example")
    name = factory.Sequence(lambda n: f"Officer {n}")
    password = factory.django.Password("correct horse battery")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = Kind.CITY
    name = factory.Sequence(lambda n: f"City {n}")
    slug = factory.Sequence(lambda n: f"city-{n}")
    country = "BR"
    population = 120_000
    latitude = -23.4
    longitude = -46.9
    languages = ["pt"]
    about = {"pt": "Uma cidade.", "es": "Una ciudad.", "en": "A city."}


class SecretariatFactory(OrganisationFactory):
    kind = Kind.NETWORK
    name = "Technical secretariat"
    slug = factory.Sequence(lambda n: f"secretariat-{n}")


class MemberFactory(DjangoModelFactory):
    class Meta:
        model = Member

    organisation = factory.SubFactory(OrganisationFactory)
    starts_on = date(2000, 1, 1)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    kind = UnitKind.THEMATIC_UNIT
    name = factory.Sequence(
        lambda n: {"pt": f"Unidade {n}", "es": f"Unidad {n}", "en": f"Unit {n}"}
    )
    slug = factory.Sequence(lambda n: f"unit-{n}")


class TermFactory(DjangoModelFactory):
    """The term that covers today (one only: terms do not overlap)."""

    class Meta:
        model = Term
        django_get_or_create = ("code",)

    code = factory.LazyFunction(lambda: str(timezone.localdate().year))
    starts_on = factory.LazyFunction(lambda: timezone.localdate().replace(month=1, day=1))
    ends_on = factory.LazyFunction(lambda: timezone.localdate().replace(month=12, day=31))


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    organisation = factory.SubFactory(OrganisationFactory)
    unit = factory.SubFactory(UnitFactory)
    term = factory.SubFactory(TermFactory)
    office = Office.COORDINATOR
    starts_on = factory.SelfAttribute("term.starts_on")


def give_second_factor(person: User) -> Authenticator:
    """Codes of an app, as one sets them up; the secret is the one of RFC 6238's test vectors."""
    made, _new = Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": TOTP_SECRET}}
    )
    return made


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership
        skip_postgeneration_save = True

    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.FOCAL_POINT
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=100))

    @factory.post_generation
    def second_factor(self: Membership, create: bool, wanted: bool | None, **kwargs: Any) -> None:
        """Roles that need one have one, unless asked otherwise: `second_factor=False`."""
        if create and wanted is not False and self.role in GUARDED_ROLES:
            give_second_factor(self.person)


def actor(organisation: Organisation | None = None, role: str = Role.FOCAL_POINT) -> Actor:
    """A person acting for `organisation` (a new city by default) in `role`."""
    membership = MembershipFactory(organisation=organisation or OrganisationFactory(), role=role)
    return actor_for(membership.person, membership.organisation_id)


def secretariat() -> Actor:
    """A person of the technical secretariat."""
    return actor(SecretariatFactory(), Role.SECRETARIAT)


def coordinator(mandate: Mandate | None = None) -> Actor:
    """A person acting for the city that coordinates a unit in the current term."""
    mandate = mandate or MandateFactory()
    return actor(mandate.organisation, Role.COORDINATOR)
