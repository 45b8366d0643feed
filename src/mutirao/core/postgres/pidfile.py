"""PostgreSQL's lock files, as it leaves them when it is killed or the machine goes down.

PostgreSQL itself sees that a dead process left it. It cannot see that the number now belongs to
another program of the same account, which is what happens after a restart in a container, where
numbers are small and the same ones come again; nor that the process is only waiting to be
buried, which process 1 of a container may never do. Format of `postmaster.pid` and of the
socket's `.lock`: PostgreSQL's `pidfile.h` (LOCK_FILE_LINE_*): the first line is the process
number, in `postmaster.pid` a later one is the key of the shared memory.
"""

import os
import subprocess
from pathlib import Path

NO_PROCESS = 2**31 - 1  # above the highest number any supported system gives


def disown_stranger(path: Path, cluster: Path) -> None:
    """Where the lock file `path` names a process that does not serve `cluster`, name none.

    Only the number is replaced: PostgreSQL needs the rest of the file to find out whether
    children of the killed server are still writing.
    """
    try:
        # The account of the server owns this folder: do not let it point root elsewhere.
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    with open(handle, "r+") as file:
        first, _, rest = file.read().partition("\n")
        if first.strip().isdigit() and _is_stranger(int(first), cluster):
            file.seek(0)
            file.write(f"{NO_PROCESS}\n{rest}")
            file.truncate()


def _is_stranger(pid: int, cluster: Path) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False  # of another account; PostgreSQL knows that this cannot be its own
    if Path("/proc/self/cwd").exists():
        try:  # a server of PostgreSQL works in the folder of its cluster
            return not os.path.samefile(f"/proc/{pid}/cwd", cluster)
        except FileNotFoundError:
            return True  # it ended, and its parent has not asked how
        except OSError:
            return False  # in doubt it is ours: PostgreSQL then refuses to start beside it
    ps = ["/bin/ps", "-o", "comm=", "-p", str(pid)]
    name = subprocess.run(ps, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return bool(name.strip()) and "postgres" not in name
