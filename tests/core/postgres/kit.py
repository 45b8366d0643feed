"""What the tests of the embedded PostgreSQL share: other processes, throw-away folders."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

from mutirao.core.postgres import EmbeddedServer

SCRIPT = Path(__file__).with_name("user_process.py")


class User:
    """Another process that uses the server: see user_process.py."""

    def __init__(self, home, *account):
        self.process = subprocess.Popen(
            [sys.executable, SCRIPT, str(home), *account],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.children = []
        self.answer()

    def say(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()

    def answer(self):
        return self.process.stdout.readline().strip()

    def ask(self, command):
        self.say(command)
        answer = self.answer()
        assert answer.startswith("ok"), answer
        return answer.removeprefix("ok ")

    def child(self, kind):
        pid = int(self.ask(kind))
        self.children.append(pid)
        return pid

    def leave(self):
        """End as a program ends, with its exit handlers."""
        self.process.stdin.close()
        assert self.process.wait(20) == 0

    def kill(self):
        self.process.kill()
        self.process.wait(20)

    def clean(self):
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)
        if self.process.poll() is None:
            self.kill()
        self.process.stdout.close()


@contextmanager
def open_folder():
    folder = Path(tempfile.mkdtemp(prefix="mt-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    for pg in folder.glob("**/pg"):
        EmbeddedServer(pg.parent).stop()
    limit = time.monotonic() + 5
    while folder.exists():  # an initdb whose caller was killed may still be writing
        shutil.rmtree(folder, ignore_errors=time.monotonic() < limit)


def query(url, sql):
    with psycopg.connect(url) as connection:
        return connection.execute(sql).fetchone()[0]


def postmaster(home):
    """The process number of the server of `home`."""
    return int((home / "pg/cluster/postmaster.pid").read_text().splitlines()[0])


def alive(pid):
    return bool(os.path.exists(f"/proc/{pid}/cwd"))  # a zombie has none


def gone(pid):
    """Wait until the process has ended; say whether it did within two seconds."""
    limit = time.monotonic() + 2
    while alive(pid) and time.monotonic() < limit:
        time.sleep(0.01)
    return not alive(pid)
