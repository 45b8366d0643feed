"""`make check`: everything that reads the code without running it; each check is named."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: tuple[tuple[str, list[str]], ...] = (
    ("style", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("layers", [str(BIN / "lint-imports"), "--no-cache"]),
    ("templates", [str(BIN / "djlint"), "src", "--lint", "--quiet"]),
    ("texts", [sys.executable, "tools/messages.py", "check"]),
    ("vendored files", [sys.executable, "tools/vendor.py", "--check"]),
    ("permissions page", [sys.executable, "tools/permissions_doc.py", "--check"]),
    ("settings list", [sys.executable, "tools/settings_doc.py", "--check"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("Django", [sys.executable, "manage.py", "check", "--fail-level", "WARNING"]),
    ("types", [str(BIN / "mypy")]),
)


def main() -> int:
    failed = []
    for name, words in CHECKS:
        started = time.monotonic()
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        word = "ok" if done.returncode == 0 else "FAILED"
        print(f"{name:<16} {word} ({time.monotonic() - started:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print((done.stdout + done.stderr).strip(), flush=True)
    print(f"{len(CHECKS) - len(failed)} of {len(CHECKS)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
