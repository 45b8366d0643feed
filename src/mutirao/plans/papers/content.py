"""What stands in a plan's paper: one description for PDF and .docx (see `core.papers`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mutirao.commitments.models import Commitment
from mutirao.commitments.pictures import ring
from mutirao.core.countries import country_name
from mutirao.core.languages import DJANGO_CODES, OWN_NAMES, local
from mutirao.core.papers import blocks
from mutirao.core.papers.labels import labels
from mutirao.core.templatetags.mutirao import day, number
from mutirao.meetings import when
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.states import Office

from ..models import Activity, Axis, Plan
from ..reading_page import AxisGroup, PlanPage
from ..states import AxisKind
from ..timeline import draw, timeline_svg

Blocks = list[blocks.Block | None]
_NARROW = 640  # units of the timeline, so that its letters can be read on A4


def content(plan: Plan, *, language: str, actor: Actor) -> dict[str, Any]:
    """The plan (from `queries.for_page`) as a paper in words of `language`.

    `own` is the language of the plan's texts; each commitment and event names its own.
    """
    with translation.override(DJANGO_CODES[language]):
        page = PlanPage.of(plan, actor)
        made = _("As it stood on %(day)s") % {"day": day(timezone.localdate())}
        sections = (
            blocks.section("introduction", _("Introduction"), _introduction(plan)),
            blocks.section("standing", _("How it stands"), _standing(page.counts)),
            blocks.section("timeline", _("Timeline"), _timeline(page)),
            blocks.section("axes", _("Axes"), _axes(page)),
            blocks.section("activities", _("Activities"), _activities(page)),
            blocks.section("calendar", _("Calendar"), [_calendar(page)]),
        )
        return {
            "format": blocks.FORMAT,
            "language": language,
            "own": plan.language,
            "title": plan.title,
            "subtitle": f"{plan.unit} · {plan.term.code}",
            "short": made,
            "network": settings.NETWORK_NAME,
            "address": settings.BASE_URL + plan.get_absolute_url(),
            "labels": labels(),
            "facts": [*_facts(plan), [_("Address"), settings.BASE_URL + plan.get_absolute_url()]],
            "has_cover": False,
            "cover": "",
            "contents": False,
            "sections": [part for part in sections if part["blocks"]],
        }


def _introduction(plan: Plan) -> Blocks:
    return [blocks.words(plan.introduction, language=plan.language)]


def _facts(plan: Plan) -> list[list[str]]:
    """Rows of (label, value) below the title; what is not known is left out."""
    coordination = plan.coordination  # type: ignore[attr-defined]
    rows = [
        (_("Unit"), str(plan.unit)),
        (_("Term"), plan.term.code),
        *((capfirst(Office(row["office"]).label), row["name"]) for row in coordination),
        (_("Presented by"), plan.presented_by.name),
        (_("State"), plan.get_state_display()),
        (_("Approved on"), day(plan.approved_on)),
        (_("Language"), OWN_NAMES[plan.language]),
    ]
    return [[str(label), str(value)] for label, value in rows if value]


def _standing(counts: dict[str, int]) -> Blocks:
    words = {
        "done": _("done"),
        "in_progress": _("in progress"),
        "late": _("late"),
        "planned": _("planned"),
        "cancelled": _("cancelled"),
        "carried": _("carried over"),
    }
    shown = {key: str(capfirst(word)) for key, word in words.items() if counts[key]}
    if not shown:
        return [blocks.note(_("Nobody has promised anything in this plan yet."))]
    alt = "; ".join(f"{word}: {number(counts[key])}" for key, word in shown.items())
    rows = [
        blocks.row(key, blocks.cell(word, look=key), blocks.cell(number(counts[key]), counts[key]))
        for key, word in shown.items()
    ]
    columns = [blocks.column(_("State"), share=3), blocks.column(_("Commitments"), kind="number")]
    caption = _("How it stands")
    return [
        blocks.picture("standing", ring(counts, alt), alt=alt, caption=caption, width=0.55),
        blocks.table("standing", _("Commitments"), columns, rows),
    ]


def _timeline(page: PlanPage) -> Blocks:
    """The picture, and the dates as a table that stands for it."""
    drawn = draw(page.plan, page.activities, page.events, timezone.localdate(), _NARROW)
    if drawn.is_empty:
        return []
    own = page.plan.language
    rows = [
        blocks.row(
            row.href,
            blocks.cell(row.full, language=own),
            blocks.cell(day(row.first, "medium") or "–", row.first),
            blocks.cell(day(row.last, "medium") or "–", row.last),
        )
        for row in drawn.rows
    ]
    columns = [
        blocks.column(_("Activity"), share=4),
        blocks.column(_("First date"), kind="date"),
        blocks.column(_("Last date"), kind="date"),
    ]
    alt = _("Timeline of the plan; the table below says the same")
    drawing = timeline_svg(page.plan, drawn)
    return [
        blocks.picture("timeline", drawing, alt=alt, caption=_("Timeline")),
        blocks.table("timeline", _("First and last dates"), columns, rows) if rows else None,
    ]


def _axes(page: PlanPage) -> Blocks:
    return [block for group in page.groups for block in _group(page.plan, group)]


def _group(plan: Plan, group: AxisGroup) -> Blocks:
    headings = {
        AxisKind.ACTION: _("Axes of action"),
        AxisKind.WORK: _("Work axes"),
        AxisKind.OBJECTIVE: _("Objectives"),
    }
    text = "\n\n".join(f"{axis.number} {axis.text}".strip() for axis in group.axes)
    heading = blocks.heading(headings[AxisKind(group.kind)])
    return [heading, blocks.words(text, language=plan.language)]


def _activities(page: PlanPage) -> Blocks:
    return [block for activity in page.activities for block in _activity(page.plan, activity)]


def _activity(plan: Plan, activity: Activity) -> Blocks:
    title = f"{activity.number}. {activity.heading}" if activity.number else activity.heading
    text = activity.text if activity.heading != activity.text else ""
    promised = activity.commitments_shown  # type: ignore[attr-defined]
    return [
        blocks.heading(title, language=plan.language, key=activity.anchor),
        blocks.words(text, language=plan.language),
        blocks.facts(_about(activity)),
        _commitments(promised)
        or blocks.note(_("Nobody has promised anything for this activity yet.")),
    ]


def _about(activity: Any) -> list[tuple[str, str]]:
    """What it serves, who is responsible, themes and targets, each as one line."""
    responsible = [row["name"] for row in activity.organisations_shown]
    responsible += [local(row["name"]) for row in activity.units_shown]
    targets = [f"{row['code']} {local(row['label'])}" for row in activity.targets_shown]
    return [
        (_("Serves"), "; ".join(_axis(axis) for axis in activity.axes_shown)),
        (_("Responsible"), ", ".join(responsible)),
        (_("Themes"), ", ".join(local(row["label"]) for row in activity.themes_shown)),
        (_("SDG targets"), "; ".join(targets)),
    ]


def _axis(axis: Axis) -> str:
    return f"{axis.get_kind_display()} {axis.number}".strip()


def _commitments(promised: list[Commitment]) -> blocks.Block | None:
    columns = [
        blocks.column(_("Commitment"), share=12),
        blocks.column(_("Who"), share=7),
        blocks.column(_("Until"), kind="date", share=6),
        blocks.column(_("State"), share=5),
    ]
    rows = [
        blocks.row(
            one.pk,
            blocks.cell(one.title, language=one.language),
            blocks.cell(one.owner.display),
            blocks.cell(day(one.due_on, "medium") or "–", one.due_on),
            blocks.cell(capfirst(one.standing_label), look=one.standing),
        )
        for one in promised
    ]
    return blocks.table("commitments", _("Commitments"), columns, rows)


def _calendar(page: PlanPage) -> blocks.Block | None:
    columns = [
        blocks.column(_("When"), kind="date", share=6),
        blocks.column(_("What"), share=8),
        blocks.column(_("Where"), share=5),
        blocks.column(_("The network's role"), share=5),
    ]
    rows = [
        blocks.row(
            event.pk,
            blocks.cell(when.days(event), event.sort_day),
            blocks.cell(event.title, language=event.language),
            blocks.cell(_where(event)),
            blocks.cell(event.get_role_display() if event.role else ""),
        )
        for event in page.events
    ]
    return blocks.table("calendar", _("Calendar"), columns, rows)


def _where(event: Event) -> str:
    return ", ".join(part for part in (event.place, country_name(event.country)) if part)
