"""Meetings, goals and the New Urban Agenda in a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mutirao.commitments.models import Commitment
from mutirao.core.countries import country_name
from mutirao.core.languages import local
from mutirao.core.papers import blocks
from mutirao.core.templatetags.mutirao import number
from mutirao.meetings import queries as meetings
from mutirao.meetings import when
from mutirao.meetings.models import Event
from mutirao.plans.models import Activity
from mutirao.topics import queries as topics
from mutirao.topics.models import AgendaCommitment, Goal, Section, Target
from mutirao.topics.pictures import wheel

from .frame import Frame


def events_of(frame: Frame) -> list[Event]:
    """What was on the calendar in the term, of the report's unit or of the whole network."""
    term = frame.report.term
    in_term = Q(starts_on__lte=term.ends_on, ends_on__gte=term.starts_on) | Q(
        starts_on__isnull=True,
        month__gte=term.starts_on.replace(day=1),
        month__lte=term.ends_on,
    )
    found = meetings.for_cards(meetings.visible_to(frame.reader)).filter(in_term)
    return list(found.filter(unit=frame.report.unit) if frame.report.unit_id else found)


def is_held(event: Event, frame: Frame) -> bool:
    """Over on the report's day, and not cancelled. Without a day, by its month."""
    if event.cancelled:
        return False
    if event.ends_on is not None:
        return event.ends_on < frame.today
    return event.month is not None and event.month < frame.today.replace(day=1)


def meetings_blocks(frame: Frame, events: Sequence[Event]) -> list[blocks.Block | None]:
    """Meetings held, meetings to come, meetings that fell through."""
    held = [event for event in events if is_held(event, frame)]
    cancelled = [event for event in events if event.cancelled]
    coming = [event for event in events if event not in held and not event.cancelled]
    if not events:
        return [blocks.note(_("Nothing was on the calendar in this term."))]
    found: list[blocks.Block | None] = []
    for key, title, rows in (
        ("held", _("Meetings held"), held),
        ("coming", _("Meetings to come"), coming),
        ("cancelled", _("Meetings cancelled"), cancelled),
    ):
        if rows:
            found += [blocks.heading(title, key=f"meetings-{key}"), _table(frame, key, title, rows)]
    return found


def _table(frame: Frame, key: str, title: str, rows: Sequence[Event]) -> blocks.Block | None:
    whole = not frame.report.unit_id
    columns = [
        blocks.column(_("When"), kind="date", share=4),
        blocks.column(_("What"), share=6),
        *([blocks.column(_("Unit"), share=4)] if whole else []),
        blocks.column(_("Where"), share=3),
        blocks.column(_("The network's role"), share=3),
    ]
    return blocks.table(
        f"meetings-{key}",
        title,
        columns,
        [
            blocks.row(
                event.pk,
                blocks.cell(when.days(event), event.sort_day),
                blocks.cell(
                    event.title, language=event.language, url=frame.url(event.get_absolute_url())
                ),
                *([blocks.cell(event.unit or "–")] if whole else []),
                blocks.cell(_where(event)),
                blocks.cell(capfirst(event.get_role_display()) if event.role else "–"),
            )
            for event in rows
        ],
    )


def _where(event: Event) -> str:
    parts = [event.place, country_name(event.country), _("online") if event.online else ""]
    return ", ".join(part for part in parts if part) or "–"


def goals_blocks(
    frame: Frame, activities: Sequence[Activity], promised: dict[int, list[Commitment]]
) -> list[blocks.Block | None]:
    """The wheel, what is done for each goal, and the New Urban Agenda's commitments touched.

    `activities` with `targets` prefetched, goals joined; `promised` by activity.
    """
    goals = list(topics.goals())
    serving: dict[int, set[int]] = defaultdict(set)
    targets: dict[int, set[str]] = defaultdict(set)
    for activity in activities:
        for target in activity.targets.all():
            serving[target.goal_id].add(activity.pk)
            targets[target.goal_id].add(target.pk)
    counts = {goal: len(found) for goal, found in serving.items()}
    if not counts:
        return [blocks.note(_("No activity names the goals it serves."))]
    return [
        _wheel(goals, counts),
        _coverage(frame, goals, serving, targets, promised),
        *_agenda(frame, {code for found in targets.values() for code in found}),
    ]


