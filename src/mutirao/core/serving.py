"""`mutirao serve`: web processes and, on a small machine, the job worker beside them.

Django is never loaded in this process: the web processes are forked from it and must meet
their own settings, and it stays small.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time

RESTART_PAUSE = 2.0  # seconds before a process beside the web ones that died is started again
_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it ends, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def prepare(*options: str) -> None:
    """Bring database and static files up to date in a process of its own."""
    environment = {**os.environ}
    if direct := environment.get("DATABASE_DIRECT_URL"):  # migrations and locks: past the pooler
        environment["DATABASE_URL"] = direct
    words = _command("manage", "prepare", *options)
    done = subprocess.run(words, env=environment, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "mutirao.cli", *words]


class Beside:
    """A process beside the web processes (job worker, live door), started again when it dies."""

    def __init__(self, *words: str, role: str, **environment: str) -> None:
        self._words = _command(*words)
        self._more = {"MUTIRAO_ROLE": role, "MUTIRAO_SUPERVISED": "1", **environment}
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name=role, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _keep(self) -> None:
        environment = {**os.environ, **self._more}
        while not self._ending.is_set():
            self._process = subprocess.Popen(self._words, env=environment)
            self._process.wait()
            self._ending.wait(RESTART_PAUSE)

    def stop(self) -> None:
        """Let the running job end (it has 10 s), then insist."""
        self._ending.set()
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _live_beside(host: str, port: int) -> Beside | None:
    """The live door on the next port; pages work without it where that port is taken.

    In production only where `MUTIRAO_LIVE_URL` says how browsers reach it.
    """
    known = os.environ.get("MUTIRAO_LIVE_URL", "")
    if not known and os.environ.get("MUTIRAO_ENV") == "production":
        return None
    if not port_is_free(host, port + 1):
        print(f"mutirao: port {port + 1} is in use: no live notices", file=sys.stderr)
        return None
    if not known:
        os.environ["MUTIRAO_LIVE_URL"] = f":{port + 1}"
    words = ("live", "--host", host, "--port", str(port + 1))
    return Beside(*words, role="live", MUTIRAO_WEB_PORT=str(port))


def serve_live(host: str, port: int) -> int:
    """Serve the live door until told to stop. One process: it waits, and hardly works."""
    from granian import Granian
    from granian.constants import Interfaces

    if os.environ.get("MUTIRAO_SUPERVISED"):
        end_with_parent()
    Granian(
        "mutirao.live:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        websockets=False,
        log_level="warning",
    ).serve()
    return 0


def serve(host: str, port: int, *, with_worker: bool, with_live: bool = True) -> int:
    """Serve until told to stop (SIGTERM, SIGINT). Returns the exit status."""
    from granian import Granian
    from granian.constants import Interfaces

    if not port_is_free(host, port):
        print(
            f"mutirao: port {port} of {host} is in use; choose another with --port", file=sys.stderr
        )
        return 1
    beside = [Beside("worker", role="worker")] if with_worker else []
    if with_live and (live := _live_beside(host, port)):
        beside.append(live)
    os.environ["MUTIRAO_ROLE"] = "web"
    os.environ["MUTIRAO_SUPERVISED"] = "1"
    for process in beside:
        process.start()
    started = time.strftime("%H:%M:%S")
    print(f"{started} Mutirão: http://{host}:{port}/  (Ctrl+C ends it)", flush=True)
    try:
        Granian(
            "mutirao.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=int(os.environ.get("MUTIRAO_WEB_WORKERS", "2")),
            blocking_threads=int(os.environ.get("MUTIRAO_THREADS", "4")),
            respawn_failed_workers=True,
            respawn_interval=0.5,
            workers_kill_timeout=15,
            websockets=False,
            log_level="warning",
        ).serve()
    finally:
        for process in beside:
            process.stop()
    return 0
