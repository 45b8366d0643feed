"""A process that uses the embedded PostgreSQL, driven line by line through its standard input.

    python user_process.py HOME [ACCOUNT]

With ACCOUNT it becomes that account after its imports, so that the path of an ordinary user is
tested by root too, whose interpreter may be closed to others. Commands: `hold`, `release`,
`query SQL`, `fork` (a child that only sleeps), `fork-hold` (a child that holds), `spawn` (a
program that only sleeps). Each answers one line, `ok …` or `error TYPE message`.
"""

import os
import pwd
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from mutirao.core.postgres import EmbeddedServer


def become(name):
    entry = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def fork(server, hold):
    ready, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        if hold:
            server.hold()
        os.write(tell, b".")
        time.sleep(60)
        os._exit(0)
    os.read(ready, 1)
    return pid


def spawn():
    return subprocess.Popen(["/bin/sleep", "60"], close_fds=False).pid


def query(server, sql):
    with psycopg.connect(server.url) as connection:
        return connection.execute(sql).fetchone()[0]


def main():
    server = EmbeddedServer(Path(sys.argv[1]))
    server.running()  # loads what psycopg loads late, while the files are still readable
    if len(sys.argv) > 2:
        become(sys.argv[2])
    commands = {
        "hold": lambda rest: server.hold(),
        "release": lambda rest: server.release(),
        "query": lambda rest: query(server, rest),
        "fork": lambda rest: fork(server, hold=False),
        "fork-hold": lambda rest: fork(server, hold=True),
        "spawn": lambda rest: spawn(),
    }
    print("ok ready", flush=True)
    for line in sys.stdin:
        name, _, rest = line.strip().partition(" ")
        try:
            print("ok", commands[name](rest), flush=True)
        except Exception as error:
            print("error", type(error).__name__, " ".join(str(error).split()), flush=True)


main()
