"""The network's report to its assembly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutirao.commitments.models import Commitment
from mutirao.commitments.pictures import bars
from mutirao.core.countries import country_name
from mutirao.core.papers import blocks
from mutirao.core.templatetags.mutirao import day, number
from mutirao.meetings.models import Event
from mutirao.network import queries as network
from mutirao.network.maps import map_svg, points_of
from mutirao.network.models import Act, Mandate, Member, Organisation, Suspension, Unit
from mutirao.network.states import LEADING_OFFICES, Kind, Office
from mutirao.plans import queries as plans
from mutirao.plans.models import Activity, Plan
from mutirao.plans.states import IN_FORCE
from mutirao.topics.models import Target

from ..models import Report
from . import agenda, bodies, promises
from .frame import Frame
from .words import closing, introduction, method

_SHORT = 8  # rows of a table in a unit's chapter; the unit's own report has all


@dataclass
class Chapter:
    """What is told of one unit."""

    unit: Unit
    mandates: list[Mandate] = field(default_factory=list)
    plan: Plan | None = None
    rows: list[Commitment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    report: Report | None = None

    @property
    def counts(self) -> dict[str, int]:
        return promises.counted(self.rows)

    @property
    def leader(self) -> Mandate | None:
        return next((m for m in self.mandates if m.office in LEADING_OFFICES), None)


def network_sections(
    frame: Frame,
) -> tuple[list[tuple[str, str]], str, list[blocks.Block]]:
    """Facts and drawing of the title page, and the sections."""
    mandates = bodies.mandates_of(frame)
    rows = list(promises.of_report(frame))
    events = agenda.events_of(frame)
    chapters = _chapters(frame, mandates, rows, events)
    activities = _activities(frame)
    members = list(network.members_on(frame.last_day))
    moves = _moves(frame)
    counts = promises.counted(rows)
    sections = [
        blocks.section(
            "summary",
            _("The term in figures"),
            [blocks.figures(_figures(frame, chapters, counts, events, members, moves, activities))],
        ),
        introduction(frame),
        blocks.section("glance", _("The units at a glance"), _glance(frame, chapters)),
        blocks.section("standing", _("How it stands"), promises.standing(frame, counts)),
        blocks.section("units", _("Unit by unit"), _unit_by_unit(frame, chapters)),
        blocks.section("members", _("Members"), _members(frame, members, moves)),
        blocks.section(
            "goals",
            _("Sustainable Development Goals"),
            agenda.goals_blocks(frame, activities, promises.by_activity(rows)),
        ),
        blocks.section("meetings", _("Calendar"), agenda.meetings_blocks(frame, events)),
        blocks.section(
            "mandates",
            _("Offices"),
            [
                bodies.mandates_table(frame, mandates, _("Offices of the term")),
                *bodies.changes(frame, mandates),
            ],
        ),
        closing(frame),
        blocks.section(
            "annex",
            _("Annex: members"),
            [_members_table(frame, members), promises.all_of_them(frame, rows)],
        ),
        method(frame),
    ]
    return _cover(frame, mandates), _cover_map(chapters, members), sections


def _chapters(
    frame: Frame, mandates: list[Mandate], rows: list[Commitment], events: list[Event]
) -> list[Chapter]:
    """Every unit, by kind and name in the reader's language, with what is of the term."""
    chapters = {unit.pk: Chapter(unit) for unit in network.in_readers_order(network.units())}
    for mandate in mandates:
        chapters[mandate.unit_id].mandates.append(mandate)
    in_force = plans.visible_to(frame.reader).filter(term=frame.report.term, state__in=IN_FORCE)
    for plan in in_force.select_related("presented_by"):
        chapters[plan.unit_id].plan = plan
    for row in rows:
        if row.unit_id in chapters:
            chapters[row.unit_id].rows.append(row)
    for event in events:
        if event.unit_id in chapters:
            chapters[event.unit_id].events.append(event)
    for report in Report.objects.filter(term=frame.report.term, visibility="public"):
        if report.unit_id in chapters:
            chapters[report.unit_id].report = report
    return list(chapters.values())


def _activities(frame: Frame) -> list[Activity]:
    """The activities of every plan in force, with their targets."""
    in_force = plans.visible_to(frame.reader).filter(term=frame.report.term, state__in=IN_FORCE)
    found = Activity.objects.filter(plan__in=in_force.values("pk"))
    return list(found.prefetch_related(Prefetch("targets", Target.objects.select_related("goal"))))


