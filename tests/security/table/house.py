"""Plans, documents, commitments, calendar, the network's records, one's own place."""

from __future__ import annotations

from .base import (
    ALL,
    DECIDING,
    JUDGING,
    LEADING,
    MEMBERS,
    NOBODY,
    OWNING,
    SECRETARIAT,
    SERVING,
    SIGNED_IN,
    WORKING,
    WRITING_MEMBERS,
    Area,
    Row,
)


def _plan_pages(name: str, record: str, seeing: frozenset[str]) -> list[Row]:
    at = f"/en/plans/{{plan_{name}.pk}}"
    history = seeing & MEMBERS
    return [
        Row("see the page", record, seeing, f"{{plan_{name}.get_absolute_url}}"),
        Row("take the PDF", record, seeing, f"{at}/paper.pdf"),
        Row("take the .docx", record, seeing, f"{at}/paper.docx"),
        Row("read the history", record, history,
            f"/en/discussions/history/plans/plan/{{plan_{name}.pk}}/"),
        Row("find it in the list", record, seeing, "/en/plans/", shows=f"{{plan_{name}.title}}"),
        Row("find it in the list (HTMX)", record, seeing, "/en/plans/", htmx=True,
            shows=f"{{plan_{name}.title}}"),
        Row("take the list as CSV", record, seeing, "/en/plans/?format=csv",
            shows=f"{{plan_{name}.title}}"),
        Row("follow its persistent link", record, seeing, f"/id/plan/{{plan_{name}.pk}}",
            status=302),
    ]  # fmt: skip


def _moves() -> list[Row]:
    moves = (
        ("submit", "draft", DECIDING),
        ("submit", "returned", DECIDING),
        ("withdraw", "submitted", DECIDING),
        ("approve", "submitted", JUDGING),
        ("return", "submitted", JUDGING),
        ("start", "approved", DECIDING),
        ("close", "in_progress", DECIDING),
        ("reopen", "closed", SECRETARIAT),
        # a way that does not exist is nobody's
        ("approve", "draft", NOBODY),
        ("start", "draft", NOBODY),
        ("reopen", "in_progress", NOBODY),
    )
    return [
        Row(
            f"{verb}",
            f"a plan: {state.replace('_', ' ')}",
            allowed,
            f"/en/plans/{{plan_{state}.pk}}/moves/{verb}/",
            # A unit has one plan in force: here the submitted one takes its place.
            {"remark": "Please say who.", "replacing": "{plan_in_progress.pk}"},
        )
        for verb, state, allowed in moves
    ]


_AXIS = {"kind": "action", "number": "IX", "text": "A forged axis"}
_ACTIVITY = {"number": "9", "title": "Forged", "text": "A forged activity"}
_ENTRY = {"title": "Forged", "starts_on": "2026-09-01", "role": "promotes", "place": "Quito"}


def _new_plan(unit: str, term: str, by: str) -> dict[str, str]:
    return {"unit": f"{{{unit}}}", "term": f"{{{term}}}", "presented_by": f"{{{by}}}",
            "title": "Forged", "language": "pt"}  # fmt: skip


def _proposals() -> list[Row]:
    """Plans to stand with: of an office that leads, in the window, by one's own member city."""
    record, next_term = "a new plan for a unit of the coming term", "assembly_announced.term_id"
    return [
        Row(what, record, allowed, "/en/plans/new/", _new_plan(f"{unit}.unit_id", next_term, by))
        for what, allowed, unit, by in (
            ("begin one as the leading city", LEADING, "election_announced", "city.pk"),
            ("begin one as another member city", OWNING, "election_announced", "owner_city.pk"),
            ("begin one where candidacies are closed", SECRETARIAT, "election_secret", "city.pk"),
        )
    ]


_PROMISE = {"title": "Forged promise", "owner": "{owner_city.pk}"}
_VERSION = {"version": "1"}


