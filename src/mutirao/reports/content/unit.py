"""The term report of a unit."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutirao.core.languages import local
from mutirao.core.papers import blocks
from mutirao.core.templatetags.mutirao import day
from mutirao.meetings.models import Event
from mutirao.network.maps import map_svg, points_of
from mutirao.network.models import Mandate, Organisation
from mutirao.network.states import LEADING_OFFICES
from mutirao.plans import queries as plans
from mutirao.plans.models import Activity, Plan
from mutirao.plans.reading_page import AxisGroup, PlanPage
from mutirao.plans.states import IN_FORCE, PUBLIC, AxisKind
from mutirao.plans.timeline import draw, timeline_svg
from mutirao.topics.models import Target

from . import agenda, bodies, promises
from .frame import Frame
from .words import closing, introduction, method

_NARROW = 640  # units of the timeline, so that its letters can be read on A4


def unit_sections(
    frame: Frame,
) -> tuple[list[tuple[str, str]], str, list[blocks.Block]]:
    """Facts and drawing of the title page, and the sections."""
    mandates = bodies.mandates_of(frame)
    plan = _plan(frame)
    page = PlanPage.of(plan, frame.reader) if plan else None
    rows = list(promises.of_report(frame))
    events = agenda.events_of(frame)
    counts = promises.counted(rows)
    activities = page.activities if page else []
    grouped = promises.by_activity(rows)
    sections = [
        blocks.section(
            "summary",
            _("The term in figures"),
            [blocks.figures(_figures(frame, counts, plan, activities, events))],
        ),
        introduction(frame),
        blocks.section("standing", _("How it stands"), promises.standing(frame, counts)),
        blocks.section("plan", _("The work plan"), _plan_blocks(frame, plan, page, grouped)),
        _not_done(frame, rows),
        blocks.section("carried", _("From term to term"), promises.carried_over(frame, rows)),
        blocks.section("meetings", _("Meetings"), agenda.meetings_blocks(frame, events)),
        blocks.section("timeline", _("The term's timeline"), _timeline(frame, page)),
        blocks.section(
            "goals",
            _("Sustainable Development Goals"),
            agenda.goals_blocks(frame, _with_targets(activities), grouped),
        ),
        blocks.section(
            "taking-part",
            _("Who took part"),
            bodies.involved(frame, mandates, activities, {row.owner for row in rows}, events),
        ),
        blocks.section(
            "coordination",
            _("Coordination of the unit"),
            [
                bodies.mandates_table(frame, mandates, _("Offices of the term")),
                *bodies.changes(frame, mandates),
            ],
        ),
        closing(frame),
        blocks.section("evidence", _("Annex: evidence"), [promises.evidence_table(frame, rows)]),
        method(frame),
    ]
    owners = [row.owner for row in rows]
    return _cover(frame, mandates, plan), _cover_map(mandates, owners), sections


def _plan(frame: Frame) -> Plan | None:
    """The plan in force for the unit in the term or, without one, the last that was."""
    found = plans.for_page(frame.reader).filter(
        unit=frame.report.unit, term=frame.report.term, state__in=PUBLIC
    )
    return found.filter(state__in=IN_FORCE).first() or found.order_by("-pk").first()


def _with_targets(activities: list[Activity]) -> list[Activity]:
    prefetch_related_objects(activities, Prefetch("targets", Target.objects.select_related("goal")))
    return activities


def _cover(frame: Frame, mandates: list[Mandate], plan: Plan | None) -> list[tuple[str, str]]:
    term = frame.report.term
    period = f"{day(term.starts_on)} – {day(term.ends_on)}"
    return [
        (_("Unit"), str(frame.report.unit)),
        *bodies.cover_facts(mandates),
        (_("Term"), f"{term.code} ({period})"),
        (_("Work plan"), plan.title if plan else _("no plan was approved")),
    ]


def _cover_map(mandates: list[Mandate], owners: list[Organisation]) -> str:
    """Those who lead and those who promised, joined: the term as a picture."""
    organisations = list({*(mandate.organisation for mandate in mandates), *owners})
    points = points_of(organisations)
    leader = next((m.organisation for m in mandates if m.office in LEADING_OFFICES), None)
    links = bodies.star(leader, organisations)
    return map_svg(points, bodies.near(points), links) if points else ""


def _figures(
    frame: Frame,
    counts: dict[str, int],
    plan: Plan | None,
    activities: list[Activity],
    events: list[Event],
) -> list[blocks.Block]:
    goals = {goal.number for activity in activities for goal in activity.goals_shown}  # type: ignore[attr-defined]
    held = sum(agenda.is_held(event, frame) for event in events)
    coming = sum(not agenda.is_held(event, frame) and not event.cancelled for event in events)
    made = promises.figures(frame, counts)
    if plan is not None:
        count = len(activities)
        word = ngettext("activity in the plan", "activities in the plan", count)
        made.append(
            blocks.figure("activities", count, word, url=frame.url(plan.get_absolute_url()))
        )
    word = ngettext("meeting held", "meetings held", held)
    made.append(blocks.figure("held", held, word, url=frame.here("meetings")))
    if coming:
        word = ngettext("meeting to come", "meetings to come", coming)
        made.append(blocks.figure("coming", coming, word, url=frame.here("meetings")))
    word = ngettext("goal served", "goals served", len(goals))
    made.append(blocks.figure("goals", len(goals), word, url=frame.here("goals")))
    return made


def _plan_blocks(
    frame: Frame,
    plan: Plan | None,
    page: PlanPage | None,
    grouped: dict[int, list],
) -> list[blocks.Block | None]:
    found: list[blocks.Block | None] = []
    if plan is None or page is None:
        found.append(blocks.note(_("No work plan of this unit was approved for the term.")))
    else:
        found.append(
            blocks.facts(
                [
                    (_("Plan"), plan.title),
                    (_("Presented by"), plan.presented_by.name),
                    (_("State"), capfirst(plan.get_state_display())),
                    (_("Approved on"), day(plan.approved_on)),
                    (_("Address"), frame.url(plan.get_absolute_url())),
                ]
            )
        )
        for group in page.groups:
            found += _axes(plan, group)
        for activity in page.activities:
            found += _activity(frame, plan, activity, grouped.get(activity.pk, []))
    known = {activity.pk for activity in page.activities} if page else set()
    others = [row for pk, rows in grouped.items() if pk not in known for row in rows]
    if others:
        title = _("Commitments outside the plan")
        found += [
            blocks.heading(title, key="other-commitments"),
            promises.table(frame, others, title, lead="–"),
        ]
    return found


def _axes(plan: Plan, group: AxisGroup) -> list[blocks.Block | None]:
    titles = {
        AxisKind.ACTION: _("Axes of action"),
        AxisKind.WORK: _("Work axes"),
        AxisKind.OBJECTIVE: _("Objectives"),
    }
    text = "\n\n".join(f"{axis.number} {axis.text}".strip() for axis in group.axes)
    return [
        blocks.heading(titles[AxisKind(group.kind)], key=f"axes-{group.kind}"),
        blocks.words(text, language=plan.language),
    ]


def _activity(
    frame: Frame, plan: Plan, activity: Activity, rows: list
) -> list[blocks.Block | None]:
    """One activity: its words, whom it names, and what was promised for it."""
    title = f"{activity.number}. {activity.heading}" if activity.number else activity.heading
    text = activity.text if activity.heading != activity.text else ""
    caption = _("Commitments of activity %(title)s") % {"title": _n(activity)}
    return [
        blocks.heading(title, language=plan.language, key=activity.anchor),
        blocks.words(text, language=plan.language),
        blocks.facts(_about(activity)),
        promises.table(frame, rows, caption, lead=title)
        if rows
        else blocks.note(_("Nobody promised anything for this activity.")),
    ]


def _n(activity: Activity) -> str:
    return activity.number or f"“{activity.heading}”"


def _about(activity: Activity) -> list[tuple[str, str]]:
    responsible = [row["name"] for row in activity.organisations_shown]  # type: ignore[attr-defined]
    responsible += [local(row["name"]) for row in activity.units_shown]  # type: ignore[attr-defined]
    axes = [f"{axis.get_kind_display()} {axis.number}".strip() for axis in activity.axes_shown]  # type: ignore[attr-defined]
    goals = [f"{goal.number} {local(goal.title)}" for goal in activity.goals_shown]  # type: ignore[attr-defined]
    return [
        (_("Serves"), "; ".join(axes)),
        (_("Responsible"), ", ".join(responsible)),
        (_("Themes"), ", ".join(local(row["label"]) for row in activity.themes_shown)),  # type: ignore[attr-defined]
        (_("SDGs"), "; ".join(goals)),
    ]


def _not_done(frame: Frame, rows: list) -> blocks.Block:
    found = promises.not_done(frame, rows)
    table = promises.not_done_table(frame, found, promises.reasons(frame, found))
    nothing = blocks.note(_("Nothing is late and nothing was given up."))
    return blocks.section("not-done", _("What is late or was not done"), [table or nothing])


def _timeline(frame: Frame, page: PlanPage | None) -> list[blocks.Block | None]:
    """The plan over the months of the term, and its dates as a table."""
    if page is None:
        return []
    drawn = draw(page.plan, page.activities, page.events, frame.today, _NARROW)
    if drawn.is_empty:
        return []
    dated = sum(bool(row.x) for row in drawn.rows)
    alt = _(
        "Timeline of the term, month by month: %(rows)d activities with dates, %(points)d events. "
        "The table below says the same."
    ) % {"rows": dated, "points": len(drawn.points)}
    rows = [
        blocks.row(
            row.href,
            blocks.cell(row.full, language=page.plan.language),
            blocks.cell(day(row.first, "medium") or "–", row.first),
            blocks.cell(day(row.last, "medium") or "–", row.last),
        )
        for row in drawn.rows
    ]
    rows += [
        blocks.row(
            f"event-{point.event.pk}",
            blocks.cell(point.event.title, language=point.event.language),
            blocks.cell(day(point.event.sort_day, "medium"), point.event.sort_day),
            blocks.cell(day(_last(point.event), "medium"), _last(point.event)),
        )
        for point in drawn.points
    ]
    columns = [
        blocks.column(_("What"), share=6),
        blocks.column(_("First date"), kind="date"),
        blocks.column(_("Last date"), kind="date"),
    ]
    return [
        blocks.picture(
            "timeline", timeline_svg(page.plan, drawn), alt=alt, caption=_("The term's timeline")
        ),
        blocks.table("timeline", _("The dates of the timeline"), columns, rows),
    ]


def _last(event: Event):
    """The last day; of an event without a day, the last of its month."""
    if event.ends_on or event.month is None:
        return event.ends_on
    return (event.month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
