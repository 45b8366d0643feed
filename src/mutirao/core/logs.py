"""Structured logs: every line carries the id of the request (or job) it belongs to."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="-")


# Whoever reads a log must not be able to read a calendar, or to take over an account.
_SECRETS = re.compile(
    r"(/calendar/my/|/password/reset/key/|/confirm-email/|/network/invitations/)[^/\s?]+"
)


def without_secrets(text: str) -> str:
    """An address (or a line with one) without the keys that open something by themselves."""
    return _SECRETS.sub(r"\1…", text)


class RequestIdFilter(logging.Filter):
    """Gives each record its request's id, and takes secret addresses out of its words."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        if isinstance(record.args, tuple):
            record.args = tuple(
                without_secrets(item) if isinstance(item, str) else item for item in record.args
            )
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC, ISO 8601), level, logger, request_id, message."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        for name in ("method", "path", "status", "ms", "person"):
            if hasattr(record, name):
                line[name] = getattr(record, name)
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