def _writing(state: str, words: frozenset[str], follow: frozenset[str]) -> list[Row]:
    """Every form of the workbench on a plan in `state`."""
    record = f"a plan: {state.replace('_', ' ')}"
    plan = f"/en/plans/{{plan_{state}.pk}}"
    axis, activity = (f"/en/plans/{kind}/{{{one}_{state}.pk}}" for kind, one in
                      (("axes", "axis"), ("activities", "activity")))  # fmt: skip
    return [
        Row("open the workbench", record, follow, f"{plan}/edit/"),
        Row("open a form in part (HTMX)", record, words, f"{plan}/axes/new/", htmx=True),
        Row("change the words", record, words, f"{plan}/words/",
            {**_VERSION, "title": "Forged", "language": "pt", "introduction": ""}),
        Row("delete it", record, words if state == "empty" else NOBODY, f"{plan}/delete/", {}),
        Row("add an axis", record, words, f"{plan}/axes/new/", _AXIS),
        Row("change an axis", record, words, f"{axis}/edit/", {**_VERSION, **_AXIS}),
        Row("move an axis", record, words, f"{axis}/shift/", {"step": "up"}, effect="done"),
        Row("delete an axis", record, words, f"{axis}/delete/", {}),
        Row("add an activity", record, words, f"{plan}/activities/new/", _ACTIVITY),
        Row("change an activity", record, words, f"{activity}/edit/", {**_VERSION, **_ACTIVITY}),
        Row("move an activity", record, words, f"{activity}/shift/", {"step": "up"}, effect="done"),
        Row("tag an activity", record, follow, f"{activity}/tags/",
            {**_VERSION, "units": "{other_unit.pk}"}),
        Row("promise something", record, follow, f"{activity}/commitments/new/", _PROMISE),
        Row("add a calendar entry", record, follow, f"{plan}/events/new/", _ENTRY),
    ]  # fmt: skip


def _commitment(name: str, record: str, **who: frozenset[str]) -> list[Row]:
    at = f"/en/commitments/{{commitment_{name}.pk}}"
    see, change, work = who["see"], who["change"], who["work"]
    comment = see & WRITING_MEMBERS
    form = {**_VERSION, "title": "Forged", "owner": "{owner_city.pk}", "due_on": "2026-12-01",
            "visibility": "members"}  # fmt: skip
    step, evidence = (f"{at}/{kind}/{{{one}_{name}.pk}}" for kind, one in
                      (("steps", "step"), ("evidence", "evidence")))  # fmt: skip
    return [
        Row("see the page", record, see, f"{at}/"),
        Row("read the history", record, see & MEMBERS,
            f"/en/discussions/history/commitments/commitment/{{commitment_{name}.pk}}/"),
        Row("find it in the list", record, see, "/en/commitments/?by=list",
            shows=f"{{commitment_{name}.title}}"),
        Row("find it in the list (HTMX)", record, see, "/en/commitments/?by=list", htmx=True,
            shows=f"{{commitment_{name}.title}}"),
        Row("take the list as JSON", record, see, "/en/commitments/?format=json",
            shows=f"{{commitment_{name}.title}}"),
        Row("follow its persistent link", record, see, f"/id/commitment/{{commitment_{name}.pk}}",
            status=302),
        Row("open its form", record, change, f"{at}/edit/"),
        Row("change it", record, change, f"{at}/edit/", form),
        Row("start it", record, work, f"{at}/move/", {"to": "in_progress"}),
        Row("say it is done", record, work, f"{at}/move/", {"to": "done"}),
        Row("cancel it", record, work, f"{at}/move/", {"to": "cancelled", "reason": "No means"}),
        Row("add a step", record, work, f"{at}/steps/add/", {"text": "Forged"}),
        Row("tick a step", record, work, f"{step}/tick/", {"done": "1"}),
        Row("tick a step (HTMX)", record, work, f"{step}/tick/", {"done": "1"}, htmx=True),
        Row("reword a step", record, work, f"{step}/edit/", {"text": "Forged"}),
        Row("delete a step", record, work, f"{step}/delete/", {}),
        Row("add evidence", record, work, f"{at}/evidence/add/",
            {"title": "Forged", "url": "https://city.example/forged"}),
        Row("download evidence", record, see, f"{evidence}/file/"),
        Row("delete evidence", record, work, f"{evidence}/delete/", {}),
        Row("comment", record, comment, f"/en/discussions/commitments/commitment/"
            f"{{commitment_{name}.pk}}/", {"text": "Hello", "key": "{key}"}),
    ]  # fmt: skip


