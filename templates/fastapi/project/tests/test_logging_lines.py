"""One event, one line, whoever logs it."""

import json
import logging
from typing import Any

import pytest
import structlog

from app.core.context import RequestContext, request_context
from app.core.logging import configure_logging

EVIL = 'x\n{"level": "critical", "event": "forged"}\x1b[31m\u2028'


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_json_with_time_level_and_request(capsys: pytest.CaptureFixture[str]) -> None:
    """LOG-07."""
    configure_logging("INFO", "json", [])

    with request_context(RequestContext("the-request", "192.0.2.1")):
        structlog.get_logger("app.test").info("happened", count=1)

    (line,) = lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "level": "info",
        "logger": "app.test",
        "event": "happened",
        "request_id": "the-request",
        "count": 1,
    }


def test_one_event_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """LOG-03: neither message nor member makes a second record, or overwrites ours."""
    configure_logging("INFO", "json", [])

    structlog.get_logger("app.test").warning(EVIL, agent=EVIL, level="critical")
    logging.getLogger("library").warning("%s", EVIL)

    found = lines(capsys)
    assert [line["level"] for line in found] == ["warning", "warning"]
    assert all(value.isprintable() for line in found for value in line.values())


def test_one_event_is_one_line_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """LOG-03."""
    configure_logging("INFO", "console", [])

    structlog.get_logger("app.test").warning(EVIL, agent=EVIL)

    (line,) = capsys.readouterr().out.splitlines()
    assert line.isprintable()


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_traceback_has_no_local_variables(
    capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    """LOG-01, LOG-03: the frames, without what they were called with."""
    configure_logging("INFO", log_format, [])

    def fail(password: str) -> None:
        raise ValueError(f"refused password={password}\nforged line")

    try:
        fail("hunter-" + str(2))
    except ValueError as error:
        structlog.get_logger("app.test").error("failed", exc_info=error)
        logging.getLogger("library").exception("failed")

    text = capsys.readouterr().out
    assert "in fail" in text
    assert "hunter-2" not in text
    assert "\nforged line" not in text


def test_libraries_do_not_print_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    """LOG-01: at DEBUG, drivers write what statements are called with."""
    configure_logging("DEBUG", "json", [])

    for name in ("aiosqlite", "sqlalchemy.engine", "httpx", "uvicorn.access"):
        logging.getLogger(name).info("parameters")

    assert lines(capsys) == []
