"""Make sure there is a Chromium for the browser tests, or say how to get one.

On the PATH it is used as it is. Missing: as root on Debian it is installed from Debian's
packages; otherwise Playwright's own download is tried, and failing that we say what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def on_path() -> str | None:
    """The first Chromium on the PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def from_debian() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print("Installing Chromium from Debian's packages …", flush=True)
    for words in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run(
            ["apt-get", *words], env=quiet, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            return False
    return True


def from_playwright() -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def main() -> int:
    if on_path() or from_debian() or from_playwright():
        return 0
    print(
        "The browser tests need Chromium, and none is on the PATH.\n"
        "  Debian, Ubuntu:  sudo apt-get install chromium\n"
        "  otherwise:       .venv/bin/python -m playwright install chromium\n"
        "Then run the tests again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