_EVENT = {"title": "Forged", "language": "pt", "role": "promotes", "visibility": "public",
          "starts_on": "2026-09-01", "time_zone": "America/Montevideo"}  # fmt: skip


def _event(name: str, record: str, see: frozenset[str], edit: frozenset[str]) -> list[Row]:
    at, event = f"/en/calendar/{{event_{name}.pk}}", f"event_{name}"
    unit = "" if name in ("members", "draft") else f"{{{event}.unit_id}}"
    form = {**_VERSION, **_EVENT, "organisation": f"{{{event}.organisation_id}}", "unit": unit}
    listed = "/en/calendar/?view=list&when=all"
    return [
        Row("see the page", record, see, f"{{{event}.get_absolute_url}}"),
        Row("find it in the calendar", record, see, listed, shows=f"{{{event}.title}}"),
        Row("find it in the calendar (HTMX)", record, see, listed, htmx=True,
            shows=f"{{{event}.title}}"),
        Row("take the list as CSV", record, see, f"{listed}&format=csv",
            shows=f"{{{event}.title}}"),
        Row("take its .ics", record, see, f"/calendar/events/{{{event}.uid}}.ics"),
        Row("follow its persistent link", record, see, f"/id/event/{{{event}.pk}}", status=302),
        Row("open its form", record, edit, f"{at}/edit/"),
        Row("change it", record, edit, f"{at}/edit/", form),
        Row("cancel it", record, edit, f"{at}/cancel/", _VERSION),
    ]  # fmt: skip


def _feeds() -> list[Row]:
    rows = []
    for name, record, network, unit in (
        ("public", "a public event of the unit", ALL, ALL),
        ("of_draft_plan", "an event of a draft plan", NOBODY, NOBODY),
        ("members", "a members' event", NOBODY, NOBODY),
        ("draft", "a draft event", NOBODY, NOBODY),
    ):
        shows = f"{{event_{name}.title}}"
        rows += [
            Row("read it in the network's feed", record, network, "/calendar/network.ics",
                shows=shows),
            Row("read it in the unit's feed", record, unit, "/calendar/units/{unit.slug}.ics",
                shows=shows),
        ]  # fmt: skip
    return rows


def _manage() -> list[Row]:
    record, at = "the network's records", "/en/network/manage"
    city = {"kind": "city", "name": "Forged", "country": "BR"}
    unit = {"kind": "commission", "name_pt": "Forjada", "name_es": "Forjada", "name_en": "Forged"}
    mandate = {"organisation": "{city.pk}", "office": "member", "term": "{term.pk}"}
    person = {"email": "forged@city.example", "name": "Forged", "language": "pt",
              "role": "secretariat", "starts_on": "2026-06-01"}  # fmt: skip
    return [
        Row("open the overview", record, SECRETARIAT, f"{at}/"),
        Row("take every organisation as CSV", record, SECRETARIAT, f"{at}/?format=csv"),
        Row("see who acts for a city", record, SECRETARIAT, f"{at}/organisations/{{city.pk}}/"),
        Row("create an organisation", record, SECRETARIAT, f"{at}/organisations/new/", city),
        Row("change an organisation", record, SECRETARIAT, f"{at}/organisations/{{city.pk}}/",
            city),
        Row("admit a member", record, SECRETARIAT, f"{at}/organisations/{{newcomer.pk}}/admit/",
            {"starts_on": "2026-06-01"}),
        Row("link an agency", record, SECRETARIAT, f"{at}/organisations/{{city.pk}}/link/",
            {"partner": "{agency.pk}"}),
        Row("let a person act for a city", record, SECRETARIAT,
            f"{at}/organisations/{{city.pk}}/people/", person),
        Row("create a unit", record, SECRETARIAT, f"{at}/units/new/", unit),
        Row("change a unit", record, SECRETARIAT, f"{at}/units/{{unit.pk}}/", unit),
        Row("give a mandate", record, SECRETARIAT, f"{at}/units/{{other_unit.pk}}/mandates/",
            mandate),
        Row("open a term", record, SECRETARIAT, f"{at}/terms/new/",
            {"code": "2031", "starts_on": "2031-01-01", "ends_on": "2031-12-31"}),
    ]  # fmt: skip


