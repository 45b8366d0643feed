"""What is seen of the network. Organisations, units, terms and mandates are public; who acts
for whom is shown by role only, and accounts never are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import RawSQL
from django.utils import timezone

from mutirao.accounts.models import User
from mutirao.core.countries import country_name
from mutirao.core.sql import array_of

from .acting import Actor
from .models import (
    Act,
    AgencyCity,
    ContactMessage,
    Invitation,
    Mandate,
    Member,
    Membership,
    MembershipRequest,
    Organisation,
    Suspension,
    Term,
    Unit,
)
from .states import (
    DECIDING_ROLES,
    LEADING_OFFICES,
    InvitationState,
    Kind,
    MessageState,
    Office,
    RequestState,
    Role,
    UnitKind,
)
from .text import Folded, fold


def visible_to(actor: Actor) -> QuerySet[Organisation]:
    """Organisations the actor may see: all, for the directory is the network's public face."""
    return organisations()


def organisations() -> QuerySet[Organisation]:
    """Every organisation, members or not, in the order of the alphabet without accents.

    Duplicates that were merged into another are no longer among them.
    """
    return Organisation.objects.filter(merged_into=None).order_by(Folded("name"), "pk")


def survivor(pk: int) -> Organisation | None:
    """The organisation that a merged duplicate turned out to be, if `pk` is one."""
    found = Organisation.objects.filter(pk=pk).select_related("merged_into").first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    return None if found is None or found.pk == pk else found


def live_on(day: date) -> Q:
    """Rows with starts_on/ends_on (both included) that hold on `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def members_on(day: date, *, voting: bool = False) -> QuerySet[Organisation]:
    """Organisations that are members of the network on `day`.

    `voting`: only those whose rights do not rest on that day (see `Suspension`).
    """
    admitted = Member.objects.filter(live_on(day), organisation=OuterRef("pk"))
    found = organisations().filter(Exists(admitted))
    return found.exclude(Exists(suspensions_on(day, OuterRef("pk")))) if voting else found


def suspensions_on(day: date, organisation: Any) -> QuerySet[Suspension]:
    """The suspension of an organisation (or its key) that holds on `day`, if there is one."""
    return Suspension.objects.filter(live_on(day), member__organisation=organisation)


def is_suspended(organisation: Organisation, day: date | None = None) -> bool:
    return suspensions_on(day or timezone.localdate(), organisation).exists()


def suspension_of(organisation: Organisation) -> Suspension | None:
    """The suspension that holds today, of an organisation fetched with its admissions."""
    today = timezone.localdate()
    for member in organisation.admissions.all():
        for held in member.suspensions.all():
            if held.starts_on <= today and (held.ends_on is None or held.ends_on >= today):
                return held
    return None


def members_listed(day: date) -> QuerySet[Any]:
    """Members on `day`, each with `member_since` and `suspended_since` (a date or None)."""
    admitted = Member.objects.filter(live_on(day), organisation=OuterRef("pk"))
    resting = suspensions_on(day, OuterRef("pk"))
    return members_on(day).annotate(
        member_since=Subquery(admitted.values("starts_on")[:1]),
        suspended_since=Subquery(resting.values("starts_on")[:1]),
    )


def with_acts() -> QuerySet[Member]:
    """Admissions, the latest first, with their suspensions and the documents behind both."""
    return (
        Member.objects.select_related("admitted_by", "left_by")
        .prefetch_related(
            Prefetch("suspensions", Suspension.objects.select_related("decided_by", "lifted_by"))
        )
        .order_by("-starts_on")
    )


def acts_visible_to(actor: Actor) -> QuerySet[Act]:
    """Documents behind admissions, suspensions and leavings: members read them."""
    return Act.objects.all() if actor.is_member else Act.objects.none()


# In plain SQL: as nested querysets counting took 4.3 ms, so 1.5; the rows 8.7, so 5.6 (ADR 0008).
_ADMITTED = """
SELECT organisation_id FROM network_member
WHERE starts_on <= %s AND (ends_on IS NULL OR ends_on >= %s)"""
_LISTED = f"""{_ADMITTED}
UNION
SELECT agency_id FROM network_agencycity WHERE city_id IN ({_ADMITTED})"""  # noqa: S608  nothing of a reader's is in it
_AGENCY_CITIES = rf"""
SELECT jsonb_build_object('id', city.id, 'slug', city.slug, 'name', city.name)
FROM network_agencycity AS link JOIN network_organisation AS city ON city.id = link.city_id
WHERE link.agency_id = network_organisation.id AND link.city_id IN ({_ADMITTED})
ORDER BY lower(regexp_replace(normalize(city.name, NFKD), '[\u0300-\u036f]', '', 'g'))"""  # noqa: S608


def directory(actor: Actor, day: date | None = None) -> QuerySet[Organisation]:
    """Members and the agencies of members, as the network stands on `day` (default: today).

    Each row carries `agency_cities`, a list of {id, slug, name} (empty for who is no agency), and
    `live_mandates`, with units. Two queries.
    """
    day = day or timezone.localdate()
    held = (
        mandates_on(day)
        .select_related(None)
        .select_related("unit")
        .only("organisation_id", "office", "unit__name", "unit__slug")
    )
    return (
        visible_to(actor)
        .filter(pk__in=RawSQL(_LISTED, [day] * 4))  # noqa: S611  only the day comes in
        .annotate(agency_cities=array_of(_AGENCY_CITIES, [day] * 2))
        .defer("about")
        .prefetch_related(Prefetch("mandates", held, to_attr="live_mandates"))
    )


def named_like(rows: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Those whose name or short name holds every word, whatever its accents and capitals."""
    rows = rows.alias(folded=Folded("name"), folded_short=Folded("short_name"))
    for word in fold(words).split():
        rows = rows.filter(Q(folded__contains=word) | Q(folded_short__contains=word))
    return rows


