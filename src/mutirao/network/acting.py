"""Who acts: a person, for an organisation, in a role, with its mandates on that day.

Every query and rule of the house takes an `Actor`; nobody asks the request.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from mutirao.accounts.queries import has_second_factor

from .states import (
    DECIDING_ROLES,
    GUARDED_ROLES,
    LEADING_OFFICES,
    WRITING_ROLES,
    Kind,
    Role,
    UnitKind,
)

if TYPE_CHECKING:
    from mutirao.accounts.models import User

    from .models import Mandate, Membership, Organisation


@dataclass(eq=False)
class Actor:
    """A person acting for an organisation; nobody at all for a visitor.

    `memberships` are those live today; `membership` the one acted for.
    """

    person: User | None = None
    membership: Membership | None = None
    memberships: list[Membership] = field(default_factory=list)

    @property
    def is_authenticated(self) -> bool:
        return self.person is not None

    @property
    def organisation(self) -> Organisation | None:
        return self.membership.organisation if self.membership else None

    @property
    def organisation_id(self) -> int | None:
        return self.membership.organisation_id if self.membership else None

    @property
    def role(self) -> str:
        return self.membership.role if self.membership else ""

    @property
    def is_member(self) -> bool:
        """Signed in and acting for somebody: sees what members see."""
        return self.membership is not None

    @property
    def may_write(self) -> bool:
        return self.role in WRITING_ROLES

    @property
    def may_decide(self) -> bool:
        return self.role in DECIDING_ROLES

    @property
    def is_secretariat(self) -> bool:
        organisation = self.organisation
        return (
            organisation is not None
            and organisation.kind == Kind.NETWORK
            and self.role == Role.SECRETARIAT
        )

    @property
    def needs_second_factor(self) -> bool:
        """One of the person's roles, acted in now or not, asks for a second factor."""
        return settings.SECOND_FACTOR_REQUIRED and any(
            membership.role in GUARDED_ROLES for membership in self.memberships
        )

    @property
    def lacks_second_factor(self) -> bool:
        """The role acted in asks for a second factor and the person has none (no query).

        The sample accounts of a demonstration, entered by one click, need none.
        """
        if self.role not in GUARDED_ROLES or not settings.SECOND_FACTOR_REQUIRED:
            return False
        if settings.DEMO and self.person is not None and self.person.is_sample:
            return False
        return not self.membership.second_factor  # type: ignore[union-attr]  # see actor_for

    @cached_property
    def _held(self) -> list[Mandate]:
        """Mandates that hold today, and those held to the end of a term still to be accounted for.

        One query, once a request.
        """
        if self.organisation_id is None:
            return []
        from .models import Mandate

        today = timezone.localdate()
        holds = Q(term__ends_on__gte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
        to_close = Q(term__ends_on__lt=today, term__closes_on__gte=today) & (
            Q(ends_on__isnull=True) | Q(ends_on__gte=F("term__ends_on"))
        )
        return list(
            Mandate.objects.filter(
                holds | to_close, organisation_id=self.organisation_id, starts_on__lte=today
            ).select_related("unit", "term")
        )

    @cached_property
    def mandates(self) -> list[Mandate]:
        """The mandates its organisation holds today."""
        today = timezone.localdate()
        return [mandate for mandate in self._held if mandate.term.ends_on >= today]

    @cached_property
    def closing(self) -> list[Mandate]:
        """Mandates held until a term ended whose accounts are not closed yet (`closes_on`)."""
        today = timezone.localdate()
        return [mandate for mandate in self._held if mandate.term.ends_on < today]

    def leads(self, unit_id: int, term_id: int) -> bool:
        """Its organisation answers for that unit in that term, and the person may write."""
        return self.may_write and any(
            mandate.unit_id == unit_id
            and mandate.term_id == term_id
            and mandate.office in LEADING_OFFICES
            for mandate in self.mandates
        )

    def closes(self, unit_id: int, term_id: int) -> bool:
        """Its organisation led that unit to the end of that term, whose accounts are open still.

        What was promised may be worked on and reported, and the plan closed; nothing more.
        """
        return self.may_write and any(
            mandate.unit_id == unit_id
            and mandate.term_id == term_id
            and mandate.office in LEADING_OFFICES
            for mandate in self.closing
        )

    def serves(self, unit_id: int, term_id: int) -> bool:
        """Its organisation holds any office of that unit in that term, and the person may write."""
        return self.may_write and any(
            mandate.unit_id == unit_id and mandate.term_id == term_id for mandate in self.mandates
        )

    @property
    def sits_on_the_board(self) -> bool:
        return any(mandate.unit.kind == UnitKind.BOARD for mandate in self.mandates)


NOBODY = Actor()


def actor_for(person: User, organisation_id: int | None = None) -> Actor:
    """The actor of a signed-in person, for the organisation asked for if the membership is live.

    One query. Otherwise the first live membership is taken; without any, nobody is acted for.
    """
    from .models import Membership

    today = timezone.localdate()
    live: list[Membership] = list(
        Membership.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today),
            person=person,
            starts_on__lte=today,
        )
        .select_related("organisation")
        .annotate(second_factor=has_second_factor("person"))
    )
    chosen = next((item for item in live if item.organisation_id == organisation_id), None)
    return Actor(person, chosen or (live[0] if live else None), live)
