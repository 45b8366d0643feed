"""What stands in a plan's paper, as plain data: the same for PDF and .docx."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mutirao.commitments.models import Commitment
from mutirao.core.languages import DJANGO_CODES, OWN_NAMES, local
from mutirao.core.templatetags.mutirao import day
from mutirao.meetings import when
from mutirao.meetings.models import Event
from mutirao.network.acting import Actor
from mutirao.network.states import Office

from ..models import Activity, Axis, Plan
from ..reading_page import AxisGroup, PlanPage
from ..states import AxisKind
from ..timeline import draw


def content(plan: Plan, *, language: str, actor: Actor) -> dict[str, Any]:
    """Everything the paper says, in words of `language`; only strings, numbers, lists, dicts.

    `own` is the language of the plan's texts; each commitment and event names its own.
    """
    with translation.override(DJANGO_CODES[language]):
        page = PlanPage.of(plan, actor)
        return {
            "language": language,
            "own": plan.language,
            "title": plan.title,
            "subtitle": f"{plan.unit} · {plan.term.code}",
            "network": settings.NETWORK_NAME,
            "made": _("As it stood on %(day)s") % {"day": day(timezone.localdate())},
            "address": settings.BASE_URL + plan.get_absolute_url(),
            "labels": _labels(),
            "facts": _facts(plan, page),
            "introduction": paragraphs(plan.introduction),
            "standing": _standing(page.counts),
            "timeline": _timeline(page),
            "groups": [_group(group) for group in page.groups],
            "activities": [_activity(activity) for activity in page.activities],
            "events": [_event(event) for event in page.events],
        }


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _labels() -> dict[str, str]:
    return {
        "introduction": _("Introduction"),
        "standing": _("How it stands"),
        "timeline": _("Timeline"),
        "axes": _("Axes"),
        "activities": _("Activities"),
        "calendar": _("Calendar"),
        "commitment": _("Commitment"),
        "who": _("Who"),
        "until": _("Until"),
        "state": _("State"),
        "when": _("When"),
        "what": _("What"),
        "where": _("Where"),
        "role": _("The network's role"),
        "none": _("Nobody has promised anything for this activity yet."),
        "count": _("Commitments"),
        "activity": _("Activity"),
        "first": _("First date"),
        "last": _("Last date"),
        "page": _("Page"),
    }


def _facts(plan: Plan, page: PlanPage) -> list[list[str]]:
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


def _standing(counts: dict[str, int]) -> list[dict[str, Any]]:
    words = {
        "done": _("done"),
        "in_progress": _("in progress"),
        "late": _("late"),
        "planned": _("planned"),
        "cancelled": _("cancelled"),
        "carried": _("carried over"),
    }
    return [
        {"key": key, "label": str(capfirst(label)), "count": counts[key]}
        for key, label in words.items()
        if counts[key] or key == "done"
    ]


def _timeline(page: PlanPage) -> dict[str, Any] | None:
    """The picture's geometry, and the dates for the table that stands for it."""
    picture = draw(page.plan, page.activities, page.events, timezone.localdate())
    if picture.is_empty:
        return None
    return {
        "width": picture.width,
        "height": picture.height,
        "months": [{"x": float(month.x), "label": month.label} for month in picture.months],
        "today": float(picture.today) if picture.today else None,
        "points": [{"x": float(point.x), "y": float(point.y)} for point in picture.points],
        "rows": [
            {
                "label": row.label,
                "full": row.full,
                "text_y": float(row.text_y),
                "y": float(row.y),
                "x": float(row.x) if row.x else None,
                "width": float(row.width) if row.width else None,
                "look": row.look,
                "first": day(row.first, "medium"),
                "last": day(row.last, "medium"),
            }
            for row in picture.rows
        ],
    }


def _group(group: AxisGroup) -> dict[str, Any]:
    headings = {
        AxisKind.ACTION: _("Axes of action"),
        AxisKind.WORK: _("Work axes"),
        AxisKind.OBJECTIVE: _("Objectives"),
    }
    return {
        "heading": headings[AxisKind(group.kind)],
        "axes": [{"number": axis.number, "text": paragraphs(axis.text)} for axis in group.axes],
    }


def _activity(activity: Activity) -> dict[str, Any]:
    heading = f"{activity.number}. {activity.heading}" if activity.number else activity.heading
    return {
        "heading": heading,
        "text": paragraphs(activity.text) if activity.heading != activity.text else [],
        "facts": [[label, value] for label, value in _about(activity) if value],
        "commitments": [_commitment(item) for item in activity.commitments_shown],  # type: ignore[attr-defined]
    }


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


def _commitment(commitment: Commitment) -> dict[str, str]:
    return {
        "title": commitment.title,
        "language": commitment.language,
        "who": commitment.owner.display,
        "until": day(commitment.due_on, "medium") or "–",
        "state": str(commitment.standing_label),
        "key": commitment.standing,
    }


def _event(event: Event) -> dict[str, str]:
    from mutirao.core.countries import country_name

    where = [event.place, country_name(event.country)]
    return {
        "title": event.title,
        "language": event.language,
        "when": when.days(event),
        "where": ", ".join(part for part in where if part),
        "role": event.get_role_display() if event.role else "",
    }
