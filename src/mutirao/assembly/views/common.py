"""What the pages of assemblies have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from mutirao.core.models import NotAllowed

from .. import queries
from ..models import Assembly, Candidacy, Election


class Request(HttpRequest):
    actor: Any
    htmx: Any


def needs(request: Request, rule: str, record: Any = None) -> None:
    """403 for who may see but not do."""
    if not rules.test_rule(rule, request.actor, record):
        raise PermissionDenied


def assembly_or_404(request: Request, pk: int) -> Assembly:
    return get_object_or_404(queries.visible_to(request.actor), pk=pk)


def election_or_404(request: Request, pk: int) -> Election:
    return get_object_or_404(queries.elections_visible_to(request.actor), pk=pk)


def candidacy_or_404(request: Request, pk: int) -> Candidacy:
    found: QuerySet[Candidacy] = queries.candidacies_visible_to(request.actor)
    return get_object_or_404(found, pk=pk)


def done(request: Request, form: BaseForm, act: Callable[[], Any], message: str) -> Any:
    """What `act` returns when the form is valid and nothing stands in the way, else None.

    The refusal is then among the form's errors, so that what was typed is kept.
    """
    if not form.is_valid():
        return None
    try:
        result = act()
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, message)
    return result
