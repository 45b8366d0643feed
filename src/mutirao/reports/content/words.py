"""The parts of a report that are text: what people wrote, and how the figures were counted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mutirao.core.papers import blocks

from ..states import Audience
from .frame import Frame


def introduction(frame: Frame) -> blocks.Block:
    report = frame.report
    text = blocks.words(report.introduction, language=report.language)
    return blocks.section("introduction", _("Introduction"), [text])


def closing(frame: Frame) -> blocks.Block:
    report = frame.report
    text = blocks.words(report.closing, language=report.language)
    return blocks.section("closing", _("Conclusions and recommendations"), [text])


def method(frame: Frame) -> blocks.Block:
    """How the report was made, so that anyone can check it."""
    seen = {
        Audience.PUBLIC: _("It holds what everyone may read on the platform, and nothing else."),
        Audience.MEMBERS: _("It holds what members of the network may read on the platform."),
    }
    return blocks.section(
        "method",
        _("How this report was made"),
        [
            blocks.words(
                _(
                    "Figures, tables and pictures were taken from the records of the platform as "
                    "they stood on %(moment)s; nobody typed them. Introduction and conclusions "
                    "were written by %(author)s."
                )
                % {"moment": frame.moment, "author": frame.report.organisation.name}
            ),
            blocks.words(seen[Audience(frame.audience)]),
            blocks.words(
                _(
                    "A commitment is late when it is open and its date has passed; it is then "
                    "counted as late only. Done means that whoever answers for it said so; the "
                    "evidence stands beside it. A meeting is held when its last day is over."
                )
            ),
            blocks.words(
                _(
                    "Texts keep the language they were written in. The address on the title page "
                    "leads to this edition, its files in each language, and their fingerprints "
                    "(SHA-256)."
                )
            ),
        ],
    )