def holding_in(rows: QuerySet[Organisation], unit: Unit, day: date) -> QuerySet[Organisation]:
    """Those that hold any office of `unit` on `day`."""
    held = mandates_on(day).filter(unit=unit, organisation=OuterRef("pk"))
    return rows.filter(Exists(held.order_by()))


def sorted_by(
    rows: QuerySet[Organisation], key: str, countries: list[str]
) -> QuerySet[Organisation]:
    """By "population" (largest first), "country" (by its name in the reader's language) or name.

    `countries` are the codes that occur: PostgreSQL does not know what they are called.
    """
    if key == "population":
        return rows.order_by(F("population").desc(nulls_last=True), Folded("name"), "pk")
    if key == "country" and countries:
        return rows.order_by(_rank("country", by_name(countries)), Folded("name"), "pk")
    return rows.order_by(Folded("name"), "pk")


def by_name(countries: list[str]) -> list[str]:
    """Country codes in the order of their names in the reader's language."""
    return sorted(countries, key=lambda code: fold(country_name(code)))


def countries_present(actor: Actor) -> list[str]:
    """Codes of the countries of all organisations, in the order of their names."""
    codes = visible_to(actor).exclude(country="").order_by().values_list("country", flat=True)
    return by_name(list(codes.distinct()))


def _rank(field: str, values: list[str]) -> Func:
    """The place of a field's value in a list; what is not in it comes last."""
    listed = Value(values, output_field=ArrayField(CharField()))
    return Func(listed, F(field), function="array_position", output_field=IntegerField())


def organisation_page(actor: Actor) -> QuerySet[Organisation]:
    """Organisations with all that their own page shows, in a constant number of queries."""
    admitted = with_acts() if actor.is_member else Member.objects.order_by("-starts_on")
    return visible_to(actor).prefetch_related(
        Prefetch("mandates", mandates()),
        Prefetch("admissions", admitted),
        Prefetch("memberships", acting_now(), to_attr="acting_people"),
    )


