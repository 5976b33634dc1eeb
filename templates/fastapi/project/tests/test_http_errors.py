"""What a client sees when something goes wrong inside, and what it does not."""

import asyncio
import json
from unittest.mock import Mock

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.types import ASGIApp

from app.core.catch_all import CatchAll
from app.core.errors import PROBLEM_JSON
from app.db.revision import newest_revision
from tests.support.inspector import Inspector
from tests.support.people import Person

LIVE = "https://localhost/health/live"
READY = "https://localhost/health/ready"
INTERNALS = ("Traceback", "select", "users", "sqlite", "asyncpg", ".py", "hunter2")


def tells_nothing(response: Response) -> bool:
    text = response.text + str(response.headers)
    return not any(word.lower() in text.lower() for word in INTERNALS)


@pytest.mark.parametrize("bug", [ZeroDivisionError, TimeoutError, FileNotFoundError])
async def test_a_bug_is_a_problem_with_an_id(
    client: AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    bug: type[Exception],
) -> None:
    """ERR-01, HDR-01: whatever it is, with its traceback in the log, and every header."""
    monkeypatch.setattr("app.api.v1.health.HealthOut", Mock(side_effect=bug))

    response = await client.get(LIVE)

    assert response.status_code == 500
    assert bug.__name__ in caplog.text
    assert response.headers["Content-Type"] == PROBLEM_JSON
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert tells_nothing(response)
    assert response.json()["request_id"] == response.headers["X-Request-ID"]


async def test_a_broken_table_breaks_one_answer_and_no_connection(
    alice: Person, database: Inspector
) -> None:
    """ERR-01, ERR-06."""
    await database.execute("ALTER TABLE users RENAME TO people")
    answers = [await alice.client.get("/users/me") for _ in range(50)]
    await database.execute("ALTER TABLE people RENAME TO users")

    assert {answer.status_code for answer in answers} <= {500, 503}
    assert all(tells_nothing(answer) for answer in answers)
    assert (await alice.client.get("/users/me")).status_code == 200


@pytest.mark.environment(DATABASE_URL="postgresql://127.0.0.1:1/nowhere")
async def test_a_database_that_is_away(client: AsyncClient) -> None:
    """ERR-05, ERR-07: the process lives, is not ready, and says nothing about why."""
    live, ready = await client.get(LIVE), await client.get(READY)
    form = {"username": "alice", "password": "hunter2 hunter2"}
    login = await client.post("/auth/login", data=form)

    assert live.status_code == 200
    assert (ready.status_code, login.status_code) == (503, 503)
    assert int(login.headers["Retry-After"]) >= 1
    assert tells_nothing(ready)
    assert tells_nothing(login)


async def test_a_database_without_the_newest_migration_is_not_ready(
    client: AsyncClient, database: Inspector, capsys: pytest.CaptureFixture[str]
) -> None:
    """CONF-07: an operator finds out why in the log; anybody else need not know."""
    await database.execute("UPDATE alembic_version SET version_num = 'older'")

    assert (await client.get(READY)).status_code == 503
    assert "not_ready" in (log := capsys.readouterr().out)
    assert "older" in log
    assert newest_revision() in log


async def answer_of(app: ASGIApp) -> tuple[int, dict[str, object]]:
    transport = ASGITransport(app=CatchAll(app))
    async with AsyncClient(transport=transport, base_url="http://localhost") as client:
        response = await client.get("/")
    return response.status_code, json.loads(response.content)


async def test_a_request_has_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it waits for, and even if it never answers."""
    monkeypatch.setattr("app.core.catch_all.REQUEST_SECONDS", 0.05)

    status, problem = await answer_of(lambda *_: asyncio.sleep(5))

    assert (status, problem["code"]) == (503, "request_timeout")


async def test_a_timeout_of_the_application_is_its_own() -> None:
    async def impatient(*_: object) -> None:
        raise TimeoutError

    assert (await answer_of(impatient))[0] == 500