def _cover(frame: Frame, mandates: Sequence[Mandate]) -> list[tuple[str, str]]:
    term = frame.report.term
    period = f"{day(term.starts_on)} – {day(term.ends_on)}"
    at_the_head = [
        m for m in mandates if m.office in (Office.PRESIDENT, Office.EXECUTIVE_SECRETARY)
    ]
    return [
        *bodies.cover_facts(at_the_head),
        (_("Term"), f"{term.code} ({period})"),
        (_("Presented by"), frame.report.organisation.name),
    ]


def _cover_map(chapters: Sequence[Chapter], members: Sequence[Organisation]) -> str:
    points = points_of(members)
    links = [
        link
        for chapter in chapters
        if chapter.leader
        for link in bodies.star(
            chapter.leader.organisation, [mandate.organisation for mandate in chapter.mandates]
        )
    ]
    return map_svg(points, bodies.near(points), links) if points else ""


@dataclass
class Moves:
    """Who came, who went and whose rights rested while the term ran.

    Suspensions and the documents behind a decision are for members: a report for everyone has
    neither.
    """

    admitted: list[Member]
    left: list[Member]
    suspended: list[Suspension]


def _moves(frame: Frame) -> Moves:
    term, last = frame.report.term, frame.last_day
    found = Member.objects.select_related("organisation", "admitted_by", "left_by")
    rested = Suspension.objects.select_related("member__organisation", "decided_by").filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=term.starts_on), starts_on__lte=last
    )
    inside = (term.starts_on, last)
    return Moves(
        admitted=list(found.filter(starts_on__range=inside).order_by("starts_on", "pk")),
        left=list(found.filter(ends_on__range=inside).order_by("ends_on", "pk")),
        suspended=list(rested) if frame.reader.is_member else [],
    )


def _figures(
    frame: Frame,
    chapters: Sequence[Chapter],
    counts: dict[str, int],
    events: Sequence[Event],
    members: Sequence[Organisation],
    moves: Moves,
    activities: Sequence[Activity],
) -> list[blocks.Block]:
    planned = sum(chapter.plan is not None for chapter in chapters)
    held = sum(agenda.is_held(event, frame) for event in events)
    goals = {target.goal_id for activity in activities for target in activity.targets.all()}
    told = [
        ("members", len(members), ngettext("member", "members", len(members)), "members"),
        ("admitted", len(moves.admitted), _("admitted in the term"), "members"),
        ("left", len(moves.left), _("left in the term"), "members"),
        (
            "plans",
            planned,
            ngettext("unit with an approved plan", "units with an approved plan", planned),
            "glance",
        ),
        ("held", held, ngettext("meeting held", "meetings held", held), "meetings"),
        ("goals", len(goals), ngettext("goal served", "goals served", len(goals)), "goals"),
    ]
    made = [
        blocks.figure(key, value, word, url=frame.here(anchor)) for key, value, word, anchor in told
    ]
    return [*made[:1], *promises.figures(frame, counts), *made[1:]]


def _glance(frame: Frame, chapters: Sequence[Chapter]) -> list[blocks.Block | None]:
    """The bars, and one row a unit with its figures."""
    with_work = [(str(c.unit), c.counts) for c in chapters if c.rows]
    drawing = None
    if with_work:
        told = "; ".join(
            f"{name}: {number(counts['done'])}/{number(counts['total'])}"
            for name, counts in with_work
        )
        alt = _("Bars of commitments by unit, done of all. %(told)s.") % {"told": told}
        caption = _("Commitments by unit and how they stand")
        drawing = blocks.picture("units", bars(with_work, alt), alt=alt, caption=caption)
    columns = [
        blocks.column(_("Unit"), share=8),
        blocks.column(_("Leads"), share=5),
        blocks.column(_("Plan"), share=4),
        blocks.column(_("Promised"), kind="number", share=4),
        blocks.column(_("Done"), kind="number", share=4),
        blocks.column(_("Late"), kind="number", share=4),
        blocks.column(_("Kept %"), kind="number", share=4),
        blocks.column(_("Meetings"), kind="number", share=4),
    ]
    rows = [_glance_row(frame, chapter) for chapter in chapters]
    rows.append(_glance_total(frame, chapters))
    return [drawing, blocks.table("glance", _("The units at a glance"), columns, rows, total=True)]


def _held(frame: Frame, chapter: Chapter) -> int:
    return sum(agenda.is_held(event, frame) for event in chapter.events)


