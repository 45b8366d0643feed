"""Fields to say what a record is about: themes and SDG targets, in every app's forms.

    class PlanForm(Dressed, VersionedForm):
        themes = ThemesField(required=False)
        targets = TargetsField(required=False)

The choices stand in groups that open and close without JavaScript; a browser's own "find in
page" opens the group that holds the word. One query a field, however many choices.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from .models import Goal, Target, Theme
from .queries import targets, themes


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes in groups; a group with something chosen is open."""

    template_name = "topics/widgets/grouped.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["groups"] = [
            {
                "label": group,
                "goal": group if isinstance(group, Goal) else None,
                "options": options,
                "chosen": sum(bool(option["selected"]) for option in options),
            }
            for group, options, _index in context["widget"]["optgroups"]
        ]
        return context


class _ByGroup(ModelChoiceIterator):
    """Choices as (group, [(value, label), …]); the field says which group a record is in."""

    field: Any

    def __iter__(self) -> Iterator[Any]:
        for _key, records in groupby(self.queryset, self.field.group_key):
            members = list(records)
            yield self.field.group(members), [self.choice(record) for record in members]


class _GroupedField(forms.ModelMultipleChoiceField):
    widget = GroupedCheckboxes
    iterator = _ByGroup


class TargetsField(_GroupedField):
    """SDG targets, grouped by goal; cleans to a QuerySet of `Target`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("SDG targets"))
        super().__init__(targets(), **options)

    @staticmethod
    def group_key(target: Target) -> int:
        return target.goal_id

    @staticmethod
    def group(members: list[Target]) -> Goal:
        return members[0].goal


class ThemesField(_GroupedField):
    """Themes, grouped by the wider theme they belong to, which may be chosen itself.

    Cleans to a QuerySet of `Theme`.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Themes"))
        super().__init__(themes(), **options)

    @staticmethod
    def group_key(theme: Theme) -> int:
        return theme.parent_id or theme.pk

    @staticmethod
    def group(members: list[Theme]) -> Theme:
        return members[0].parent or members[0]
