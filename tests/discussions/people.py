"""A unit that admits citizens, its public plan, and people around it."""

from __future__ import annotations

from uuid import uuid4

from mutirao.core.states import Visibility
from mutirao.discussions.models import Comment, Openness
from mutirao.discussions.states import Admits
from mutirao.network.acting import Actor
from tests.commitments.factories import CommitmentFactory
from tests.factories import MandateFactory, UserFactory


def public_record(admits: str | None = Admits.MODERATED):
    """A public commitment of a unit; its leaders are those of `record.unit`."""
    mandate = MandateFactory()
    if admits:
        Openness.objects.create(unit=mandate.unit, admits=admits)
    return CommitmentFactory(unit=mandate.unit, term=mandate.term, visibility=Visibility.PUBLIC)


def citizen(**who: str) -> Actor:
    """Signed in, acting for nobody."""
    return Actor(UserFactory(**who))


def say(record, text: str = "Boa ideia.", **more: object) -> dict[str, object]:
    return {"text": text, "key": str(uuid4()), "language": "pt", **more}


def at(record) -> str:
    meta = record._meta
    return f"/en/discussions/{meta.app_label}/{meta.model_name}/{record.pk}/"


def only() -> Comment:
    return Comment.objects.get()