def partners(organisation: Organisation) -> QuerySet[Organisation]:
    """The agencies of a city, the cities of an agency; nobody for other kinds."""
    if organisation.kind == Kind.CITY:
        return organisations().filter(city_links__city=organisation)
    if organisation.kind == Kind.AGENCY:
        return organisations().filter(agency_links__agency=organisation)
    return organisations().none()


def roles(organisation: Organisation) -> list[tuple[str, int]]:
    """(role, how many people) acting for an organisation of `organisation_page`, by weight.

    Who they are is not public.
    """
    counted = Counter(membership.role for membership in organisation.acting_people)  # type: ignore[attr-defined]
    return [(str(role.label), counted[role.value]) for role in Role if counted[role.value]]


def by_term(held: Iterable[Mandate]) -> list[tuple[Term, list[Mandate]]]:
    """Mandates under their terms, in the order they come."""
    groups: dict[Term, list[Mandate]] = {}
    for mandate in held:
        groups.setdefault(mandate.term, []).append(mandate)
    return list(groups.items())


def holds_on(mandate: Mandate, day: date) -> bool:
    """`mandates_on(day)` for a mandate already fetched with its term."""
    ends = min(mandate.ends_on or mandate.term.ends_on, mandate.term.ends_on)
    return mandate.starts_on <= day <= ends


def acting_now(day: date | None = None) -> QuerySet[Membership]:
    """Memberships that hold today, the weightier roles first; the person is not fetched."""
    return Membership.objects.filter(live_on(day or timezone.localdate())).order_by(
        "role", "starts_on", "pk"
    )


def units() -> QuerySet[Unit]:
    """Every unit: board, vice-presidencies, thematic units, commissions, each by its address.

    The order by name in a reader's language is made where they are shown: `in_readers_order`.
    """
    return Unit.objects.order_by(_rank("kind", UnitKind.values), "slug")


def units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """Units the actor may see: all are public."""
    return units()


def in_readers_order(rows: QuerySet[Unit]) -> list[Unit]:
    """Units by kind, then by name in the reader's language."""
    kinds = UnitKind.values
    return sorted(rows, key=lambda unit: (kinds.index(unit.kind), fold(str(unit))))


def units_with_holders(day: date | None = None) -> QuerySet[Unit]:
    """Units with `live_mandates` (organisations included) on `day`. Two queries."""
    holders = mandates_on(day or timezone.localdate())
    return units().prefetch_related(Prefetch("mandates", holders, to_attr="live_mandates"))


def unit_page() -> QuerySet[Unit]:
    """Units with all that their own page shows: parent, parts and every mandate."""
    return (
        units()
        .select_related("parent")
        .prefetch_related(Prefetch("mandates", mandates()), Prefetch("children", units()))
    )


def units_led_by(actor: Actor) -> QuerySet[Unit]:
    """Units the actor's organisation answers for today, if the person may write for it."""
    led = {m.unit_id for m in actor.mandates if m.office in LEADING_OFFICES}
    return units().filter(pk__in=led if actor.may_write else ())


def mandates() -> QuerySet[Mandate]:
    """Every mandate with unit, term and organisation: latest term first, then by office."""
    return Mandate.objects.select_related("unit", "term", "organisation").order_by(
        "-term__starts_on", _rank("office", Office.values), "starts_on", "organisation__name", "pk"
    )


def mandates_on(day: date) -> QuerySet[Mandate]:
    """Mandates that hold on `day`: begun, not ended, their term not over."""
    return mandates().filter(live_on(day), term__ends_on__gte=day)


def mandates_after(organisation: Organisation, day: date) -> QuerySet[Mandate]:
    """The mandates of an organisation that would still hold, or begin, after `day`."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return mandates().filter(later, organisation=organisation, term__ends_on__gt=day)


def mandates_in(term: Term) -> QuerySet[Mandate]:
    """A term's mandates, unit by unit."""
    return (
        mandates()
        .filter(term=term)
        .order_by(
            _rank("unit__kind", UnitKind.values),
            "unit__slug",
            _rank("office", Office.values),
            "starts_on",
            "pk",
        )
    )


