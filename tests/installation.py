"""A real installation for tests: the console command, its own database, data folder and port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from .schema import alone, begin

MUTIRAO = str(Path(sys.executable).parent / "mutirao")
START_SECONDS = 180


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def own_database(url: str, name: str) -> str:
    """Make a fresh database on the operator's server; returns its URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def prepared_demo() -> Path:
    """A data folder of the demonstration, loaded once for all processes of this run, and at rest.

    Copying takes a second.
    """
    home = Path(os.environ["MUTIRAO_HOME"]) / "demo"
    with alone(home.with_suffix(".lock")):
        if not home.exists():
            fresh = Installation(home.with_name("demo-fresh"))
            begin(fresh.home)
            fresh.run("demo", "--load-only")
            fresh.home.rename(home)
    return home


@dataclass
class Installation:
    """`mutirao` in a data folder of its own, started and stopped like an operator would."""

    home: Path
    port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        if self.environment.get("DATABASE_URL") and "DATABASE_URL" not in self.extra:
            name = f"mutirao_{self.home.name}".replace("-", "_")
            self.extra["DATABASE_URL"] = own_database(os.environ["DATABASE_URL"], name)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        base = {key: value for key, value in os.environ.items() if not key.startswith("MUTIRAO_")}
        base.pop("DJANGO_SETTINGS_MODULE", None)
        return {
            **base,
            "MUTIRAO_HOME": str(self.home),
            "MUTIRAO_PG_FAST": "1",
            "MUTIRAO_BASE_URL": self.url,
            **self.extra,
        }

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one `mutirao` command to its end."""
        return subprocess.run(
            [MUTIRAO, *words], env=self.environment, capture_output=True, text=True, check=check
        )

    def _begin(self, command: str) -> None:
        """What the first start would do, from what this run has made already."""
        if command == "demo":
            subprocess.run(["cp", "-a", str(prepared_demo()), str(self.home)], check=True)
        else:
            begin(self.home)

    def start(self, command: str = "demo", *more: str) -> Installation:
        self.home.parent.mkdir(parents=True, exist_ok=True)
        if not self.home.exists() and not self.environment.get("DATABASE_URL"):
            self._begin(command)
        log = (self.home.parent / f"{self.home.name}.log").open("ab")
        self.process = subprocess.Popen(
            [MUTIRAO, command, "--port", str(self.port), *more],
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        self.wait()
        return self

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Wait until `/health` answers; raises with the log's end when it does not."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                pass
            if self.process and self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"no answer from {self.url}:\n{self.log()[-4000:]}")

    def log(self) -> str:
        path = self.home.parent / f"{self.home.name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
