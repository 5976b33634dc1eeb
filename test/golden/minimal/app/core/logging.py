"""One line for one event, whoever logs it: the application, its libraries or the server."""

import logging
import sys
from collections.abc import Iterable
from typing import TextIO

import structlog

from app.core.log_format import LineFormatter, as_json, for_people
from app.core.redaction import Redactor

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
    render = as_json if log_format == "json" else for_people()
    _install_handler(LineFormatter(Redactor(secrets), render), level)
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