def terms() -> QuerySet[Term]:
    """Every term, the latest first."""
    return Term.objects.order_by("-starts_on")


def terms_visible_to(actor: Actor) -> QuerySet[Term]:
    """Terms the actor may see: all are public."""
    return terms()


def terms_counted() -> QuerySet[Term]:
    """Terms with `offices` (mandates given) and `holders` (organisations that hold any)."""
    return terms().annotate(
        offices=Count("mandates"), holders=Count("mandates__organisation", distinct=True)
    )


def current_term(day: date | None = None) -> Term | None:
    """The term that covers `day` (default: today), if there is one."""
    day = day or timezone.localdate()
    return Term.objects.filter(starts_on__lte=day, ends_on__gte=day).first()


def agencies() -> QuerySet[Organisation]:
    return organisations().filter(kind=Kind.AGENCY)


def cities() -> QuerySet[Organisation]:
    return organisations().filter(kind=Kind.CITY)


def managed(day: date | None = None) -> QuerySet[Any]:
    """Every organisation with `member_since`, the day its present admission began, or None."""
    admitted = Member.objects.filter(
        live_on(day or timezone.localdate()), organisation=OuterRef("pk")
    )
    return organisations().annotate(member_since=Subquery(admitted.values("starts_on")[:1]))


def managed_organisation() -> QuerySet[Organisation]:
    """An organisation with its admissions, links, offices and the people behind it.

    For the secretariat only: persons and their addresses are in it.
    """
    people = Membership.objects.select_related("person").order_by("-starts_on", "pk")
    links = AgencyCity.objects.select_related("agency", "city")
    return organisations().prefetch_related(
        Prefetch("admissions", with_acts()),
        Prefetch("mandates", mandates()),
        Prefetch("memberships", people),
        Prefetch("city_links", links.order_by(Folded("city__name"))),
        Prefetch("agency_links", links.order_by(Folded("agency__name"))),
    )


@dataclass(frozen=True)
class Change:
    """Who saved the version of a record that stands, for whom, and when."""

    person: str
    organisation: str
    at: datetime


def latest_change(record: Any) -> Change | None:
    """Who made the version of `record` that stands; None for what was loaded without a person."""
    event = record.history.select_related("pgh_context").order_by("-pgh_id").first()
    context = event.pgh_context.metadata if event and event.pgh_context else {}
    person = User.objects.filter(pk=context.get("user") or 0).first()
    if event is None or person is None:
        return None
    organisation = Organisation.objects.filter(pk=context.get("organisation") or 0).first()
    return Change(person.name, organisation.display if organisation else "", event.pgh_created_at)


# Who acts for an organisation, was invited to, asks to: for those who decide there only.


def deciders(organisation: Organisation, day: date | None = None) -> QuerySet[Membership]:
    """Memberships on `day` in a role that binds the organisation."""
    live = live_on(day or timezone.localdate())
    return Membership.objects.filter(live, organisation=organisation, role__in=DECIDING_ROLES)


def secretariat_people() -> list[int]:
    """Ids of those who act for the technical secretariat today."""
    return list(
        Membership.objects.filter(
            live_on(timezone.localdate()),
            organisation__kind=Kind.NETWORK,
            role=Role.SECRETARIAT,
        ).values_list("person_id", flat=True)
    )


def whom_to_ask(organisation: Organisation) -> list[int]:
    """Ids of those who decide for it today; where nobody does, of the secretariat."""
    ids = deciders(organisation).values_list("person_id", flat=True)
    return list(ids.distinct()) or secretariat_people()


def team(organisation: Organisation) -> QuerySet[Membership]:
    """Everybody who acts, acted or will act for it, with the person; the latest first."""
    return (
        Membership.objects.filter(organisation=organisation)
        .select_related("person", "organisation")
        .order_by("-starts_on", "role", "pk")
    )


def invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Its invitations, the latest first, with who invited."""
    return Invitation.objects.filter(organisation=organisation).select_related("invited_by")


def unanswered(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations nobody answered or took back, expired ones too: they can be sent again."""
    return invitations(organisation).filter(state=InvitationState.OPEN)


def requests_to(actor: Actor) -> QuerySet[MembershipRequest]:
    """Open requests the actor may answer: of its organisation, if it decides for it; for the
    secretariat, all where nobody else does.
    """
    rows = (
        MembershipRequest.objects.filter(state=RequestState.OPEN)
        .select_related("person", "organisation")
        .order_by("created_at", "pk")
    )
    if actor.is_secretariat:
        others = Membership.objects.filter(
            live_on(timezone.localdate()),
            organisation=OuterRef("organisation"),
            role__in=DECIDING_ROLES,
        )
        return rows.filter(~Exists(others) | Q(organisation=actor.organisation))
    if actor.may_decide:
        return rows.filter(organisation=actor.organisation)
    return rows.none()


def owns_address(person: User, email: str) -> bool:
    """Whether the person has proven that this address is theirs."""
    return EmailAddress.objects.filter(
        user_id=person.pk, email__iexact=email, verified=True
    ).exists()


def is_in_use(person: User) -> bool:
    """Somebody signs in with this account: it is not merely one opened for them."""
    return person.has_usable_password() or person.last_login is not None


def address_is_in_use(email: str) -> bool:
    """Somebody signs in with an account that has this address, as its main one or another."""
    ids = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user_id")
    found = User.objects.filter(Q(email__iexact=email) | Q(pk__in=ids))
    return any(is_in_use(person) for person in found)


def leaders_of(unit: Unit, term: Term) -> list[int]:
    """Ids of those who decide for the organisations that lead the unit in that term, today."""
    return _deciding_for(Mandate.objects.filter(unit=unit, term=term, office__in=LEADING_OFFICES))


def unit_leaders(unit: Unit) -> list[int]:
    """Ids of those who decide for the organisations that lead the unit today."""
    return _deciding_for(Mandate.objects.filter(unit=unit, office__in=LEADING_OFFICES))


def board_people() -> list[int]:
    """Ids of those who decide for the organisations that sit on the executive board today."""
    return _deciding_for(Mandate.objects.filter(unit__kind=UnitKind.BOARD))


def _deciding_for(mandates: QuerySet[Mandate]) -> list[int]:
    today = timezone.localdate()
    holders = mandates.filter(live_on(today), term__ends_on__gte=today).values("organisation")
    rows = Membership.objects.filter(
        live_on(today), organisation__in=holders, role__in=DECIDING_ROLES
    )
    return list(rows.values_list("person_id", flat=True).distinct())


# What visitors wrote


def leading(unit: Unit) -> QuerySet[Organisation]:
    """The organisations that answer for a unit today."""
    held = mandates_on(timezone.localdate()).filter(unit=unit, office__in=LEADING_OFFICES)
    return organisations().filter(pk__in=held.order_by().values("organisation"))


def deciders_of(rows: Iterable[Organisation]) -> list[Membership]:
    """Memberships of today in a role that binds one of the organisations."""
    return list(
        Membership.objects.filter(
            live_on(timezone.localdate()),
            organisation__in=[row.pk for row in rows],
            role__in=DECIDING_ROLES,
        )
    )


def messages_to(actor: Actor) -> QuerySet[ContactMessage]:
    """Messages the actor reads: to the organisation it decides for; for the secretariat also
    those nobody decides for and those reported as abuse.
    """
    rows = ContactMessage.objects.select_related("organisation", "unit")
    if not actor.may_decide or actor.organisation_id is None:
        return rows.none()
    through = ContactMessage.recipients.through.objects.filter(contactmessage=OuterRef("pk"))
    seen = Q(Exists(through.filter(organisation=actor.organisation)))
    if actor.is_secretariat:
        seen |= ~Q(Exists(through)) | Q(state=MessageState.ABUSE)
    return rows.filter(seen)
