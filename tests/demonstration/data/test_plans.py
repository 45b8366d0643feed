"""The demonstration's plans, commitments and events: whole, well dated, tagged with real codes."""

import json
from datetime import date, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from mutirao.commitments.states import State as Standing
from mutirao.demonstration.data import read, when
from mutirao.meetings.states import NetworkRole
from mutirao.plans.states import IN_FORCE, AxisKind, State

TODAY = date(2026, 11, 23)
PLANS = {plan["slug"]: plan for plan in read("plans")}
ORGANISATIONS = {r["slug"] for r in read("cities") + read("agencies") + read("others")}
UNITS = {unit["slug"] for unit in read("units")}
ACCOUNTS = {account["key"] for account in read("accounts")}
CITIES = {city["slug"] for city in read("cities")}


def commitments() -> list[tuple[dict, dict]]:
    return [
        (plan, commitment)
        for plan in PLANS.values()
        for activity in plan["activities"]
        for commitment in activity["commitments"]
    ]


def all_events() -> list[dict]:
    return read("events") + [event for plan in PLANS.values() for event in plan["events"]]


def codes(name: str) -> set[str]:
    text = files("mutirao.topics").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return {record["code"] for record in json.loads(text)}


def late(commitment: dict) -> bool:
    still_open = commitment["state"] in (Standing.PLANNED, Standing.IN_PROGRESS)
    return still_open and when.day(commitment["due"], TODAY) < TODAY


def test_plans_name_known_records():
    terms = {term["key"] for term in read("terms")}
    for plan in PLANS.values():
        assert plan["unit"] in UNITS
        assert plan["term"] in terms
        assert plan["presented_by"] in ORGANISATIONS
        assert plan["account"] in ACCOUNTS
        assert plan["language"] in ("pt", "es")


def test_plans_are_presented_by_the_unit_of_that_term():
    leaders = {(m["term"], m["unit"], m["organisation"]) for m in read("mandates")}
    for plan in PLANS.values():
        assert (plan["term"], plan["unit"], plan["presented_by"]) in leaders


def test_plans_are_in_every_state_of_the_demonstration():
    states = [plan["state"] for plan in PLANS.values()]
    assert sorted(states) == sorted(
        [State.CLOSED, *[State.IN_PROGRESS] * 3, State.DRAFT, State.SUBMITTED, State.RETURNED]
    )


def test_plans_in_force_have_been_approved_after_being_submitted():
    for plan in PLANS.values():
        days = {k: when.day(v, TODAY) for k, v in plan["dates"].items() if v is not None}
        if plan["state"] in IN_FORCE:
            assert days["submitted"] < days["approved"] <= TODAY
        assert (plan["state"] == State.CLOSED) == ("closed" in days)
        assert (plan["state"] == State.DRAFT) == ("submitted" not in days)


def test_plan_returned_says_why():
    returned = [plan for plan in PLANS.values() if plan["dates"]["returned"] is not None]
    assert any(plan["state"] == State.RETURNED for plan in returned)
    for plan in returned:
        assert plan["remarks"]
        assert all(remark["account"] in ACCOUNTS for remark in plan["remarks"])


def test_plan_of_2018_holds_the_published_counts_and_days():
    plan = PLANS["innovation-governance-2018"]
    kinds = [axis["kind"] for axis in plan["axes"]]
    assert kinds.count(AxisKind.ACTION) == 7
    assert kinds.count(AxisKind.WORK) == 3
    assert len(plan["activities"]) == 5
    assert [(event["when"]["start"], event["when"]["end"]) for event in plan["events"]] == [
        ("2018-04-16", "2018-04-16"),
        ("2018-04-24", "2018-04-24"),
        ("2018-04-30", "2018-04-30"),
        ("2018-05-03", "2018-05-03"),
        ("2018-06-13", "2018-06-16"),
        ("2018-07-25", "2018-07-25"),
    ]
    assert [event["role"] for event in plan["events"]] == [
        "organises", "organises", "takes_part", "organises", "organises", "takes_part",
    ]  # fmt: skip


def test_activities_serve_axes_of_their_own_plan():
    for plan in PLANS.values():
        axes = {axis["key"] for axis in plan["axes"]}
        assert {axis["kind"] for axis in plan["axes"]} <= set(AxisKind.values)
        for activity in plan["activities"]:
            assert activity["axes"]
            assert set(activity["axes"]) <= axes
            assert set(activity["responsible"]) <= ORGANISATIONS
            assert activity["responsible_unit"] in UNITS | {None}


def test_axes_are_all_served_by_some_activity():
    for plan in PLANS.values():
        served = {key for activity in plan["activities"] for key in activity["axes"]}
        assert served == {axis["key"] for axis in plan["axes"]}


