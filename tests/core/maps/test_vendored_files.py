"""What came from others is exactly what the lock says, and comes with its licence."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LOCK = json.loads((ROOT / "tools" / "vendor.lock.json").read_text(encoding="utf-8"))
CORE = Path("src/mutirao/core")


def check(root):
    command = [sys.executable, str(root / "tools" / "vendor.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path):
    """The part of the project that the check reads."""
    for name in ("vendor.py", "outlines.py", "vendor.lock.json"):
        (tmp_path / "tools").mkdir(exist_ok=True)
        shutil.copy(ROOT / "tools" / name, tmp_path / "tools" / name)
    for name in ("icons", "maps", "static/core/vendor", "static/core/fonts"):
        shutil.copytree(ROOT / CORE / name, tmp_path / CORE / name)
    for package in (CORE.parent, CORE):
        (tmp_path / package / "__init__.py").touch()
    return tmp_path


def test_vendored_files_are_those_of_the_lock():
    done = check(ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_vendor_check_names_what_was_changed_lost_or_added(copy):
    vendor = copy / CORE / "static/core/vendor"
    with (vendor / "htmx.min.js").open("a") as file:
        file.write("alert(1)")
    (vendor / "bootstrap.min.css").unlink()
    (vendor / "extra.js").write_text("")
    done = check(copy)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{CORE}/static/core/vendor/bootstrap.min.css: missing",
        f"{CORE}/static/core/vendor/htmx.min.js: changed",
        f"{CORE}/static/core/vendor/extra.js: not in the lock",
    ]


def test_vendored_packages_have_free_licences_and_carry_them():
    free = {"MIT", "0BSD", "OFL-1.1", "ISC"}
    for package in LOCK["packages"]:
        assert package["licence"] in free, package["name"]
        assert any("LICENSE" in path for path in package["files"]), package["name"]


def test_vendored_pages_assets_name_no_source_map():
    for name in ("bootstrap.min.css", "htmx.min.js"):
        content = (ROOT / CORE / "static/core/vendor" / name).read_bytes()
        assert b"sourceMappingURL" not in content


def test_vendor_lock_names_no_host():
    assert "http" not in (ROOT / "tools" / "vendor.lock.json").read_text(encoding="utf-8")