def _wheel(goals: list[Goal], counts: dict[int, int]) -> blocks.Block:
    told = ", ".join(
        f"{goal.number} {local(goal.title)}: {counts[goal.number]}"
        for goal in goals
        if goal.number in counts
    )
    alt = _("Wheel of the 17 goals with the activities that serve each. %(told)s.") % {"told": told}
    caption = _("Activities by Sustainable Development Goal")
    return blocks.picture("goals", wheel(goals, counts, alt), alt=alt, caption=caption, width=0.55)


def _coverage(
    frame: Frame,
    goals: Iterable[Goal],
    serving: dict[int, set[int]],
    targets: dict[int, set[str]],
    promised: dict[int, list[Commitment]],
) -> blocks.Block | None:
    places = {target.pk: target.position for target in Target.objects.all()}
    rows = []
    for goal in goals:
        if goal.number not in serving:
            continue
        promises = [row for pk in serving[goal.number] for row in promised.get(pk, ())]
        done = sum(row.state == "done" for row in promises)
        codes = sorted(targets[goal.number], key=lambda code: places[code])
        rows.append(
            blocks.row(
                goal.number,
                blocks.cell(
                    f"{goal.number} {local(goal.title)}", url=frame.url(goal.get_absolute_url())
                ),
                blocks.cell(", ".join(codes)),
                blocks.cell(number(len(serving[goal.number])), len(serving[goal.number])),
                blocks.cell(number(len(promises)), len(promises)),
                blocks.cell(number(done), done),
            )
        )
    columns = [
        blocks.column(_("Goal"), share=10),
        blocks.column(_("Targets"), share=8),
        blocks.column(_("Activities"), kind="number", share=4),
        blocks.column(_("Commitments"), kind="number", share=5),
        blocks.column(_("Done"), kind="number", share=4),
    ]
    return blocks.table("goals", _("What was done for each goal"), columns, rows)


def _agenda(frame: Frame, codes: set[str]) -> list[blocks.Block | None]:
    """The New Urban Agenda's commitments that our crosswalk links with these targets."""
    touched = list(
        AgendaCommitment.objects.filter(targets__in=codes).prefetch_related("targets").distinct()
    )
    if not touched:
        return []
    sections = {section.code: local(section.label) for section in Section.objects.all()}
    by_section = Counter(item.section for item in touched)
    totals = Counter(AgendaCommitment.objects.order_by().values_list("section", flat=True))
    address = frame.url(reverse("topics:agenda"))
    rows = [
        blocks.row(
            code,
            blocks.cell(label, url=address),
            blocks.cell(number(by_section[code]), by_section[code]),
            blocks.cell(number(totals[code]), totals[code]),
        )
        for code, label in sections.items()
        if by_section[code]
    ]
    columns = [
        blocks.column(_("Part of the Agenda"), share=7),
        blocks.column(_("Touched"), kind="number"),
        blocks.column(_("In all"), kind="number"),
    ]
    each = blocks.table(
        "agenda-commitments",
        _("Commitments of the New Urban Agenda touched"),
        [
            blocks.column(_("Commitment of the Agenda"), share=8),
            blocks.column(_("Paragraph"), share=2),
            blocks.column(_("By targets"), share=3),
        ],
        [
            blocks.row(
                item.pk,
                blocks.cell(f"{item.code} {local(item.label)}"),
                blocks.cell(item.paragraphs),
                blocks.cell(", ".join(t.pk for t in item.targets.all() if t.pk in codes)),
            )
            for item in touched
        ],
    )
    return [
        blocks.heading(_("New Urban Agenda"), key="agenda"),
        blocks.words(
            _(
                "The targets served also touch commitments of the New Urban Agenda (Quito, 2016). "
                "The platform's own crosswalk links the two; each link is listed on the Agenda's "
                "page."
            )
        ),
        blocks.table("agenda", _("The New Urban Agenda, part by part"), columns, rows),
        blocks.only_in_workbook(each) if len(touched) > 12 else each,
    ]
