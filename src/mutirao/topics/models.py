"""What records are about: the network's themes, the SDGs and the New Urban Agenda."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mutirao.core.addresses import address
from mutirao.core.languages import local


class Theme(models.Model):
    """A word of the network's own vocabulary, on one of two levels."""

    code = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    label = models.JSONField(_("theme"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return local(self.label)

    def get_absolute_url(self) -> str:
        return f"{address('topics:themes')}#{self.code}"


class Goal(models.Model):
    """One of the 17 Sustainable Development Goals, with its official colour (#RRGGBB)."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    colour = models.CharField(max_length=7)
    title = models.JSONField()
    statement = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {local(self.title)}"

    def get_absolute_url(self) -> str:
        return reverse("topics:goal", args=[self.number])


class Target(models.Model):
    """One of the 169 targets; `code` as the UN writes it ("11.3", "1.a"), `label` ours."""

    code = models.CharField(max_length=6, primary_key=True)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="targets")
    label = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {local(self.label)}"


class Section(models.Model):
    """A part of the New Urban Agenda; `paragraphs` as "25-42", `code` is what commitments hold."""

    code = models.SlugField(max_length=60, primary_key=True)
    part = models.CharField(max_length=30)
    paragraphs = models.CharField(max_length=40)
    label = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return local(self.label)


class AgendaCommitment(models.Model):
    """A commitment of the New Urban Agenda (Quito, 2016), with our crosswalk to the SDGs."""

    code = models.CharField(max_length=20, primary_key=True)
    section = models.CharField(max_length=60)
    paragraphs = models.CharField(max_length=40, blank=True)
    label = models.JSONField()
    targets = models.ManyToManyField(Target, related_name="agenda_commitments")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {local(self.label)}"


class Tagged(models.Model):
    """A record that says which themes and which SDG targets it serves."""

    themes = models.ManyToManyField(Theme, blank=True, verbose_name=_("themes"))
    targets = models.ManyToManyField(Target, blank=True, verbose_name=_("SDG targets"))

    class Meta:
        abstract = True

    @property
    def goals(self) -> list[Goal]:
        """The goals of its targets, in order; needs `targets__goal` prefetched to stay cheap."""
        found = {target.goal_id: target.goal for target in self.targets.all()}
        return [found[number] for number in sorted(found)]
