"""What is seen of the vocabularies. They are public and small: nothing here depends on an actor."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet

from .models import AgendaCommitment, Goal, Section, Target, Theme

Tagged = TypeVar("Tagged", bound=Model)


def with_tags(records: QuerySet[Tagged]) -> QuerySet[Tagged]:
    """Tagged records with their themes, targets and goals, in two queries however many there are.

    After it `record.goals` and `{% sdg %}` cost nothing.
    """
    return records.prefetch_related(
        "themes", Prefetch("targets", Target.objects.select_related("goal"))
    )


def goals() -> QuerySet[Goal]:
    return Goal.objects.all()


def targets() -> QuerySet[Target]:
    """Every target with its goal, in the order of the UN's numbering."""
    return Target.objects.select_related("goal")


def themes() -> QuerySet[Theme]:
    """Every theme with its parent, in the vocabulary's order."""
    return Theme.objects.select_related("parent")


def goals_visible_to(actor: object) -> QuerySet[Goal]:
    """Goals an actor may see: all, for everyone."""
    return goals()


def themes_visible_to(actor: object) -> QuerySet[Theme]:
    """Themes an actor may see: all, for everyone."""
    return themes()


def themes_by_parent() -> list[tuple[Theme, list[Theme]]]:
    """The two levels of the vocabulary: each parent with its children. One query."""
    every = list(themes())
    return [
        (parent, [theme for theme in every if theme.parent_id == parent.pk])
        for parent in every
        if parent.parent_id is None
    ]


def agenda() -> QuerySet[AgendaCommitment]:
    """The New Urban Agenda's commitments with the targets our crosswalk links. Two queries."""
    return AgendaCommitment.objects.prefetch_related("targets")


def agenda_by_section() -> list[tuple[Section, list[AgendaCommitment]]]:
    """Each section of the agenda with its commitments, in the agenda's order. Three queries."""
    every = list(agenda())
    return [
        (section, [item for item in every if item.section == section.code])
        for section in Section.objects.all()
    ]


def targets_of(goal: Goal) -> QuerySet[Target]:
    """A goal's targets with the New Urban Agenda's commitments that our crosswalk links."""
    return goal.targets.prefetch_related("agenda_commitments")