def _documents() -> list[Row]:
    """A document of the leading city, on its way in. Observers of that city do not see it."""
    city = LEADING
    at, record = "/en/plans/import/{document.key}", "a document the leading city brought in"
    typed = {"version": "{document.version}", "head-title": "Forged", "page": "p"}
    accept = {**typed, "do": "accept-all", "head-unit": "{unit.pk}", "head-term": "{term.pk}",
              "head-presented_by": "{city.pk}", "head-language": "pt"}  # fmt: skip
    return [
        Row("open the upload page", "any document", WRITING_MEMBERS, "/en/plans/import/"),
        Row("upload", "any document", WRITING_MEMBERS, "/en/plans/import/",
            {"sample": "{sample}"}),
        Row("open its review", record, city, f"{at}/"),
        Row("save while typing", record, city, f"{at}/save/", typed),
        Row("change it by a button", record, city, f"{at}/", {**typed, "do": "add-activity"}),
        Row("accept it as a plan", record, city, f"{at}/", accept),
        Row("discard it", record, city, f"{at}/discard/", {}),
        Row("have it read again", "one that could not be read", city,
            "/en/plans/import/{document_failed.key}/read/", {}),
        Row("download it", record, city, "/en/intake/{document.key}/document/"),
        Row("download it from the plan", "the plan made of it: draft", SERVING,
            "/en/plans/{plan_draft.pk}/document/"),
        Row("download it from the plan", "the plan made of it: in progress", SERVING,
            "/en/plans/{plan_in_progress.pk}/document/"),
    ]  # fmt: skip


