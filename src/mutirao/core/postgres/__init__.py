"""The embedded PostgreSQL, for installations that have no `DATABASE_URL`.

Who owns start and stop: `EmbeddedServer`, and nothing else. Every process that needs the
database calls `hold()`; the first one starts the server, the last one to leave stops it, and a
process that was killed has left. docs: see `server.py`.
"""

from mutirao.core.postgres.errors import (
    PostgresError,
    StartFailed,
    StopFailed,
    VersionMismatch,
)
from mutirao.core.postgres.server import EmbeddedServer

__all__ = ["EmbeddedServer", "PostgresError", "StartFailed", "StopFailed", "VersionMismatch"]
