"""One line for one event: JSON in production, readable on a terminal, never with a secret."""

import json
import logging
import sys
import textwrap
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from app.core.context import current_context
from app.core.redaction import Redactor

LONGEST_TRACEBACK = 16_000
# These print addresses with their queries, and at DEBUG parameters and parts of bodies.
CHATTY = (
    "aiosqlite",
    "alembic",
    "asyncio",
    "asyncpg",
    "httpcore",
    "httpx",
    "python_multipart",
    "sqlalchemy",
)
# uvicorn's line shows the query string. Ours, from the outermost middleware, does not.
REPLACED = ("uvicorn.access", "gunicorn.access")
REROUTED = ("uvicorn", "uvicorn.error", "uvicorn.asgi", "gunicorn.error")


class StdoutHandler(logging.StreamHandler[TextIO]):
    """Looks ``sys.stdout`` up for every line: a test or a daemon may have replaced it."""

    @property
    def stream(self) -> TextIO:
        return sys.stdout

    @stream.setter
    def stream(self, stream: TextIO) -> None:
        """Ignore what the base class remembers."""


def configure_logging(level: str, log_format: str, secrets: Iterable[str]) -> None:
    """Send everything, libraries included, through one format and the same redaction."""
    render = _as_json if log_format == "json" else _for_people()
    compose = _Composer(Redactor(secrets))
    _install_handler(structlog.stdlib.ProcessorFormatter(processors=[compose, render]), level)
    _quieten_libraries()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class _Composer:
    """Makes one line of what was logged: our own members first, then the redacted rest."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor

    def __call__(self, _: WrappedLogger, __: str, logged: EventDict) -> EventDict:
        record: logging.LogRecord = logged.pop("_record")
        del logged["_from_structlog"]
        error = logged.pop("exc_info", None)
        # A stack would repeat the traceback, with what the frames were called with.
        logged.pop("stack_info", None)
        line: EventDict = {
            "timestamp": _utc(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": self._redactor.value(logged.pop("event")),
        }
        if request_id := current_context().request_id:
            line["request_id"] = request_id
        for name, value in logged.items():
            line.setdefault(name, self._redactor.member(name, value))
        if error:
            line["exception"] = self._traceback(error)
        return line

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


def _utc(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _as_json(_: WrappedLogger, __: str, line: EventDict) -> str:
    # ASCII only, so that every control character and line separator is escaped.
    return json.dumps(line, ensure_ascii=True, default=str)


def _for_people() -> Processor:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def _install_handler(formatter: logging.Formatter, level: str) -> None:
    root = logging.getLogger()
    for handler in [old for old in root.handlers if isinstance(old, StdoutHandler)]:
        root.removeHandler(handler)
    ours = StdoutHandler()
    ours.setFormatter(formatter)
    root.addHandler(ours)
    root.setLevel(level)
    # A failure to format would print the arguments of the call to stderr, unredacted.
    logging.raiseExceptions = False


def _quieten_libraries() -> None:
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in (*REPLACED, *REROUTED):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name in REROUTED