def _glance_row(frame: Frame, chapter: Chapter) -> blocks.Block:
    counts, plan = chapter.counts, chapter.plan
    held = _held(frame, chapter)
    board = {"unit": chapter.unit.pk, "term": frame.report.term_id, "by": "list"}

    def counted(key: str, **more: str) -> blocks.Cell:
        url = frame.listed("commitments:board", **board, **more) if counts[key] else ""
        return blocks.cell(number(counts[key]), counts[key], url=url)

    return blocks.row(
        chapter.unit.pk,
        blocks.cell(chapter.unit, url=frame.url(chapter.unit.get_absolute_url())),
        blocks.cell(chapter.leader.organisation.display if chapter.leader else "–"),
        blocks.cell(capfirst(plan.get_state_display()), url=frame.url(plan.get_absolute_url()))
        if plan
        else blocks.cell("–"),
        counted("total"),
        counted("done", state="done"),
        counted("late", state="late"),
        blocks.cell(
            number(promises.kept_share(counts)) if counts["total"] else "–",
            promises.kept_share(counts) if counts["total"] else None,
        ),
        blocks.cell(number(held), held),
    )


def _glance_total(frame: Frame, chapters: Sequence[Chapter]) -> blocks.Block:
    counts = promises.counted(row for chapter in chapters for row in chapter.rows)
    held = sum(_held(frame, chapter) for chapter in chapters)
    planned = sum(chapter.plan is not None for chapter in chapters)
    numbers = (counts["total"], counts["done"], counts["late"], promises.kept_share(counts), held)
    return blocks.row(
        "total",
        blocks.cell(_("Total")),
        blocks.cell(""),
        blocks.cell(ngettext("%(count)d plan", "%(count)d plans", planned) % {"count": planned}),
        *(blocks.cell(number(value), value) for value in numbers),
    )


def _unit_by_unit(frame: Frame, chapters: Sequence[Chapter]) -> list[blocks.Block | None]:
    found: list[blocks.Block | None] = []
    for chapter in chapters:
        if chapter.mandates or chapter.plan or chapter.rows or chapter.events:
            found += _chapter(frame, chapter)
    return found


def _chapter(frame: Frame, chapter: Chapter) -> list[blocks.Block | None]:
    """One unit: who leads it, its plan, what it kept and what is late."""
    counts, plan = chapter.counts, chapter.plan
    done = [row for row in chapter.rows if row.state == "done"]
    late = promises.not_done(frame, chapter.rows)
    held = _held(frame, chapter)
    name = str(chapter.unit)
    summary = _(
        "Commitments: %(total)s; done: %(done)s; late: %(late)s. Meetings held: %(held)s."
    ) % {
        "total": number(counts["total"]),
        "done": number(counts["done"]),
        "late": number(counts["late"]),
        "held": number(held),
    }
    report = chapter.report
    return [
        blocks.heading(name, key=f"unit-{chapter.unit.pk}"),
        blocks.facts(
            [
                *bodies.cover_facts(chapter.mandates),
                (_("Work plan"), plan.title if plan else _("no plan was approved")),
                (_("Term report"), frame.url(report.get_absolute_url()) if report else ""),
            ]
        ),
        blocks.words(summary),
        *_short(frame, chapter, done, _("What %(unit)s did") % {"unit": name}, "done"),
        *_short(frame, chapter, late, _("What %(unit)s still owes") % {"unit": name}, "not-done"),
    ]


def _short(
    frame: Frame, chapter: Chapter, rows: list[Commitment], caption: str, key: str
) -> list[blocks.Block | None]:
    """The first rows, and where the others are."""
    shown = promises.table(frame, rows[:_SHORT], caption, lead="", key=f"units-{key}")
    if shown is not None:
        sheet = _("Units, done") if key == "done" else _("Units, not done")
        shown.update(lead=[_("Unit"), str(chapter.unit)], sheet=sheet)
    more = len(rows) - _SHORT
    if more <= 0:
        return [shown]
    told = ngettext(
        "%(count)d more is in the workbook of this report.",
        "%(count)d more are in the workbook of this report.",
        more,
    )
    return [shown, blocks.note(told % {"count": more})]


