"""One event, one line, whoever logs it; and what the lines of a running server say."""

import json
import logging
from typing import Any

import pytest
import structlog

from app.core.context import RequestContext, request_context
from app.core.logging import configure_logging
from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, log_in, sign_up
from tests.support.server import StartServer

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


async def test_the_log_of_a_server_holds_no_secret(
    start_server: StartServer, database: Inspector
) -> None:
    """LOG-01, AUTH-22: sign-ins, refreshes, query strings and an error of the database."""
    server = start_server(LOG_LEVEL="DEBUG", LOG_FORMAT="json")
    async with server.client() as client:
        alice = await sign_up(client, "alice")
        cookie = client.cookies["refresh_token"]
        await client.post("/auth/refresh")
        await client.get("/users/me", params={"access_token": alice.access_token})
        await log_in(client, "alice", "a wrong but long password")
        await database.execute("ALTER TABLE users RENAME TO hidden")
        broken = await log_in(client, "alice")
    server.stop()

    assert broken.status_code >= 500
    secrets = (PASSWORD, "a wrong but long", alice.access_token, cookie, "alice@example.com")
    assert [secret for secret in secrets if secret in server.log] == []
    assert server.environment["SECRET_KEY"] not in server.log


async def test_a_request_id_is_a_uuid_or_replaced(start_server: StartServer) -> None:
    """LOG-07: echoed and logged; anything else could forge a line."""
    server = start_server(LOG_FORMAT="json")
    known = "6f1f64a5-2b8c-4c8d-9a65-1f0a7e6d2c11"
    async with server.client() as client:
        echoed = await client.get("/users/me", headers={"X-Request-ID": known})
        replaced = await client.get("/users/me", headers={"X-Request-ID": f"{known}{{evil}}"})
    server.stop()

    made = replaced.headers["X-Request-ID"]
    logged = [json.loads(line) for line in server.log.splitlines() if line.startswith("{")]
    access = [line["request_id"] for line in logged if line["logger"] == "app.access"]
    assert echoed.headers["X-Request-ID"] == known
    assert {known, made} <= set(access)
    assert "evil" not in server.log
