"""Who acts for whom: teams, invitations, requests."""

from __future__ import annotations

from .base import ALL, SECRETARIAT, SIGNED_IN, Area, Row

TEAM = frozenset({"focal_point", "coordinator", "secretariat"})
_PASSWORD = "a sentence of mine"
_LAST = {"last_day": "{today}", "successor": "desk"}
_INVITED = {
    "email": "forged@city.example",
    "name": "Forged",
    "language": "pt",
}


def _team(city: str, record: str, of: str, team: frozenset[str]) -> list[Row]:
    at = f"/en/network/organisations/{{{city}.pk}}/team/"
    colleague, signatory, invitation, request = (
        f"{{{kind}{of}.pk}}" for kind in ("colleague", "signatory", "invitation", "request")
    )
    change = f"/en/network/memberships/{colleague}/change/"
    leave = f"/en/continuity/leave/{colleague}/"
    readers = team | {"officer"} if of == "" else team
    answer = f"/en/network/requests/{request}/"
    return [
        Row("see who acts for it", record, team, at),
        Row("take the list as CSV", record, team, f"{at}?format=csv"),
        Row("open the form of an invitation", record, team, f"{at}invite/"),
        Row("invite an officer", record, team, f"{at}invite/", {**_INVITED, "role": "officer"}),
        Row("invite a signatory", record, SECRETARIAT, f"{at}invite/",
            {**_INVITED, "role": "signatory"}),
        Row("invite to the secretariat's role", record, frozenset(), f"{at}invite/",
            {**_INVITED, "role": "secretariat"}),
        Row("send an invitation again", record, team,
            f"/en/network/invited/{invitation}/again/", {}),
        Row("withdraw an invitation", record, team,
            f"/en/network/invited/{invitation}/withdraw/", {}),
        Row("change a colleague's role", record, team, change, {"role": "observer"}),
        Row("make a colleague signatory", record, SECRETARIAT, change, {"role": "signatory"}),
        Row("change a signatory's role", record, SECRETARIAT,
            f"/en/network/memberships/{signatory}/change/", {"role": "officer"}),
        Row("open the form of a colleague's hand-over", record, team, leave),
        Row("hand over and end a colleague's role", record, team, leave, _LAST),
        Row("end a signatory's role", record, SECRETARIAT,
            f"/en/continuity/leave/{signatory}/", _LAST),
        Row("read the sheet of a hand-over", record, readers,
            f"/en/continuity/handovers/{{handover{of}.pk}}/"),
        Row("take the sheet as PDF", record, readers,
            f"/en/continuity/handovers/{{handover{of}.pk}}/sheet.pdf"),
        Row("read a request", record, team, answer),
        Row("confirm a request", record, team, answer,
            {"role": "officer", "starts_on": "2026-01-01"}),
        Row("decline a request", record, team, answer, {"decline": "1", "reason": "Not known"}),
        Row("withdraw somebody's request", record, frozenset(), f"{answer}withdraw/", {}),
    ]  # fmt: skip


def _letter(token: str) -> list[Row]:
    at = f"/en/network/invitations/{token}/"
    return [
        Row("look at the link of an invitation", "the letter", ALL, at),
        # The visitor opens the account of the address the letter went to.
        Row("accept", "the letter", frozenset({"visitor"}), f"{at}accept/",
            {"name": "New", "password": _PASSWORD, "password_again": _PASSWORD}),
        Row("decline", "the letter", ALL, f"{at}decline/", {}),
        Row("look at a guessed link", "no letter", frozenset(), "/en/network/invitations/guess/"),
    ]  # fmt: skip


AREAS = [
    Area(
        "Who acts for whom",
        "Those who decide for an organisation invite, confirm and change officers, observers,"
        " coordinators and focal points of their own; signatories and the secretariat are given by"
        " the secretariat. An invitation is accepted by the address it went to only.",
        [
            *_team("city", "the leading city", "", TEAM),
            *_team("signatory_of_other.organisation", "another organisation", "_of_other",
                   SECRETARIAT),
            Row("see one's own roles", "oneself", SIGNED_IN, "/en/network/mine/"),
            Row("ask to act for it", "an agency", SIGNED_IN,
                "/en/network/organisations/{agency.pk}/ask/", {"role": "officer"}),
            Row("ask for the secretariat's role", "an agency", frozenset(),
                "/en/network/organisations/{agency.pk}/ask/", {"role": "secretariat"}),
            *_letter("token"),
        ],
    )
]  # fmt: skip


_MESSAGE = "/en/network/messages/{message_city.pk}/"
_OTHER = "/en/network/messages/{message_of_other.pk}/"
_REPORTED = "/en/network/messages/{message_reported.pk}/"
READING = frozenset({"focal_point", "coordinator"})
_DECIDING = frozenset(
    {
        "focal_point", "coordinator", "sub_coordinator", "other_coordinator", "former", "board",
        "owner", "member", "secretariat",
    }
)  # fmt: skip
AREAS.append(
    Area(
        "Messages of visitors",
        "Everybody writes to an organisation or a unit; those who decide there read it. The"
        " secretariat reads what was reported as abuse, and what nobody else can answer.",
        [
            Row("open the contact form", "an organisation", ALL,
                "/en/network/organisations/{agency.pk}/contact/"),
            Row("open the contact form", "a unit", ALL, "/en/network/units/{unit.pk}/contact/"),
            Row("open the inbox", "the own organisation", _DECIDING, "/en/network/messages/"),
            Row("read a message", "the leading city", READING, _MESSAGE),
            Row("mark a message as answered", "the leading city", READING, f"{_MESSAGE}mark/",
                {"state": "answered"}),
            Row("report a message", "the leading city", READING, f"{_MESSAGE}mark/",
                {"state": "abuse"}),
            Row("read a message", "another organisation", frozenset(), _OTHER),
            Row("read a reported message", "the leading city", READING | SECRETARIAT, _REPORTED),
            Row("delete a reported message", "the leading city", SECRETARIAT, f"{_REPORTED}mark/",
                {"delete": "1"}),
        ],
    )
)  # fmt: skip
WORKING = frozenset({"owner"})
AREAS.append(
    Area(
        "Taking on a commitment",
        "Whoever writes for the organisation that owes it is named on it by one click.",
        [
            Row("take it on", "a commitment: public", WORKING,
                "/en/commitments/{commitment_public.pk}/take-on/", {}),
            Row("take it on", "a commitment: the owner's own", WORKING,
                "/en/commitments/{commitment_own.pk}/take-on/", {}),
        ],
    )
)  # fmt: skip
