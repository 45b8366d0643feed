"""The language of the person at the keyboard, for commands that start no Django."""

from __future__ import annotations

import os

LANGUAGES = ("pt", "es", "en")


def user_language() -> str:
    """pt, es or en from the environment of the person at the keyboard; pt when unsaid."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return code
        if code and code not in {"c", "c.", "po"}:  # C and POSIX are no language
            break
    return "pt"
