"""Units, terms, mandates and accounts of the demonstration fit together."""

from collections import Counter
from datetime import date, timedelta

import pytest

from mutirao.demonstration.data import read, when
from mutirao.network.states import SINGLE_OFFICES, Kind, Office, Role, UnitKind

LOADING_DAYS = [date(2026, 11, 23), date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)]


def organisations() -> set[str]:
    return {record["slug"] for record in read("cities") + read("agencies") + read("others")}


def test_units_are_twenty_with_parents_before_children():
    seen: set[str | None] = {None}
    for unit in read("units"):
        assert unit["parent"] in seen
        assert unit["kind"] in UnitKind.values
        seen.add(unit["slug"])
    assert len(seen) - 1 == 20 == len(read("units"))


def test_units_include_every_kind():
    assert {unit["kind"] for unit in read("units")} == set(UnitKind.values)


@pytest.mark.parametrize("today", LOADING_DAYS)
def test_terms_follow_the_loading_day_without_overlap(today):
    oldest, previous, current = (when.term(record, today) for record in read("terms"))
    assert oldest == ("2018", date(2018, 1, 1), date(2018, 12, 31))
    assert oldest[2] < previous[1]
    assert previous[2] + timedelta(days=1) == current[1]
    assert current[1] <= today <= current[2]
    assert current[2] >= today + timedelta(days=115)
    assert len({oldest[0], previous[0], current[0]}) == 3


def test_terms_loaded_in_november_2026_are_2025_and_2026():
    codes = [when.term(record, date(2026, 11, 23))[0] for record in read("terms")]
    assert codes == ["2018", "2025", "2026"]


def test_mandates_name_known_units_terms_and_organisations():
    units = {unit["slug"] for unit in read("units")}
    terms = {term["key"] for term in read("terms")}
    for mandate in read("mandates"):
        assert mandate["unit"] in units
        assert mandate["term"] in terms
        assert mandate["organisation"] in organisations()
        assert mandate["office"] in Office.values


def test_mandates_give_a_single_office_to_one_holder():
    held = Counter(
        (mandate["term"], mandate["unit"], mandate["office"])
        for mandate in read("mandates")
        if mandate["office"] in SINGLE_OFFICES
    )
    assert [office for office, times in held.items() if times > 1] == []


def test_mandates_of_the_current_term_lead_every_unit():
    led = {
        mandate["unit"]
        for mandate in read("mandates")
        if mandate["term"] == "current" and mandate["office"] in SINGLE_OFFICES
    }
    assert led == {unit["slug"] for unit in read("units")}


def test_mandates_state_one_fact_and_samples():
    facts = [mandate for mandate in read("mandates") if not mandate["sample"]]
    assert facts == [
        {
            "term": "2018",
            "unit": "vp-innovation-governance",
            "office": "vice_president",
            "organisation": "santana-de-parnaiba",
            "sample": False,
        }
    ]


def test_accounts_act_for_known_organisations_in_known_roles():
    kinds = {record["slug"]: record["kind"] for record in read("agencies") + read("others")}
    for account in read("accounts"):
        assert account["email"] == f"{account['key']}@demo.mutirao.example"
        assert account["organisation"] in organisations() | {None}
        assert (account["organisation"] is None) == (account["role"] is None)
        if account["role"] == Role.SECRETARIAT:
            assert kinds[account["organisation"]] == Kind.NETWORK


def test_accounts_offer_every_role_at_first_sight():
    featured = {account["role"] for account in read("accounts") if account["featured"]}
    assert featured == {*Role.values, None}


def test_accounts_of_a_unit_belong_to_a_holder_of_its_current_mandate():
    holders = {
        (mandate["unit"], mandate["organisation"])
        for mandate in read("mandates")
        if mandate["term"] == "current"
    }
    led = [a for a in read("accounts") if a["unit"] and a["role"] != Role.SECRETARIAT]
    assert len(led) >= 6
    assert all((account["unit"], account["organisation"]) in holders for account in led)


def test_current_term_covers_the_current_plans_whenever_they_are_loaded():
    current = next(record for record in read("terms") if record["key"] == "current")
    plans = [plan for plan in read("plans") if plan["term"] == "current"]
    offsets = [day for plan in plans for day in plan["dates"].values() if day is not None]
    offsets += [
        commitment["due"]
        for plan in plans
        for activity in plan["activities"]
        for commitment in activity["commitments"]
    ]
    for passed in range(366):
        today = date(2027, 1, 1) + timedelta(days=passed)
        _, start, end = when.term(current, today)
        assert start <= when.day(min(offsets), today)
        assert when.day(max(offsets), today) <= end
