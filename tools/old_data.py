"""Make the upgrade test's data: a backup of a tagged version's own demonstration network.

    python tools/old_data.py v0.1.0

The tag's code runs from its archive with a data folder of its own; the present `mutirao backup`
then writes `tests/core/data/<tag>.tar` from it, old schema and all. Run it once for each release.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(tag: str) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="mutirao-old-", dir="/tmp"))
    scratch.chmod(0o755)
    try:
        archive = subprocess.run(
            ["git", "archive", tag, "src"], cwd=ROOT, stdout=subprocess.PIPE, check=True
        )
        subprocess.run(["tar", "-x", "-C", scratch], input=archive.stdout, check=True)
        environment = {
            **{key: value for key, value in os.environ.items() if "MUTIRAO" not in key},
            "MUTIRAO_HOME": str(scratch / "home"),
            "PYTHONPATH": str(scratch / "src"),
        }
        environment.pop("DATABASE_URL", None)
        mutirao = [sys.executable, "-m", "mutirao.cli"]
        subprocess.run([*mutirao, "demo", "--load-only"], env=environment, cwd=scratch, check=True)
        target = ROOT / "tests" / "core" / "data" / f"{tag}.tar"
        target.unlink(missing_ok=True)
        environment["PYTHONPATH"] = str(ROOT / "src")
        subprocess.run([*mutirao, "backup", target], env=environment, check=True)
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main(sys.argv[1])
