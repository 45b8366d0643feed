"""Assemblies, candidacies and votes."""

from __future__ import annotations

from .base import ALL, DECIDING, LEADING, MEMBERS, NOBODY, SECRETARIAT, Area, Row

_AT = "/en/assemblies"
# All of them act for member cities here; whoever binds one may vote, the secretariat never.
VOTERS = frozenset(
    {"focal_point", "coordinator", "sub_coordinator", "other_coordinator", "former", "board",
     "owner", "member"}
)  # fmt: skip
STANDING = VOTERS | {"officer"}
OF_THE_CITY = LEADING - SECRETARIAT
READING_OF_THE_CITY = OF_THE_CITY | {"observer", "secretariat"}
_FORM = {"title": "Forged", "language": "pt", "term": "{assembly_announced.term_id}",
         "held_on": "2026-12-01", "candidacies_from": "2026-11-01",
         "candidacies_until": "2026-11-30", "shown": "at_once", "way": "recorded", "quorum": "0",
         "time_zone": "America/Montevideo"}  # fmt: skip
_WORDS = {"statement": "Forged", "language": "pt"}


def _assembly(name: str, record: str, seeing: frozenset[str]) -> list[Row]:
    at = f"{_AT}/{{assembly_{name}.pk}}/"
    return [
        Row("see the page", record, seeing, at),
        Row("find it in the list", record, seeing, f"{_AT}/", shows=f"{{assembly_{name}.title}}"),
        Row("take the list as CSV", record, seeing, f"{_AT}/?format=csv",
            shows=f"{{assembly_{name}.title}}"),
    ]  # fmt: skip


def _candidacy(name: str, record: str, seeing: frozenset[str]) -> list[Row]:
    at = f"{_AT}/candidacies/{{candidacy_{name}.pk}}/"
    return [Row("read a candidacy", record, seeing, at)]


AREAS: list[Area] = [
    Area(
        "Assemblies and candidacies",
        "The secretariat prepares an assembly; members see it once it is announced, everyone once "
        "it is concluded. A city's candidacy is its own until it is submitted; what it wrote is "
        "for members only.",
        [
            *_assembly("preparing", "an assembly: being prepared", SECRETARIAT),
            *_assembly("announced", "an assembly: announced", MEMBERS),
            *_assembly("concluded", "an assembly: concluded", ALL),
            Row("open an assembly", "a new one", SECRETARIAT, f"{_AT}/new/", _FORM),
            Row("change it", "an assembly: being prepared", SECRETARIAT,
                f"{_AT}/{{assembly_preparing.pk}}/edit/", {**_FORM, "version": "1"}),
            Row("choose the offices", "an assembly: being prepared", SECRETARIAT,
                f"{_AT}/{{assembly_preparing.pk}}/offices/", {"fill-{unit.pk}-coordinator": "on"}),
            Row("announce it", "an assembly: being prepared", SECRETARIAT,
                f"{_AT}/{{assembly_preparing.pk}}/moves/announce/", {}),
            *_candidacy("draft", "of the leading city: draft", READING_OF_THE_CITY),
            *_candidacy("submitted", "of another city: submitted", MEMBERS),
            *_candidacy("refused", "of another city: refused", SECRETARIAT),
            *_candidacy("elected", "of another city: elected", MEMBERS),
            Row("read the candidate's plan", "of another city: submitted", MEMBERS,
                "{candidacy_submitted.plan.get_absolute_url}"),
            Row("stand", "an office of an announced assembly", STANDING,
                f"{_AT}/offices/{{election_free.pk}}/stand/", _WORDS),
            Row("stand", "an office of a concluded assembly", NOBODY,
                f"{_AT}/offices/{{candidacy_elected.election_id}}/stand/", _WORDS),
            Row("change it", "a candidacy of the leading city: draft", OF_THE_CITY,
                f"{_AT}/candidacies/{{candidacy_draft.pk}}/edit/", {**_WORDS, "version": "1"}),
            Row("submit it", "a candidacy of the leading city: draft", DECIDING - SECRETARIAT,
                f"{_AT}/candidacies/{{candidacy_draft.pk}}/moves/submit/", {}),
            Row("withdraw it", "a candidacy of the leading city: submitted",
                DECIDING - SECRETARIAT,
                f"{_AT}/candidacies/{{candidacy_of_city.pk}}/moves/withdraw/", {}),
            Row("refuse it", "a candidacy: submitted", SECRETARIAT,
                f"{_AT}/candidacies/{{candidacy_submitted.pk}}/moves/refuse/", {"reason": "No"}),
            Row("admit it after all", "a candidacy: refused", SECRETARIAT,
                f"{_AT}/candidacies/{{candidacy_refused.pk}}/moves/admit/", {}),
        ],
    ),
    Area(
        "Votes",
        "A member city has one vote, cast by whoever may bind it; the secretariat runs the vote "
        "and has none. Nobody sees a count before the vote closes.",
        [
            Row("open the ballot paper", "a secret vote", VOTERS,
                f"{_AT}/offices/{{election_secret.pk}}/vote/"),
            Row("vote", "a secret vote", VOTERS, f"{_AT}/offices/{{election_secret.pk}}/vote/",
                {"choice": "{choice_secret.pk}", "slip": "{slip}"}, effect="shown"),
            Row("vote", "an open vote", VOTERS, f"{_AT}/offices/{{election_open.pk}}/vote/",
                {"choice": "{choice_open.pk}"}),
            Row("read the ballots", "a secret vote that is open", NOBODY,
                f"{_AT}/offices/{{election_secret.pk}}/ballots/"),
            Row("record the result", "a vote that is open", NOBODY,
                f"{_AT}/offices/{{election_secret.pk}}/result/", {"how": "votes"}),
            Row("record the result", "an office voted on at the assembly", SECRETARIAT,
                f"{_AT}/offices/{{election_announced.pk}}/result/",
                {"how": "acclamation", "elected": "{candidacy_submitted.pk}"}),
            Row("look at the mandates it gives", "a concluded assembly", SECRETARIAT,
                f"{_AT}/{{assembly_concluded.pk}}/mandates/"),
            Row("register the mandates", "a concluded assembly", SECRETARIAT,
                f"{_AT}/{{assembly_concluded.pk}}/mandates/", {}),
        ],
    ),
]  # fmt: skip
