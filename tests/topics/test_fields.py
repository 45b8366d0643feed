"""The tagging fields other apps put in their forms."""

import re

import pytest
from django import forms
from django.utils import translation

from mutirao.core.forms import Dressed
from mutirao.topics.forms import TargetsField, ThemesField
from mutirao.topics.models import Target, Theme

pytestmark = pytest.mark.django_db


class Tagging(Dressed, forms.Form):
    themes = ThemesField(required=False)
    targets = TargetsField(required=False)


def _groups(html: str) -> list[str]:
    return re.findall(r"<details.*?</details>", html, re.S)


def test_targets_field_groups_by_goal_and_opens_what_is_chosen() -> None:
    with translation.override("en"):
        groups = _groups(str(Tagging(initial={"targets": ["11.3"]})["targets"]))
    assert len(groups) == 17
    assert [
        index for index, group in enumerate(groups) if '<details class="mb-1" open' in group
    ] == [10]
    assert 'value="11.3" id="id_targets_' in groups[10]
    assert "11.3 " + Target.objects.get(pk="11.3").label["en"] in groups[10]
    assert "1 chosen" in groups[10]


def test_themes_field_offers_the_wider_theme_too() -> None:
    html = _groups(str(Tagging()["themes"]))
    parents = Theme.objects.filter(parent=None)
    assert len(html) == parents.count()
    first = parents[0]
    assert f'value="{first.pk}"' in html[0]
    assert html[0].count("<input") == 1 + first.children.count()


def test_fields_cost_one_query_each(django_assert_num_queries) -> None:
    form = Tagging()
    with django_assert_num_queries(2):
        str(form["themes"]), str(form["targets"])


def test_fields_clean_to_what_was_ticked() -> None:
    theme = Theme.objects.get(code="governance")
    form = Tagging({"themes": [theme.pk], "targets": ["11.3", "1.a"]})
    assert form.is_valid(), form.errors
    assert list(form.cleaned_data["themes"]) == [theme]
    assert {target.pk for target in form.cleaned_data["targets"]} == {"11.3", "1.a"}


def test_fields_refuse_what_is_not_in_the_vocabulary() -> None:
    form = Tagging({"targets": ["99.9"], "themes": ["nonsense"]})
    assert set(form.errors) == {"targets", "themes"}


def test_fields_keep_ticks_after_a_refusal() -> None:
    html = str(Tagging({"targets": ["11.3", "99.9"]})["targets"])
    assert re.search(r'value="11.3" id="[^"]+" checked', html)
