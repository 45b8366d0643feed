"""Write docs/permissions.md from the table that the tests try, or check that it is up to date.

python tools/permissions_doc.py [--check]
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.security.table import AREAS, ROLES, SHORT, Area, Row  # noqa: E402

PAGE = ROOT / "docs" / "permissions.md"
HEAD = """# Who may do what

Made by `tools/permissions_doc.py` from `tests/security/table/`; do not edit it here. Every line
is tried by `tests/security/test_permissions.py` as every role: by page, by HTMX request, by forged
form, by feed, by export and by persistent link. A role without ● is refused (404 for what it may
not see, 403 for what it may see and not do, sign-in for a visitor), and nothing is written.

Rules live in each app's `rules.py`; every list starts from `queries.visible_to(actor)`, every write
from an action that asks its rule again. A person acts for one organisation at a time, by a
membership that holds today; a city leads a unit by a mandate that holds today.
"""


def roles() -> str:
    """The roles as a list: the short name of the columns and what it means."""
    return "\n".join(f"- **{SHORT[role]}**: {about}" for role, about in ROLES.items())


def table(area: Area) -> str:
    """One area: for each record its actions, one column a role."""
    parts = [f"## {area.title}", area.about] if area.about else [f"## {area.title}"]
    for record, rows in groupby(area.rows, lambda row: row.record):
        head = f"| {record} | " + " | ".join(SHORT.values()) + " |"
        line = "|---|" + ":-:|" * len(ROLES)
        parts.append("\n".join([head, line, *(_line(row) for row in rows)]))
    return "\n\n".join(parts)


def _line(row: Row) -> str:
    marks = (("●" if role in row.allowed else "") for role in ROLES)
    return f"| {row.what} | " + " | ".join(marks) + " |"


def page() -> str:
    return "\n\n".join([HEAD.strip(), "## Roles", roles(), *map(table, AREAS)]) + "\n"


def main(argv: list[str]) -> int:
    if "--check" not in argv:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page():
        print("docs/permissions.md is old; run tools/permissions_doc.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
