"""Histories, discussions, citizens' comments, moderation."""

from __future__ import annotations

from .base import (
    ALL,
    LEADING,
    MEMBERS,
    NOBODY,
    SECRETARIAT,
    SERVING,
    SIGNED_IN,
    WRITING_MEMBERS,
    Area,
    Row,
)

_SAY = {"text": "Boa ideia.", "key": "{key}", "language": "pt"}
_PLAN = "{plan_approved.get_absolute_url}"
_PUBLIC, _WAITS = "a public comment", "a citizen's comment"
_HISTORY = "/en/discussions/history"
_DECIDE = "/en/discussions/moderation/decide/"
# Signed in, acting for nobody: a citizen, and whoever's membership has ended.
CITIZENS = SIGNED_IN - MEMBERS
SPEAKING = WRITING_MEMBERS | CITIZENS

AREAS = [
    Area(
        "Histories",
        "One rule for every kind of record: members who see it. A former text is taken back by who"
        " may edit that text.",
        [
            Row("read the history", "an organisation", MEMBERS,
                f"{_HISTORY}/network/organisation/{{city.pk}}/"),
            Row("read the history", "a unit", MEMBERS, f"{_HISTORY}/network/unit/{{unit.pk}}/"),
            Row("read the history", "a term", MEMBERS, f"{_HISTORY}/network/term/{{term.pk}}/"),
            Row("read the history", "an event: public", MEMBERS,
                f"{_HISTORY}/meetings/event/{{event_public.pk}}/"),
            Row("read the history", _PUBLIC, MEMBERS,
                f"{_HISTORY}/discussions/comment/{{said_to_all.pk}}/"),
            Row("take it along as CSV", "a unit", MEMBERS,
                f"{_HISTORY}/network/unit/{{unit.pk}}/?format=csv"),
            Row("take a former text back", "a plan: draft", LEADING,
                f"{_HISTORY}/plans/plan/{{plan_draft.pk}}/restore/0/{{former_title.pk}}/title/",
                {"seen": "{former_title.seen}"}),
            Row("take another plan's text back", "a plan: returned", NOBODY,
                f"{_HISTORY}/plans/plan/{{plan_returned.pk}}/restore/0/{{former_title.pk}}/title/",
                {"seen": "{former_title.seen}"}),
        ],
    ),
    Area(
        "Discussions",
        "On a plan in force of a unit that admits citizens' comments after moderation.",
        [
            Row("read what is said to everyone", _PUBLIC, ALL, _PLAN, shows="{said_to_all.text}"),
            Row("read what members say", "a member's comment", MEMBERS, _PLAN,
                shows="{said_inside.text}"),
            Row("follow the permanent address", _PUBLIC, ALL,
                "/en/discussions/{said_to_all.pk}/", status=302),
            Row("follow the permanent address", "a member's comment", MEMBERS,
                "/en/discussions/{said_inside.pk}/", status=302),
            Row("comment", "a plan in force", SPEAKING,
                "/en/discussions/plans/plan/{plan_approved.pk}/", _SAY),
            Row("comment", "a plan: draft", SERVING,
                "/en/discussions/plans/plan/{plan_draft.pk}/", _SAY),
            Row("comment where citizens are not admitted", "a public commitment", WRITING_MEMBERS,
                "/en/discussions/commitments/commitment/{commitment_public.pk}/", _SAY),
            Row("comment", "an organisation", WRITING_MEMBERS,
                "/en/discussions/network/organisation/{city.pk}/", _SAY),
            Row("answer", _PUBLIC, SPEAKING, "/en/discussions/{said_to_all.pk}/answer/", _SAY),
            Row("answer", "a member's comment", WRITING_MEMBERS,
                "/en/discussions/{said_inside.pk}/answer/", _SAY),
            Row("edit another's", _PUBLIC, NOBODY, "/en/discussions/{said_to_all.pk}/edit/",
                {"text": "Forged", "version": "1"}),
            Row("delete another's", _PUBLIC, SECRETARIAT,
                "/en/discussions/{said_to_all.pk}/delete/", {}),
            Row("report", _PUBLIC, SIGNED_IN, "/en/discussions/{said_to_all.pk}/report/",
                {"ground": "spam"}),
            Row("report", "a member's comment", MEMBERS, "/en/discussions/{said_inside.pk}/report/",
                {"ground": "spam"}),
            Row("look up names to mention", "a plan in force", WRITING_MEMBERS,
                "/en/discussions/suggest/plans/plan/{plan_approved.pk}/?q=officer"),
        ],
    ),
    Area(
        "Moderation",
        "By who leads the unit and the secretariat; nobody judges their own words.",
        [
            Row("read what waits", _WAITS, LEADING, _PLAN, shows="{said_by_citizen.text}"),
            Row("open the desk", "what one looks after", LEADING | {"other_coordinator"},
                "/en/discussions/moderation/"),
            Row("find it on the desk", _WAITS, LEADING, "/en/discussions/moderation/",
                shows="{said_by_citizen.text}"),
            Row("publish", _WAITS, LEADING, _DECIDE,
                {"verb": "approve", "comment": "{said_by_citizen.pk}"}),
            Row("refuse", _WAITS, LEADING, _DECIDE,
                {"verb": "refuse", "comment": "{said_by_citizen.pk}", "reason": "Off topic."}),
            Row("hide", _PUBLIC, LEADING, _DECIDE,
                {"verb": "hide", "comment": "{said_to_all.pk}", "reason": "Insult."}),
            Row("close the discussion", "a plan in force", LEADING,
                "/en/discussions/close/plans/plan/{plan_approved.pk}/", {"reason": "Settled."}),
            Row("say whether citizens may comment", "a unit", LEADING,
                "/en/discussions/citizens/{unit_approved.pk}/", {"admits": "at_once"}),
            Row("bar from commenting", "a citizen", SECRETARIAT,
                "/en/discussions/moderation/bar/{said_by_citizen.pk}/",
                {"until": "2026-12-31", "reason": "Insults."}),
            Row("lift a bar", "a citizen", SECRETARIAT,
                "/en/discussions/moderation/bar/{bar.pk}/lift/", {}),
        ],
    ),
]  # fmt: skip