def test_commitments_are_enough_where_plans_are_followed():
    for plan in PLANS.values():
        keys = [c["key"] for owner, c in commitments() if owner is plan]
        assert len(set(keys)) == len(keys)
        assert len(keys) >= (8 if plan["state"] in IN_FORCE else 2)


def test_commitments_stand_in_every_way_and_some_are_late():
    for slug in ("local-economic-development-current", "environment-current", "culture-current"):
        own = [c for plan, c in commitments() if plan["slug"] == slug]
        assert {c["state"] for c in own} == set(Standing.values) - {"carried"}
        assert 1 <= sum(late(c) for c in own) <= 3


@pytest.mark.parametrize("plan,commitment", commitments())
def test_commitment_tells_one_story(plan, commitment):
    done = commitment["state"] == Standing.DONE
    steps = [step["done_on"] for step in commitment["steps"]]
    assert commitment["owner"] in ORGANISATIONS
    assert done == (commitment["done_on"] is not None)
    assert (commitment["state"] == Standing.CANCELLED) == (commitment["cancelled_why"] is not None)
    if done:
        assert None not in steps
        assert commitment["evidence"]
    if commitment["state"] == Standing.PLANNED:
        assert set(steps) <= {None}
    if commitment["state"] == Standing.IN_PROGRESS:
        assert None in steps and any(steps)


@pytest.mark.parametrize("plan,commitment", commitments())
def test_commitment_days_lie_in_the_term_and_the_past_is_past(plan, commitment):
    term = next(record for record in read("terms") if record["key"] == plan["term"])
    _, start, end = when.term(term, TODAY)
    assert start <= when.day(commitment["due"], TODAY) <= end
    past = [s["done_on"] for s in commitment["steps"]] + [commitment["done_on"]]
    past += [item["on"] for item in commitment["comments"] + commitment["evidence"]]
    days = [when.day(value, TODAY) for value in past if value is not None]
    assert all(start <= value <= min(TODAY, end) for value in days)


def test_commitments_planned_are_not_yet_due():
    for plan, commitment in commitments():
        if commitment["state"] == Standing.PLANNED:
            assert when.day(commitment["due"], TODAY) > TODAY, (plan["slug"], commitment["key"])


def test_comments_and_evidence_name_known_accounts_and_links():
    for _, commitment in commitments():
        assert {comment["account"] for comment in commitment["comments"]} <= ACCOUNTS
        for item in commitment["evidence"]:
            assert (item["kind"] == "link") == ("url" in item)
            assert item.get("url", "https://").startswith("https://")


def test_tags_are_codes_of_the_product():
    themes, targets = codes("themes"), codes("targets")
    activities = [activity for plan in PLANS.values() for activity in plan["activities"]]
    for record in read("units") + activities + all_events():
        assert record["themes"] and set(record["themes"]) <= themes
        assert set(record.get("targets", [])) <= targets


def test_events_are_thirty_around_the_loading_day():
    starts = [event["when"]["start"] for event in read("events") if "start" in event["when"]]
    assert len(read("events")) >= 30
    assert min(starts) >= -200 and max(starts) <= 240
    assert sum(start < 0 for start in starts) >= 10
    assert sum(start > 0 for start in starts) >= 10


def test_events_are_of_every_shape():
    events = read("events")
    assert {event["role"] for event in events} == set(NetworkRole.values)
    assert {event["language"] for event in events} == {"pt", "es"}
    assert sum("month" in event["when"] for event in events) >= 3
    assert sum(event["online"] for event in events) >= 3
    assert any(event["when"].get("end", 0) > event["when"].get("start", 0) for event in events)


@pytest.mark.parametrize("event", all_events(), ids=lambda event: event["slug"])
def test_event_has_one_place_and_one_time(event):
    assert event["unit"] in UNITS
    assert ZoneInfo(event["timezone"]).key == event["timezone"]
    assert [bool(event["city"]), bool(event["town"]), event["online"]].count(True) == 1
    assert event["city"] in CITIES | {None}
    assert bool(event["town"]) == bool(event["country"])
    if "month" not in event["when"]:
        start, end = (when.day(event["when"][key], TODAY) for key in ("start", "end"))
        assert start <= end <= start + timedelta(days=7)
        assert event["when"].get("start_time", "") <= event["when"].get("end_time", "")


def test_events_of_a_plan_point_at_its_activities():
    pointing = [event for event in all_events() if event["plan"]]
    assert len(pointing) >= 10
    for event in pointing:
        keys = {activity["key"] for activity in PLANS[event["plan"]]["activities"]}
        assert event["activity"] in keys


def test_event_slugs_are_unique():
    slugs = [event["slug"] for event in all_events()]
    assert len(set(slugs)) == len(slugs)
