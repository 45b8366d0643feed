"""A reading becomes something a person can correct, and nothing of it is lost."""

from __future__ import annotations

from mutirao.plans.review import content as c
from mutirao.plans.review.page import document, ranges
from mutirao.plans.review.steps import step

READING = {
    "language": "es",
    "year": 2026,
    "title": "Plan de trabajo",
    "axes": [
        {"number": "I", "text": "Cooperar", "lines": [3]},
        {"number": "II", "text": "Innovar", "lines": [4]},
    ],
    "work_axes": [{"number": "I", "text": "Formar", "lines": [6]}],
    "activities": [
        {"number": "I", "text": "Encuentro", "lines": [8]},
        {"number": "II", "text": "Guía", "lines": [9, 10]},
    ],
    "events": [
        {
            "start": "2026-04-16",
            "end": None,
            "month": None,
            "date_confirmed": True,
            "title": "Feria",
            "place": "Rosario",
            "country": "AR",
            "description": None,
            "role": "organises",
            "lines": [12],
        }
    ],
    "other": [
        {"kind": "title", "text": "Plan de trabajo", "lines": [1]},
        {"kind": "presentation", "text": "Primero.", "lines": [2]},
        {"kind": "objective", "text": "Crecer juntas", "lines": [5]},
        {"kind": "presentation", "text": "Segundo.", "lines": [7]},
        {"kind": "signature", "text": "Intendencia", "lines": [15]},
    ],
    "not_understood": [{"line": 13, "text": "se adjunta"}, {"line": 14, "text": "el anexo"}],
    "activity_axes": [{"activity": 1, "list": "work_axes", "axis": 0}],
}


def fresh() -> c.Content:
    return c.from_reading(READING)


def part(content: c.Content, identity: str) -> c.Part:
    parts, at = c.find(content, identity)
    return parts[at]


def test_content_joins_presentation_and_takes_objectives_as_axes() -> None:
    content = fresh()
    assert content["head"]["introduction"] == "Primero.\n\nSegundo."
    assert [(axis["id"], axis["kind"], axis["text"]) for axis in content["axes"]] == [
        ("a1", "action", "Cooperar"),
        ("a2", "action", "Innovar"),
        ("a3", "work", "Formar"),
        ("a4", "objective", "Crecer juntas"),
    ]


def test_content_of_equal_numbers_joins_nothing() -> None:
    """Axis I and activity I are two things until a person says otherwise."""
    assert [activity["axes"] for activity in fresh()["activities"]] == [[], []]


def test_content_offers_the_documents_own_grouping() -> None:
    content, _seen = step(fresh(), "group")
    assert part(content, "t2")["axes"] == ["a3"]
    assert part(content, "t1")["axes"] == []


def test_content_never_holds_a_signature() -> None:
    assert "Intendencia" not in str(fresh())


def test_content_puts_a_broken_paragraph_together() -> None:
    found = c.from_reading({"not_understood": [{"line": n, "text": "una frase"} for n in (4, 5)]})
    assert [(line["id"], line["lines"]) for line in found["undecided"]] == [("l4", [4, 5])]


def test_step_up_moves_within_the_same_kind_only() -> None:
    content, seen = step(fresh(), "up-a2")
    assert [axis["id"] for axis in content["axes"]] == ["a2", "a1", "a3", "a4"]
    assert seen == "a2"
    content, _seen = step(content, "up-a3")
    assert [axis["id"] for axis in content["axes"]] == ["a2", "a1", "a3", "a4"]


def test_step_remove_keeps_the_part_and_restore_brings_it_back() -> None:
    removed, _seen = step(fresh(), "remove-e1")
    assert c.kept(removed, "events") == []
    restored, _seen = step(removed, "restore-e1")
    assert c.kept(restored, "events") == c.kept(fresh(), "events")


def test_step_join_puts_text_and_lines_together() -> None:
    content, seen = step(fresh(), "join-t2")
    assert seen == "t1"
    assert part(content, "t1")["text"] == "Encuentro Guía"
    assert part(content, "t1")["lines"] == [8, 9, 10]
    assert [activity["id"] for activity in c.kept(content, "activities")] == ["t1"]


def test_step_join_of_axes_keeps_the_activities_that_served_both() -> None:
    content = fresh()
    part(content, "t1")["axes"] = ["a2"]
    content, _seen = step(content, "join-a2")
    assert part(content, "t1")["axes"] == ["a1"]


def test_step_join_of_the_first_changes_nothing() -> None:
    assert step(fresh(), "join-a1")[0] == fresh()
    assert step(fresh(), "join-a3")[0] == fresh()


def test_step_add_makes_an_empty_part_that_counts_for_nothing() -> None:
    content, seen = step(fresh(), "add-work")
    assert part(content, seen)["kind"] == "work"
    assert c.counts(content) == c.counts(fresh())


def test_step_place_makes_of_each_line_what_was_chosen() -> None:
    content = fresh()
    content["undecided"][0]["choice"] = "activity"
    content["undecided"][1]["choice"] = "introduction"
    content, seen = step(content, "place")
    assert (part(content, seen)["text"], part(content, seen)["lines"]) == ("se adjunta", [13])
    assert content["head"]["introduction"].endswith("Segundo.\n\nel anexo")
    assert c.undecided(content) == []
    assert step(content, "place")[0] == content


def test_step_reopen_takes_the_decision_back() -> None:
    content = fresh()
    for line, choice in zip(content["undecided"], ("event", "introduction"), strict=True):
        line["choice"] = choice
    content, _seen = step(content, "place")
    for identity in ("l13", "l14"):
        content, _seen = step(content, f"reopen-{identity}")
    assert len(c.undecided(content)) == 2
    assert c.counts(content) == c.counts(fresh())
    assert content["head"]["introduction"] == "Primero.\n\nSegundo."


def test_step_unknown_or_forged_changes_nothing() -> None:
    for do in ("", "up-", "up-a99", "remove-head", "add-", "add-plan", "__class__-a1", "join-e1"):
        assert step(fresh(), do)[0] == fresh()


def test_document_marks_every_line_with_what_became_of_it() -> None:
    lines = [{"number": n, "text": f"línea {n}", "page": None} for n in range(1, 16)]
    content, _seen = step(fresh(), "remove-a2")
    looks = {line.number: line.look for line in document(lines, READING, content)}
    assert looks == {
        1: "head", 2: "intro", 3: "action", 4: "out", 5: "objective", 6: "work", 7: "intro",
        8: "activity", 9: "activity", 10: "activity", 11: "", 12: "event", 13: "wait",
        14: "wait", 15: "private",
    }  # fmt: skip


def test_ranges_are_written_as_people_do() -> None:
    assert ranges([5, 3, 4, 9, 9]) == "3–5, 9"
    assert ranges([]) == ""