def _members(
    frame: Frame, members: Sequence[Organisation], moves: Moves
) -> list[blocks.Block | None]:
    """How many, where, who came and who went."""
    by_country: dict[str, list[Organisation]] = defaultdict(list)
    for organisation in members:
        by_country[organisation.country].append(organisation)
    placed = points_of(members)
    told = "; ".join(
        f"{country_name(code)}: {len(found)}"
        for code, found in sorted(by_country.items(), key=lambda pair: -len(pair[1]))
        if code
    )
    count = len(members)
    summary = ngettext(
        "On %(day)s the network had %(count)s member.",
        "On %(day)s the network had %(count)s members.",
        count,
    ) % {"day": day(frame.last_day), "count": number(count)}
    alt = _("Map of the members. %(told)s.") % {"told": told}
    rows = [
        blocks.row(
            code or "-",
            blocks.cell(
                country_name(code) or "–", url=frame.listed("network:directory", country=code)
            ),
            blocks.cell(number(len(found)), len(found)),
            _number(sum(one.kind == Kind.CITY for one in found)),
            _number(sum(one.population or 0 for one in found if one.kind == Kind.CITY)),
        )
        for code, found in sorted(by_country.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    columns = [
        blocks.column(_("Country"), share=4),
        blocks.column(_("Members"), kind="number"),
        blocks.column(_("Cities"), kind="number"),
        blocks.column(_("Inhabitants"), kind="number", share=3),
    ]
    drawing = (
        blocks.picture(
            "map",
            map_svg(placed, bodies.near(placed), (), alt),
            alt=alt,
            caption=_("Where the members are"),
        )
        if placed
        else None
    )
    return [
        blocks.words(summary),
        drawing,
        blocks.table("countries", _("Members by country"), columns, rows),
        *_came_and_went(frame, moves),
    ]


def _number(value: int) -> blocks.Cell:
    return blocks.cell(number(value), value)


def _came_and_went(frame: Frame, moves: Moves) -> list[blocks.Block | None]:
    found = [
        _moved(
            frame,
            "admitted",
            _("Admitted in the term"),
            [(m.pk, m.organisation, m.starts_on, None, m.admitted_by) for m in moves.admitted],
        ),
        _moved(
            frame,
            "left",
            _("Left in the term"),
            [(m.pk, m.organisation, m.ends_on, None, m.left_by) for m in moves.left],
        ),
        _moved(
            frame,
            "suspended",
            _("Suspended in the term"),
            [
                (one.pk, one.member.organisation, one.starts_on, one.ends_on, one.decided_by)
                for one in moves.suspended
            ],
        ),
    ]
    if not any(found):
        return [blocks.note(_("Nobody was admitted and nobody left while the term ran."))]
    return found


_Moved = tuple[int, Organisation, date | None, date | None, Act | None]


def _moved(frame: Frame, key: str, title: str, rows: Sequence[_Moved]) -> blocks.Block | None:
    """Organisations with the day of their move; for members also the document behind it."""
    shows_until = any(until for _pk, _one, _on, until, _act in rows)
    shows_act = frame.reader.is_member
    return blocks.table(
        key,
        title,
        [
            blocks.column(_("Organisation"), share=5),
            blocks.column(_("Country"), share=3),
            blocks.column(_("On"), kind="date", share=3),
            *([blocks.column(_("Until"), kind="date", share=3)] if shows_until else []),
            *([blocks.column(_("Document"), share=4)] if shows_act else []),
        ],
        [
            blocks.row(
                pk,
                blocks.cell(one.name, url=frame.url(one.get_absolute_url())),
                blocks.cell(country_name(one.country)),
                blocks.cell(day(on, "medium"), on),
                *([blocks.cell(day(until, "medium") or "–", until)] if shows_until else []),
                *([blocks.cell(act or "–")] if shows_act else []),
            )
            for pk, one, on, until, act in rows
        ],
    )


def _members_table(frame: Frame, members: Sequence[Organisation]) -> blocks.Block | None:
    since = dict(
        Member.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=frame.last_day),
            starts_on__lte=frame.last_day,
        ).values_list("organisation_id", "starts_on")
    )
    return blocks.table(
        "members",
        _("Members of the network"),
        [
            blocks.column(_("Name"), share=5),
            blocks.column(_("Kind"), share=3),
            blocks.column(_("Country"), share=2),
            blocks.column(_("Inhabitants"), kind="number", share=2),
            blocks.column(_("Member since"), kind="date", share=2),
        ],
        [
            blocks.row(
                one.pk,
                blocks.cell(one.name, url=frame.url(one.get_absolute_url())),
                blocks.cell(capfirst(one.get_kind_display())),
                blocks.cell(country_name(one.country)),
                blocks.cell(number(one.population) or "–", one.population),
                blocks.cell(day(since.get(one.pk), "medium"), since.get(one.pk)),
            )
            for one in members
        ],
    )
