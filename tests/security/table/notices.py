"""Notices, follows, how one is told, and the outbox."""

from __future__ import annotations

from .base import ALL, MEMBERS, NOBODY, SERVING, SIGNED_IN, Area, Row

_AT = "/en/notices"


def _follow(record: str, what: str, allowed: frozenset[str]) -> Row:
    return Row(
        "follow", record, allowed, f"{_AT}/follow/{what}/", {"on": "1"}, effect="done"
    )  # fmt: skip


AREAS = [
    Area(
        "Notices and following",
        "Everybody reads their own notices and follows what they may see. Who stops a kind of mail "
        "needs the address in that mail, which nobody can guess, and no account.",
        [
            Row("read the list", "one's own notices", SIGNED_IN, f"{_AT}/"),
            Row("have the bell counted", "one's own notices", SIGNED_IN, f"{_AT}/bell/"),
            Row("open it", "a notice of a member", frozenset({"member"}),
                f"{_AT}/{{notice_of_member.pk}}/open/", {}, effect="done"),
            Row("mark it as read", "a notice of a member", frozenset({"member"}),
                f"{_AT}/{{notice_of_member.pk}}/read/", {}, effect="done"),
            Row("mark all as read", "one's own notices", SIGNED_IN, f"{_AT}/read/",
                {"upto": "{notice_of_member.pk}"}, effect="done"),
            Row("see what is followed", "one's own follows", SIGNED_IN, f"{_AT}/following/"),
            _follow("a public commitment", "commitments/commitment/{commitment_public.pk}",
                    SIGNED_IN),
            _follow("a members' commitment of one city",
                    "commitments/commitment/{commitment_own.pk}", MEMBERS),
            _follow("a plan being written", "plans/plan/{plan_draft.pk}", SERVING),
            _follow("a unit", "network/unit/{unit.pk}", SIGNED_IN),
            _follow("an account", "accounts/user/{notice_of_member.person_id}", NOBODY),
            Row("see how one is told", "one's own choices", SIGNED_IN, f"{_AT}/preferences/"),
            Row("choose how one is told", "one's own choices", SIGNED_IN, f"{_AT}/preferences/",
                {"digest_hour": "7", "digest_weekday": "0"}, effect="done"),
            Row("have mail tried again", "one's own address", SIGNED_IN,
                f"{_AT}/preferences/try-again/", {}, effect="done"),
            Row("be asked", "the address in a mail that stops it", ALL,
                f"{_AT}/stop/{{stop_token}}/"),
            Row("ask with a forged one", "the address in a mail that stops it", NOBODY,
                f"{_AT}/stop/{{stop_token}}x/"),
        ],
    ),
    Area(
        "Outbox",
        "What was written to people is shown where no mail server takes it away: in the "
        "demonstration to everybody, elsewhere to the secretariat. With a mail server it is "
        "nobody's but the receiver's.",
        [
            Row("read the list", "the outbox without a mail server", frozenset({"secretariat"}),
                "/en/outbox/"),
            Row("read it", "a letter to a member", frozenset({"secretariat"}),
                "/en/outbox/{letter.pk}/"),
            Row("read its HTML", "a letter to a member", frozenset({"secretariat"}),
                "/en/outbox/{letter.pk}/html/"),
        ],
    ),
]  # fmt: skip
