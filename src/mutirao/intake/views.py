"""Hands out the documents themselves."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from . import queries


@require_safe
def document(request: HttpRequest, key: str) -> FileResponse:
    """The document as it was sent in, always as a download: a browser must not run it."""
    draft = get_object_or_404(queries.visible_to(request.actor), key=key)  # type: ignore[attr-defined]
    if not draft.file.name or not draft.file.storage.exists(draft.file.name):
        raise Http404
    response = FileResponse(
        draft.file.open("rb"),
        as_attachment=True,
        filename=draft.filename,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
