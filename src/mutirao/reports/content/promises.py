"""Commitments in a report: tables of what was promised, what is not done and why, what shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from mutirao.commitments import queries as commitments
from mutirao.commitments.models import Commitment, Evidence
from mutirao.commitments.pictures import ring, standing_label
from mutirao.commitments.queries import STANDINGS
from mutirao.commitments.queries.seen import LATE
from mutirao.commitments.states import State
from mutirao.core.papers import blocks
from mutirao.core.templatetags.mutirao import day, number
from mutirao.discussions import queries as discussions
from mutirao.discussions.models import Comment
from mutirao.discussions.states import State as CommentState
from mutirao.plans.models import Activity

from .frame import Frame, share


def of_report(frame: Frame) -> QuerySet[Commitment]:
    """Every commitment of the report's unit (or of the network) in its term that readers see.

    Those of several units come unit by unit; inside, by date.
    """
    found = commitments.visible_to(frame.reader).filter(term=frame.report.term)
    if frame.report.unit_id:
        found = found.filter(unit=frame.report.unit)
    return found.order_by("unit__slug", F("due_on").asc(nulls_last=True), "position", "pk")


def by_activity(rows: Iterable[Commitment]) -> dict[int, list[Commitment]]:
    """Commitments by the activity they come from; 0 holds the others."""
    kind = ContentType.objects.get_for_model(Activity).pk
    found: dict[int, list[Commitment]] = defaultdict(list)
    for row in rows:
        found[(row.source_id or 0) if row.source_type_id == kind else 0].append(row)
    return found


def counted(rows: Iterable[Commitment]) -> dict[str, int]:
    """`commitments.queries.standing_counts` of rows already fetched."""
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row.standing] += 1
    return commitments.counts_from(found.items())


def figures(frame: Frame, counts: dict[str, int]) -> list[blocks.Block]:
    """Total and each standing, with the board that lists exactly these."""
    chosen = {"term": frame.report.term_id, "by": "list"}
    if frame.report.unit_id:
        chosen["unit"] = frame.report.unit_id
    board = "commitments:board"
    made = [
        blocks.figure(
            "commitments",
            counts["total"],
            ngettext("commitment", "commitments", counts["total"]),
            url=frame.listed(board, **chosen),
        )
    ]
    for name in STANDINGS:
        if counts[name] or name == State.DONE:
            url = frame.listed(board, **chosen, state=str(name))
            word = _several(str(name), counts[name])
            made.append(blocks.figure(str(name), counts[name], word, url=url, look=str(name)))
    return made


def _several(standing: str, count: int) -> str:
    """What `count` commitments of this standing are called: languages agree in number."""
    return {
        "done": npgettext("commitments", "done", "done", count),
        "in_progress": npgettext("commitments", "in progress", "in progress", count),
        LATE: npgettext("commitments", "late", "late", count),
        "planned": npgettext("commitments", "planned", "planned", count),
        "carried": npgettext("commitments", "carried over", "carried over", count),
        "cancelled": npgettext("commitments", "cancelled", "cancelled", count),
    }[standing]


def standing(frame: Frame, counts: dict[str, int]) -> list[blocks.Block | None]:
    """The ring, and the table that says the same."""
    if not counts["total"]:
        return [blocks.note(_("No commitment of this term is open to the readers of this report."))]
    parts = ", ".join(
        f"{standing_label(name)}: {number(counts[name])}" for name in STANDINGS if counts[name]
    )
    alt = _("Ring of %(total)s commitments. %(parts)s.") % {
        "total": number(counts["total"]),
        "parts": capfirst(parts),
    }
    rows = [
        blocks.row(
            name,
            blocks.cell(capfirst(standing_label(name)), look=str(name)),
            blocks.cell(number(counts[name]), counts[name]),
            blocks.cell(f"{share(counts[name], counts['total'])} %"),
        )
        for name in STANDINGS
        if counts[name]
    ]
    columns = [
        blocks.column(_("State"), share=4),
        blocks.column(_("Commitments"), kind="number"),
        blocks.column(_("Share"), kind="number"),
    ]
    total = number(counts["total"])
    rows.append(
        blocks.row("total", blocks.cell(_("Total")), blocks.cell(total, counts["total"]),
                   blocks.cell("100 %"))
    )  # fmt: skip
    return [
        blocks.picture(
            "standing",
            ring(counts, alt),
            alt=alt,
            caption=_("How the commitments stand"),
            width=0.62,
        ),
        blocks.table("standing", _("The commitments in figures"), columns, rows, total=True),
    ]


def _title(frame: Frame, row: Commitment) -> blocks.Cell:
    url = frame.url(row.get_absolute_url())
    return blocks.cell(row.title, language=row.language, url=url)


def _state(row: Commitment) -> blocks.Cell:
    return blocks.cell(capfirst(row.standing_label), look=row.standing)


def table(
    frame: Frame, rows: Sequence[Commitment], caption: str, lead: str = "", key: str = "commitments"
) -> blocks.Block | None:
    """Commitments with who, until when and how they stand."""
    return blocks.table(
        key,
        caption,
        [
            blocks.column(_("Commitment"), share=12),
            blocks.column(_("Who"), share=7),
            blocks.column(_("Until"), kind="date", share=6),
            blocks.column(_("State"), share=6),
            blocks.column(_("Progress"), kind="number", share=4),
        ],
        [
            blocks.row(
                row.pk,
                _title(frame, row),
                blocks.cell(row.owner.display),
                blocks.cell(day(row.due_on, "medium") or "–", row.due_on),
                _state(row),
                blocks.cell(f"{row.progress} %", row.progress),
            )
            for row in rows
        ],
        lead=(_("Activity"), lead) if lead else None,
        sheet=_("Commitments"),
    )


def not_done(frame: Frame, rows: Sequence[Commitment]) -> list[Commitment]:
    """What is late, what was given up and, once the term is over, what is still open."""
    over = frame.today > frame.report.term.ends_on
    wanted = {LATE, str(State.CANCELLED)}
    if over:
        wanted |= {str(State.PLANNED), str(State.IN_PROGRESS)}
    return [row for row in rows if row.standing in wanted]


def carried_over(frame: Frame, rows: Sequence[Commitment]) -> list[blocks.Block | None]:
    """What goes on in the next term, and what came from the one before."""
    known = [row.pk for row in rows]
    going = Commitment.objects.filter(continues__in=known).select_related("term", "continues")
    seen = commitments.visible_to(frame.reader)
    came = seen.filter(pk__in=known, continues__isnull=False).select_related("continues__term")
    onward = [
        _from_to(frame, row.continues, row)
        for row in going.filter(pk__in=seen.values("pk")).order_by("continues__due_on", "pk")
        if row.continues
    ]
    back = [_from_to(frame, row, row.continues) for row in came if row.continues]
    columns = [
        blocks.column(_("Commitment"), share=6),
        blocks.column(_("Who"), share=4),
        blocks.column(_("Until"), kind="date", share=3),
        blocks.column(_("Term"), share=2),
    ]
    return [
        blocks.table("carried", _("Carried over to the next term"), columns, onward),
        blocks.table("continued", _("Continued from a former term"), columns, back),
    ]


def _from_to(frame: Frame, row: Commitment, other: Commitment) -> blocks.Block:
    """A commitment with the term of the other one, which leads to it."""
    return blocks.row(
        row.pk,
        _title(frame, row),
        blocks.cell(row.owner.display),
        blocks.cell(day(row.due_on, "medium") or "–", row.due_on),
        blocks.cell(other.term or "–", url=frame.url(other.get_absolute_url())),
    )


def reasons(frame: Frame, rows: Sequence[Commitment]) -> dict[int, blocks.Cell]:
    """The last word of an organisation on each commitment, or its description (one query).

    Only what the report's readers may read in the discussion: not what is for members where they
    are not, nor what a moderator keeps back.
    """
    said = Comment.objects.filter(
        discussions.read_by(frame.reader, False),
        record_type=ContentType.objects.get_for_model(Commitment),
        record_id__in=[row.pk for row in rows],
        state=CommentState.PUBLISHED,
        organisation__isnull=False,
    )
    found = {
        comment.record_id: blocks.cell(
            f"{_short(comment.text)} ({comment.organisation.display})", language=comment.language
        )
        for comment in said.select_related("organisation").order_by("created_at")
        if comment.organisation
    }
    return {
        row.pk: found.get(row.pk)
        or blocks.cell(_short(row.description) or "–", language=row.language)
        for row in rows
    }


def not_done_table(
    frame: Frame, rows: Sequence[Commitment], why: dict[int, blocks.Cell]
) -> blocks.Block | None:
    return blocks.table(
        "not-done",
        _("What is late or was not done"),
        [
            blocks.column(_("Commitment"), share=9),
            blocks.column(_("Who"), share=5),
            blocks.column(_("Until"), kind="date", share=6),
            blocks.column(_("State"), share=5),
            blocks.column(_("What was said of it"), share=10),
        ],
        [
            blocks.row(
                row.pk,
                _title(frame, row),
                blocks.cell(row.owner.display),
                blocks.cell(day(row.due_on, "medium") or "–", row.due_on),
                _state(row),
                why[row.pk],
            )
            for row in rows
        ],
    )


def _short(text: str, length: int = 400) -> str:
    words = " ".join(text.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"


def evidence_table(frame: Frame, rows: Sequence[Commitment]) -> blocks.Block | None:
    """What shows that it was done: links lead there, files to the commitment that holds them."""
    by_pk = {row.pk: row for row in rows}
    shown = Evidence.objects.filter(commitment__in=by_pk).select_related("organisation")
    return blocks.table(
        "evidence",
        _("Evidence of what was done"),
        [
            blocks.column(_("Commitment"), share=5),
            blocks.column(_("What it shows"), share=5),
            blocks.column(_("Brought by"), share=3),
            blocks.column(_("On"), kind="date", share=3),
        ],
        [
            blocks.row(
                item.pk,
                _title(frame, by_pk[item.commitment_id]),
                blocks.cell(item.title, url=_where(frame, item, by_pk[item.commitment_id])),
                blocks.cell(item.organisation.display),
                blocks.cell(day(item.created_at, "medium"), item.created_at.date()),
            )
            for item in shown.order_by("commitment__due_on", "commitment_id", "created_at")
        ],
    )


def _where(frame: Frame, item: Evidence, commitment: Commitment) -> str:
    return item.url or frame.url(commitment.get_absolute_url())


def all_of_them(frame: Frame, rows: Sequence[Commitment]) -> blocks.Block | None:
    """Every commitment of the network, for the workbook: on paper it would fill a book."""
    made = blocks.table(
        "commitments",
        _("Commitments"),
        [
            blocks.column(_("Unit"), share=3),
            blocks.column(_("Commitment"), share=5),
            blocks.column(_("Who"), share=3),
            blocks.column(_("Until"), kind="date"),
            blocks.column(_("State")),
            blocks.column(_("Progress"), kind="number"),
            blocks.column(_("Done on"), kind="date"),
        ],
        [
            blocks.row(
                row.pk,
                blocks.cell(str(row.unit or "")),
                _title(frame, row),
                blocks.cell(row.owner.display),
                blocks.cell(day(row.due_on, "medium"), row.due_on),
                _state(row),
                blocks.cell(f"{row.progress} %", row.progress),
                blocks.cell(day(row.done_on, "medium"), row.done_on),
            )
            for row in rows
        ],
    )
    return blocks.only_in_workbook(made)


def kept_share(counts: dict[str, int]) -> int:
    """Per cent kept of what was not given up."""
    return share(counts["done"], counts["total"] - counts["cancelled"])