DRAFT_SEEN = SERVING
AREAS: list[Area] = [
    Area(
        "Reading plans",
        "A plan is seen by those who serve its unit in its term and by the secretariat; once "
        "submitted by the executive board too; once approved by everyone. A city whose mandate "
        "has ended no longer sees a draft, not even one that it presented itself.",
        [
            *_plan_pages("draft", "a plan: draft", DRAFT_SEEN),
            *_plan_pages("inherited", "a draft presented before the mandate ended", DRAFT_SEEN),
            *_plan_pages("submitted", "a plan: submitted", DRAFT_SEEN | {"board"}),
            *_plan_pages("in_progress", "a plan: in progress", ALL),
        ],
    ),
    Area(
        "Writing plans",
        "The words are written by the people of the city that leads the unit, while the plan is "
        "a draft or returned. What follows the work (tags, responsibles, promises, calendar) is "
        "theirs until the plan is closed. While candidacies for a unit's coordination come in (one "
        "assembly's window is open here), whoever writes for a member city may also begin the plan "
        "it stands with, for that unit and term and as its own city.",
        [
            Row("open the form", "a new plan", WRITING_MEMBERS, "/en/plans/new/"),
            Row("begin one for the unit", "a new plan", LEADING, "/en/plans/new/",
                _new_plan("unit.pk", "term.pk", "city.pk")),
            *_proposals(),
            *_writing("draft", LEADING, LEADING),
            *[row for row in _writing("empty", LEADING, LEADING) if row.what == "delete it"],
            *_writing("submitted", NOBODY, NOBODY),
            *_writing("in_progress", NOBODY, LEADING),
            *_writing("closed", NOBODY, NOBODY),
        ],
    ),
    Area(
        "Moving plans on",
        "The leading city's deciding roles hand a plan in; the executive board, other than for "
        "its own plans, or the secretariat decides on it.",
        _moves(),
    ),
    Area(
        "Documents on their way in",
        "They hold contacts, which are never published. Who may begin a plan may bring one in: "
        "those who lead a unit and, while candidacies come in (as here), whoever writes for a "
        "member city. What was brought in stays with the city that did.",
        _documents(),
    ),
    Area(
        "Commitments",
        "The owner works on what it owes; the city that leads the unit also rewords what comes "
        "from its plan. A draft is seen by its owner and by those who serve the unit.",
        [
            *_commitment("draft", "a commitment of a draft plan",
                         see=SERVING | {"owner", "owner_observer"}, change=LEADING, work=WORKING),
            *_commitment("public", "a commitment of a plan in force", see=ALL, change=LEADING,
                         work=WORKING),
            *_commitment("own", "a members' commitment of one city", see=MEMBERS, change=OWNING,
                         work=OWNING),
            # Its writers are those of the members' one: reading is what differs.
            *[row for row in _commitment("own_draft", "a draft commitment of one city",
                                         see=OWNING | {"owner_observer"}, change=OWNING,
                                         work=OWNING) if not row.is_post or row.what == "comment"],
            Row("open the form", "a new commitment of one's own", WRITING_MEMBERS,
                "/en/commitments/new/"),
            Row("make it", "a new commitment of one's own", WRITING_MEMBERS, "/en/commitments/new/",
                {"title": "Forged", "visibility": "members", "language": "pt"}),
            Row("give it to another city", "a commitment of one's own", NOBODY,
                "/en/commitments/{commitment_own.pk}/edit/",
                {**_VERSION, "title": "Forged", "owner": "{city.pk}", "visibility": "members"}),
            Row("delete the owner's comment", "a comment", OWNING,
                "/en/discussions/{comment.pk}/delete/", {}),
        ],
    ),
    Area(
        "Calendar",
        "A unit's calendar is filled by those who serve it today; an event without a unit is its "
        "host's. What comes from a plan is the unit's, whoever presented the plan.",
        [
            *_event("of_draft_plan", "an event of a draft plan", SERVING, SERVING),
            *_event("of_inherited_plan", "an event of a draft presented before the mandate ended",
                    SERVING, SERVING),
            *_event("public", "a public event of the unit", ALL, SERVING),
            *_event("members", "a members' event of one city", MEMBERS, OWNING),
            *_event("draft", "a draft event of one city", OWNING, OWNING),
            Row("take place after all", "a cancelled event of the unit", SERVING,
                "/en/calendar/{event_cancelled.pk}/restore/", _VERSION),
            Row("open the form", "a new event", WRITING_MEMBERS, "/en/calendar/new/"),
            Row("add it for the unit", "a new event", SERVING, "/en/calendar/new/",
                {**_EVENT, "unit": "{unit.pk}", "key": "{key}"}),
            Row("add it for the owner city", "a new event", OWNING, "/en/calendar/new/",
                {**_EVENT, "organisation": "{owner_city.pk}", "key": "{key}"}),
            Row("have a secret calendar address", "one's own", SIGNED_IN,
                "/en/calendar/feeds/renew/", {}, effect="done"),
            *_feeds(),
        ],
    ),
    Area("The network's records", "The technical secretariat keeps them.", _manage()),
    Area(
        "One's own place",
        "",
        [
            Row("open the desk", "one's own", SIGNED_IN, "/en/desk/"),
            Row("open the settings", "one's own", SIGNED_IN, "/en/accounts/settings/"),
            Row("act for the leading city", "a membership", frozenset(
                {"observer", "officer", "focal_point", "coordinator"}), "/en/network/act-for/",
                {"organisation": "{city.pk}"}, effect="done"),
        ],
    ),
]  # fmt: skip
