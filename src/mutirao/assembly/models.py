"""Assemblies: who stands for which office, and how the members decided."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import LanguageChoices
from mutirao.core.models import Versioned
from mutirao.core.states import label_of
from mutirao.network.states import SINGLE_OFFICES, Office

from .states import HELD_HERE, WRITTEN, Candidate, How, Shown, State, Way

CODE_LENGTH = 16


@pghistory.track()
class Assembly(Versioned):
    """A meeting of the members that elects who holds the offices of a term.

    Candidacies come in from `candidacies_from` to `candidacies_until` (days, both included). A
    vote held here goes from `opens_at` to `closes_at`; `quorum` is the per cent of the members
    entitled to vote that must take part.
    """

    title = models.CharField(_("title"), max_length=160)
    term = models.ForeignKey(
        "network.Term",
        on_delete=models.PROTECT,
        related_name="assemblies",
        verbose_name=_("term to be elected"),
    )
    held_on = models.DateField(_("day of the assembly"))
    place = models.CharField(_("place"), max_length=160, blank=True)
    event = models.ForeignKey(
        "meetings.Event",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("on the calendar"),
    )
    candidacies_from = models.DateField(_("candidacies from"))
    candidacies_until = models.DateField(_("candidacies until"))
    shown = models.CharField(
        _("members see the candidacies"),
        max_length=8,
        choices=Shown.choices,
        default=Shown.AT_ONCE,
    )
    note = models.TextField(_("rules"), blank=True, max_length=8000)
    language = models.CharField(_("language"), max_length=2, choices=LanguageChoices, default="pt")
    way = models.CharField(
        _("how the vote is held"), max_length=8, choices=Way.choices, default=Way.RECORDED
    )
    opens_at = models.DateTimeField(_("the vote opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("the vote closes"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="America/Montevideo")
    quorum = models.PositiveSmallIntegerField(_("quorum in %"), default=0)
    minutes = models.FileField(_("minutes"), blank=True, upload_to="assemblies/%Y", max_length=200)
    minutes_name = models.CharField(max_length=160, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PREPARING, db_index=True
    )
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="assembly_state_known"
            ),
            models.CheckConstraint(
                condition=Q(candidacies_until__gte=F("candidacies_from")),
                name="assembly_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=F("opens_at")),
                name="assembly_vote_in_order",
            ),
            models.CheckConstraint(
                condition=Q(way=Way.RECORDED) | Q(opens_at__isnull=False),
                name="assembly_vote_here_has_hours",
            ),
            models.CheckConstraint(condition=Q(quorum__lte=100), name="assembly_quorum_100"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("assembly:assembly", self.pk)

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(State, self.state)

    @property
    def is_held_here(self) -> bool:
        return self.way in HELD_HERE

    @property
    def is_secret(self) -> bool:
        return self.way == Way.SECRET

    def takes_candidacies(self, today: date | None = None) -> bool:
        today = today or timezone.localdate()
        within = self.candidacies_from <= today <= self.candidacies_until
        return self.state == State.ANNOUNCED and within

    def shows_candidacies(self, today: date | None = None) -> bool:
        """Whether members see what was submitted."""
        over = (today or timezone.localdate()) > self.candidacies_until
        return self.shown == Shown.AT_ONCE or over or self.state == State.CONCLUDED

    def is_voting(self, now: datetime | None = None) -> bool:
        now = now or timezone.now()
        if not self.is_held_here or self.opens_at is None or self.closes_at is None:
            return False
        return self.state == State.ANNOUNCED and self.opens_at <= now < self.closes_at

    def vote_has_begun(self, now: datetime | None = None) -> bool:
        began = self.opens_at is not None and self.opens_at <= (now or timezone.now())
        return self.is_held_here and self.state != State.PREPARING and began

    def vote_is_over(self, now: datetime | None = None) -> bool:
        over = self.closes_at is not None and self.closes_at <= (now or timezone.now())
        return self.is_held_here and over

    @property
    def opens_there(self) -> datetime | None:
        return self.opens_at and self.opens_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def closes_there(self) -> datetime | None:
        return self.closes_at and self.closes_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def roll_day(self) -> date:
        """The day on which an organisation must be a member to vote."""
        opens = self.opens_there
        return opens.date() if self.is_held_here and opens else self.held_on


@pghistory.track()
class Election(models.Model):
    """One office of one unit to be filled at an assembly. `seats` are the holders it takes.

    Decided: `how`, `entitled` members and `turnout`; `blank` votes and `abstentions`; `reason`
    for what votes did not decide (a tie, no quorum).
    """

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="elections")
    unit = models.ForeignKey("network.Unit", on_delete=models.PROTECT, related_name="elections")
    office = models.CharField(_("office"), max_length=24, choices=Office.choices)
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    how = models.CharField(_("decided"), max_length=12, choices=How.choices, blank=True)
    blank = models.PositiveIntegerField(_("blank votes"), default=0)
    abstentions = models.PositiveIntegerField(_("abstentions"), default=0)
    entitled = models.PositiveIntegerField(null=True, blank=True)
    turnout = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=4000)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "unit", "office"], name="election_once_per_office"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="election_has_a_seat"),
            models.CheckConstraint(
                condition=~Q(office__in=SINGLE_OFFICES) | Q(seats=1),
                name="election_single_office_one_seat",
            ),
            models.CheckConstraint(
                condition=Q(how="", decided_at__isnull=True)
                | (~Q(how="") & Q(decided_at__isnull=False)),
                name="election_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(how=How.DECISION) | ~Q(reason=""), name="election_decision_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}, {self.unit}"

    def get_absolute_url(self) -> str:
        return address("assembly:election", self.pk)

    def get_office_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Office, self.office)

    @property
    def is_decided(self) -> bool:
        return bool(self.how)


@pghistory.track()
class Candidacy(Versioned):
    """A city stands for an office, with a few words and its plan, in the language it writes."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="candidacies")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="candidacies"
    )
    statement = models.TextField(_("why this city"), max_length=2000)
    language = models.CharField(_("language"), max_length=2, choices=LanguageChoices, default="pt")
    plan = models.ForeignKey(
        "plans.Plan",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="candidacies",
        verbose_name=_("work plan it presents"),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=Candidate.choices, default=Candidate.DRAFT
    )
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("candidacy")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=Candidate.values), name="candidacy_state_known"
            ),
            models.UniqueConstraint(
                fields=["election", "organisation"], name="candidacy_once_per_organisation"
            ),
            models.CheckConstraint(
                condition=~Q(state=Candidate.REFUSED) | ~Q(reason=""),
                name="candidacy_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.display}: {self.election}"

    def get_absolute_url(self) -> str:
        return address("assembly:candidacy", self.pk)

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return label_of(Candidate, self.state)

    @property
    def is_written(self) -> bool:
        return self.state in WRITTEN


class Turnout(models.Model):
    """A member has voted: who cast its vote, and in which hour. Never what (ADR 0011).

    No history is kept of it: an exact time would help whoever watches the ballots.
    """

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="turnouts")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hour = models.DateTimeField(_("hour"))

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "organisation"], name="turnout_one_vote_per_member"
            )
        ]


@pghistory.track()
class OpenVote(models.Model):
    """What a member votes in an open ballot; without a candidacy it is blank."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="open_votes")
    organisation = models.ForeignKey(
        "network.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    candidacy = models.ForeignKey(
        Candidacy, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "organisation"], name="open_vote_one_per_member"
            )
        ]


class Ballot(models.Model):
    """One ballot of a secret vote: a random code and a choice; no voter, no time, no order.

    Deliberately without history, without a sequence, and written anew with all the others at
    each vote (`actions.voting`): see ADR 0011.
    """

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="ballots")
    candidacy = models.ForeignKey(
        Candidacy, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["code"]
