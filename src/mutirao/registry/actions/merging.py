"""Two records that are one organisation become one, and every pointer is carried over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import rules
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mutirao.core.models import NotAllowed
from mutirao.network.acting import Actor
from mutirao.network.actions.common import overlapping, period
from mutirao.network.models import AgencyCity, Mandate, Member, Membership, Organisation
from mutirao.network.states import Kind

from ..links import Pointer, pointers_to
from ..models import Apart, Merge
from ..states import MERGE_FIELDS

# What tells two rows apart without saying anything.
_SILENT = ("id", "key", "version", "created_at", "updated_at")


@transaction.atomic
def merge(
    *,
    by: Actor,
    survivor: Organisation,
    duplicate: Organisation,
    taken: Mapping[str, str] | None = None,
) -> Merge:
    """Make one organisation of two: `survivor` stays, all that pointed at `duplicate` follows.

    `taken` says of a field of `MERGE_FIELDS` that its value is the "duplicate"'s; "admission" says
    whose admission stays where both are members at the same time. Raises NotAllowed, in words, for
    what cannot be joined; then nothing has changed. Merging cannot be undone.
    """
    if not rules.test_rule("registry.merge", by) or by.person is None:
        raise PermissionDenied
    taken = dict(taken or {})
    survivor, duplicate = _locked(survivor, duplicate)
    moved: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    with transaction.atomic():
        Apart.objects.filter(
            first__in=(survivor, duplicate), second__in=(survivor, duplicate)
        ).delete()
        _join_admissions(survivor, duplicate, taken.get("admission", ""), dropped)
        _join_mandates(survivor, duplicate, dropped)
        _join_memberships(survivor, duplicate, dropped)
        _join_links(survivor, duplicate, dropped)
        _carry_over(Organisation, duplicate.pk, survivor.pk, moved, dropped)
        chosen = _join_fields(survivor, duplicate, taken)
        return Merge.objects.create(
            survivor=survivor,
            duplicate=duplicate,
            name=duplicate.name,
            moved=dict(moved),
            dropped=dict(dropped),
            taken=chosen,
            person=by.person,
            organisation_id=by.organisation_id or 0,
        )


@transaction.atomic
def tell_apart(*, by: Actor, one: Organisation, other: Organisation) -> None:
    """Say that two organisations that look alike are two: they are not asked about again."""
    if not rules.test_rule("registry.merge", by) or by.person is None:
        raise PermissionDenied
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    if first.pk == second.pk:
        raise NotAllowed(_("Choose two different organisations."))
    Apart.objects.get_or_create(first=first, second=second, defaults={"person": by.person})


def _locked(survivor: Organisation, duplicate: Organisation) -> tuple[Organisation, Organisation]:
    if survivor.pk == duplicate.pk:
        raise NotAllowed(_("Choose two different organisations."))
    rows = Organisation.objects.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=(survivor.pk, duplicate.pk))}
    survivor, duplicate = found[survivor.pk], found[duplicate.pk]
    for one in (survivor, duplicate):
        if one.merged_into_id is not None:
            raise NotAllowed(_("%(name)s was merged already.") % {"name": one.name})
    if duplicate.kind == Kind.NETWORK and survivor.kind != Kind.NETWORK:
        raise NotAllowed(_("The network's own body cannot be merged into another organisation."))
    return survivor, duplicate


# What may collide, kind by kind


def _join_admissions(
    survivor: Organisation, duplicate: Organisation, whose: str, dropped: Counter[str]
) -> None:
    """Two admissions on the same days are one; which days count, a person says."""
    for other in list(duplicate.admissions.all()):
        own = overlapping(survivor.admissions.all(), other.starts_on, other.ends_on)
        if own is None:
            continue
        same = (own.starts_on, own.ends_on) == (other.starts_on, other.ends_on)
        if not same and whose not in ("survivor", "duplicate"):
            raise NotAllowed(
                _(
                    "Both are members on the same days: %(one)s is %(first)s, %(other)s is"
                    " %(second)s. Say which admission counts."
                )
                % {
                    "one": survivor.name,
                    "first": period(own),
                    "other": duplicate.name,
                    "second": period(other),
                }
            )
        if whose == "duplicate" or same:
            admitted_by = other.admitted_by_id or (own.admitted_by_id if same else None)
            left_by = other.left_by_id or (own.left_by_id if same else None)
            days = (other.starts_on, other.ends_on)
        else:
            admitted_by, left_by = own.admitted_by_id, own.left_by_id
            days = (own.starts_on, own.ends_on)
        _one_admission(own, other, days, admitted_by, left_by)
        dropped[Member._meta.label] += 1


def _one_admission(
    own: Member, other: Member, days: tuple, admitted_by: int | None, left_by: int | None
) -> None:
    """`own` holds on those days; the suspensions of `other` follow, `other` goes."""
    try:
        with transaction.atomic():
            own.starts_on, own.ends_on = days
            own.admitted_by_id, own.left_by_id = admitted_by, left_by
            own.save()
            _carry_over(Member, other.pk, own.pk, Counter(), Counter())
            other.delete()
    except (IntegrityError, NotAllowed) as error:
        raise NotAllowed(
            _("The suspensions of the two admissions do not fit together. Mend them first.")
        ) from error


def _join_mandates(survivor: Organisation, duplicate: Organisation, dropped: Counter[str]) -> None:
    """The same office held twice on the same days is held once."""
    for other in list(Mandate.objects.filter(organisation=duplicate)):
        there = Mandate.objects.filter(
            organisation=survivor, unit=other.unit_id, term=other.term_id, office=other.office
        )
        own = overlapping(there, other.starts_on, other.ends_on)
        if own is None and other.ends_on is None:
            own = there.filter(ends_on__isnull=True).first()
        if own is None:
            continue
        first = min(own.starts_on, other.starts_on)
        last = None if None in (own.ends_on, other.ends_on) else max(own.ends_on, other.ends_on)
        _carry_over(Mandate, other.pk, own.pk, Counter(), dropped)
        other.delete()
        own.starts_on, own.ends_on = first, last
        own.save(update_fields=["starts_on", "ends_on"])
        dropped[Mandate._meta.label] += 1


def _join_memberships(
    survivor: Organisation, duplicate: Organisation, dropped: Counter[str]
) -> None:
    """Somebody who acted for both on the same days acts for the one, from first to last day."""
    for other in list(Membership.objects.filter(organisation=duplicate).order_by("starts_on")):
        there = Membership.objects.filter(organisation=survivor, person=other.person_id)
        own = overlapping(there, other.starts_on, other.ends_on)
        if own is None:
            continue
        first = min(own.starts_on, other.starts_on)
        last = None if None in (own.ends_on, other.ends_on) else max(own.ends_on, other.ends_on)
        if (
            there.exclude(pk=own.pk)
            .filter(starts_on__lte=last or "9999-12-31", ends_on__gte=first)
            .exists()
        ):
            raise NotAllowed(
                _("%(person)s acts for both in several periods that overlap. Mend them first.")
                % {"person": own.person}
            )
        _carry_over(Membership, other.pk, own.pk, Counter(), dropped)
        other.delete()
        own.starts_on, own.ends_on = first, last
        own.save(update_fields=["starts_on", "ends_on"])
        dropped[Membership._meta.label] += 1


def _forget_apart(duplicate: Organisation) -> None:
    """What the duplicate was told apart from, the survivor is not known to differ from."""
    Apart.objects.filter(Q(first=duplicate) | Q(second=duplicate)).delete()


def _join_links(survivor: Organisation, duplicate: Organisation, dropped: Counter[str]) -> None:
    """A link between the two says nothing any more."""
    pair = (survivor.pk, duplicate.pk)
    between = AgencyCity.objects.filter(agency__in=pair, city__in=pair)
    dropped[AgencyCity._meta.label] += between.count()
    between.delete()


# Every pointer


def _carry_over(
    target: type[models.Model], old: int, new: int, moved: Counter[str], dropped: Counter[str]
) -> None:
    """Let everything that points at `old` point at `new`."""
    for pointer in pointers_to(target):
        if pointer.model is Merge and pointer.field == "duplicate":
            continue
        rows = pointer.rows([old])
        column = pointer.field if pointer.type_field else f"{pointer.field}_id"
        try:
            with transaction.atomic():
                moved[pointer.label] += rows.update(**{column: new})
        except IntegrityError:
            for row in rows:
                _move_one(pointer, row, column, new, moved, dropped)
        if pointer.rows([old]).exists():
            raise AssertionError(f"{pointer.label}.{pointer.field} still points at a duplicate")
    for counter in (moved, dropped):
        for label in [label for label, count in counter.items() if not count]:
            del counter[label]


def _move_one(
    pointer: Pointer,
    row: models.Model,
    column: str,
    new: int,
    moved: Counter[str],
    dropped: Counter[str],
) -> None:
    """Move one row, or drop it where the survivor has exactly the same one."""
    manager = pointer.model._base_manager
    try:
        with transaction.atomic():
            moved[pointer.label] += manager.filter(pk=row.pk).update(**{column: new})
            return
    except IntegrityError as error:
        twin = _twin(pointer, row, column, new)
        if twin is None:
            raise NotAllowed(
                _("Both have %(what)s that cannot stand side by side: %(record)s. Settle it first.")
                % {"what": pointer.model._meta.verbose_name_plural, "record": row}
            ) from error
        _carry_over(pointer.model, row.pk, twin.pk, Counter(), dropped)
        row.delete()
        dropped[pointer.label] += 1


def _twin(pointer: Pointer, row: models.Model, column: str, new: int) -> models.Model | None:
    """The survivor's row that says just what this one says, if there is one."""
    said = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.local_concrete_fields
        if field.attname not in (*_SILENT, column) and not field.primary_key
    }
    wanted = {
        (name if value is not None else f"{name}__isnull"): (value if value is not None else True)
        for name, value in said.items()
    }
    return pointer.model._base_manager.filter(**wanted, **{column: new}).first()


def _join_fields(
    survivor: Organisation, duplicate: Organisation, taken: Mapping[str, str]
) -> list[str]:
    """Take over what a person chose; and what only the duplicate knew."""
    chosen = []
    for fields in MERGE_FIELDS:
        own = [getattr(survivor, name) for name in fields]
        other = [getattr(duplicate, name) for name in fields]
        empty = not any(value not in (None, "", [], {}) for value in own)
        wanted = taken.get(fields[0]) == "duplicate" or (
            empty and taken.get(fields[0]) != "survivor"
        )
        if wanted and own != other:
            for name, value in zip(fields, other, strict=True):
                setattr(survivor, name, value)
            chosen.append(fields[0])
    duplicate.merged_into, duplicate.code = survivor, ""
    duplicate.version += 1
    duplicate.save()  # first: it gives its code free
    survivor.version += 1
    survivor.save()
    return chosen
