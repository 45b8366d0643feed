"""Factories of comments."""

from __future__ import annotations

from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from mutirao.discussions.models import Comment
from tests.factories import OrganisationFactory, UserFactory


class CommentFactory(DjangoModelFactory):
    """A comment on `record` (to be given)."""

    class Meta:
        model = Comment

    text = factory.Sequence(lambda n: f"Comment {n}")
    key = factory.LazyFunction(uuid4)
    person = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
