"""The vocabularies are in every database, and loading them again changes nothing."""

import pytest

from mutirao.topics.actions import load_vocabularies, read
from mutirao.topics.models import AgendaCommitment, Goal, Section, Target, Theme

pytestmark = pytest.mark.django_db


def _everything() -> list[object]:
    return [
        list(Goal.objects.values()),
        list(Target.objects.values()),
        list(Section.objects.values()),
        list(AgendaCommitment.objects.values()),
        list(AgendaCommitment.targets.through.objects.order_by("pk").values()),
        list(Theme.objects.values()),
    ]


def test_vocabularies_are_in_every_database() -> None:
    assert [len(rows) for rows in _everything()] == [
        17,
        169,
        7,
        len(read("agenda")),
        sum(len(row["targets"]) for row in read("agenda")),
        len(read("themes")),
    ]


def test_load_vocabularies_twice_changes_nothing() -> None:
    before = _everything()
    load_vocabularies()
    assert _everything() == before


def test_load_vocabularies_repairs_what_was_changed_and_keeps_ids() -> None:
    theme = Theme.objects.get(code="governance")
    Theme.objects.filter(pk=theme.pk).update(label={"pt": "x"}, position=999)
    commitment = AgendaCommitment.objects.get(code="NUA-25")
    commitment.targets.set(["17.1"])
    load_vocabularies()
    again = Theme.objects.get(code="governance")
    assert (again.pk, again.label, again.position) == (theme.pk, theme.label, theme.position)
    assert set(commitment.targets.values_list("pk", flat=True)) == {
        "1.1", "1.2", "1.4", "10.2", "10.3",
    }  # fmt: skip


def test_themes_have_their_parents() -> None:
    wanted = {row["code"]: row["parent"] for row in read("themes")}
    assert dict(Theme.objects.values_list("code", "parent__code")) == wanted


def test_positions_follow_the_files() -> None:
    assert [target.code for target in Target.objects.all()] == [r["code"] for r in read("targets")]
    assert [theme.code for theme in Theme.objects.all()] == [row["code"] for row in read("themes")]
