"""The line of one event: JSON or readable on a terminal, and never with a secret."""

import json
import logging
import sys
import textwrap
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from structlog.typing import EventDict

from app.core.context import current_context
from app.core.redaction import Redactor

LONGEST_TRACEBACK = 16_000
# A stack would repeat the traceback, with what the frames were called with.
_ERROR_MEMBERS = ("exc_info", "stack_info")


class LineFormatter(logging.Formatter):
    """Makes one line of what was logged: our own members first, then the redacted rest.

    ``msg`` is a mapping where structlog, or whoever must be quick, logged one; else a text.
    """

    def __init__(self, redactor: Redactor, render: Callable[[EventDict], str]) -> None:
        super().__init__()
        self._redactor = redactor
        self._render = render

    def format(self, record: logging.LogRecord) -> str:
        members = _members(record)
        line: EventDict = {
            "timestamp": _utc(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": self._redactor.value(members["event"]),
        }
        if request_id := current_context().request_id:
            line["request_id"] = request_id
        for name, value in members.items():
            if name not in line and name not in _ERROR_MEMBERS:
                line[name] = self._redactor.member(name, value)
        if error := members.get("exc_info") or record.exc_info:
            line["exception"] = self._traceback(error)
        return self._render(line)

    def _traceback(self, error: Any) -> str:
        """Format an exception without the values of local variables, which hold passwords."""
        exception = error[1] if isinstance(error, tuple) else error
        if exception is True:
            exception = sys.exc_info()[1]
        if not isinstance(exception, BaseException):
            return ""
        text = "".join(traceback.TracebackException.from_exception(exception).format())
        # Indented, so that no line of a message can pass for a record of its own.
        return textwrap.indent(self._redactor.text(text[-LONGEST_TRACEBACK:].rstrip()), "    ")


def _members(record: logging.LogRecord) -> EventDict:
    logged: object = record.msg
    if isinstance(logged, dict) and "event" in logged:
        return logged
    return {"event": record.getMessage()}


def _utc(seconds: float) -> str:
    text = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")


# ASCII only, so that every control character and line separator is escaped.
as_json = json.JSONEncoder(ensure_ascii=True, default=str).encode


def for_people() -> Callable[[EventDict], str]:
    render = structlog.dev.ConsoleRenderer(
        colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return lambda line: render(None, "", line)
