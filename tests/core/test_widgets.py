"""Our select is Django's own, only cheaper."""

from html.parser import HTMLParser

import pytest
from django import forms

from mutirao.core.forms import FilterForm
from mutirao.core.widgets import Select

CHOICES = [
    ("", "<all>"),
    ("Group & more", [(1, "one"), (2, "<b>two</b>")]),
    (None, "nothing"),
    ('"quoted"', "“three”"),
]


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, sorted(attrs, key=lambda pair: pair[0])))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.seen.append(data.strip())


@pytest.mark.parametrize("value", ["", 1, "2", '"quoted"', "unknown"])
def test_select_draws_what_djangos_own_draws(value) -> None:
    attrs = {"id": "id_x", "class": "form-select", "required": True, "disabled": False}
    ours = Select(choices=CHOICES).render("x", value, attrs)
    theirs = forms.Select(choices=CHOICES).render("x", value, attrs)
    assert _Tags(ours).seen == _Tags(theirs).seen


class Filter(FilterForm):
    kind = forms.ChoiceField(choices=[("", "all"), ("a", "A")])


def test_every_select_of_a_dressed_form_is_ours_and_keeps_its_choices() -> None:
    form = Filter({"kind": "a"})
    assert isinstance(form.fields["kind"].widget, Select)
    assert '<option value="a" selected>A</option>' in str(form["kind"])
    assert 'class="form-select"' in str(form["kind"])


def test_choices_given_to_a_dressed_form_later_are_drawn() -> None:
    form = Filter({})
    form.fields["kind"].choices = [("b", "B")]
    assert '<option value="b">B</option>' in str(form["kind"])
