"""The files an installation keeps."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from mutirao.core.files import DISCARDED


def kept(pattern: str = "*") -> list[Path]:
    """Every stored file, but for those that were deleted and are put aside for a while."""
    root = Path(settings.MEDIA_ROOT)
    found = (path for path in root.rglob(pattern) if path.is_file())
    return [path for path in found if path.relative_to(root).parts[0] != DISCARDED]
