"""Write the list of settings into docs/operations.md, or check that it is up to date.

python tools/settings_doc.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from mutirao.settings.environment import SETTINGS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "operations.md"
START, END = "<!-- settings: made by tools/settings_doc.py -->", "<!-- /settings -->"


def table() -> str:
    rows = ["| setting | default | what it is for | refused in production |", "|---|---|---|---|"]
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "–"
        refused = "when unsafe" if setting.unsafe else "–"
        rows.append(f"| `{setting.name}` | {default} | {setting.about} | {refused} |")
    return "\n".join(rows)


def main(argv: list[str]) -> int:
    text = PAGE.read_text(encoding="utf-8")
    before, _start, rest = text.partition(START)
    _old, _end, after = rest.partition(END)
    fresh = f"{before}{START}\n\n{table()}\n\n{END}{after}"
    if "--check" in argv:
        if fresh != text:
            print("docs/operations.md: the list of settings is old; run tools/settings_doc.py")
            return 1
        return 0
    PAGE.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
