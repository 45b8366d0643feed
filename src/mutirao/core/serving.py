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

RESTART_PAUSE = 2.0  # seconds before a job worker that died is started again
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


class JobWorker:
    """The job worker as a child process, started again when it dies."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="job-worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _keep(self) -> None:
        environment = {**os.environ, "MUTIRAO_ROLE": "worker", "MUTIRAO_SUPERVISED": "1"}
        while not self._ending.is_set():
            self._process = subprocess.Popen(_command("worker"), env=environment)
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


def serve(host: str, port: int, *, with_worker: bool) -> int:
    """Serve until told to stop (SIGTERM, SIGINT). Returns the exit status."""
    from granian import Granian
    from granian.constants import Interfaces

    if not port_is_free(host, port):
        print(
            f"mutirao: port {port} of {host} is in use; choose another with --port", file=sys.stderr
        )
        return 1
    worker = JobWorker()
    os.environ["MUTIRAO_ROLE"] = "web"
    os.environ["MUTIRAO_SUPERVISED"] = "1"
    if with_worker:
        worker.start()
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
        if with_worker:
            worker.stop()
    return 0
