"""Who commits, and when. Everything is read back through a second connection."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.errors import Conflict, InvalidCredentials
from app.db.session import unit_of_work
from app.dependencies import SessionDep
from app.models import LoginThrottle
from app.utils.helpers import utc_now
from tests.support.inspector import Inspector
from tests.support.people import register


class RefusedButWritten(Conflict):
    keeps_writes = True


def row() -> LoginThrottle:
    return LoginThrottle(key="written", failures=1, failed_at=utc_now())


async def test_the_commit_precedes_the_response(
    api: FastAPI, app: ASGIApp, database: Inspector
) -> None:
    """DATA-06: an ordinary client returns after the cleanup, so look while the answer starts."""
    rows_when_sent: list[int] = []

    async def write(session: SessionDep) -> dict[str, Any]:
        session.add(row())
        return {}

    async def observed(scope: Scope, receive: Receive, send: Send) -> None:
        async def spy(message: Message) -> None:
            if message["type"] == "http.response.start":
                rows_when_sent.append(await database.count("login_throttles"))
            await send(message)

        await app(scope, receive, spy)

    api.add_api_route("/written", write, methods=["POST"])
    transport = ASGITransport(app=observed)
    async with AsyncClient(transport=transport, base_url="https://localhost") as client:
        response = await client.post("/written")

    assert response.status_code == 200
    assert rows_when_sent == [1]


@pytest.mark.parametrize(
    ("error", "status", "rows"),
    [
        pytest.param(None, 200, 1, id="success is kept"),
        pytest.param(RefusedButWritten, 409, 1, id="a refusal that keeps writes is kept"),
        pytest.param(Conflict, 409, 0, id="any other refusal is rolled back"),
        pytest.param(ZeroDivisionError, 500, 0, id="a bug is rolled back"),
    ],
)
async def test_the_outcome_decides_what_stays(
    api: FastAPI,
    client: AsyncClient,
    database: Inspector,
    error: Callable[[], Exception] | None,
    status: int,
    rows: int,
) -> None:
    async def write(session: SessionDep) -> dict[str, Any]:
        session.add(row())
        await session.flush()
        if error is not None:
            raise error()
        return {}

    api.add_api_route("/written", write, methods=["POST"])

    response = await client.post("https://localhost/written")

    assert response.status_code == status
    assert await database.count("login_throttles") == rows


async def test_a_wrong_password_keeps_what_was_written() -> None:
    """LOG-02: the trace of a refused sign-in must not go with its transaction."""
    assert InvalidCredentials.keeps_writes


async def test_nothing_is_seen_before_the_end(api: FastAPI, database: Inspector) -> None:
    async with unit_of_work(api.state.sessions) as session:
        session.add(row())
        await session.flush()
        assert await database.count("login_throttles") == 0

    assert await database.count("login_throttles") == 1


async def test_a_failed_request_gives_its_connection_back(
    api: FastAPI, client: AsyncClient
) -> None:
    """ERR-06: fifty failures, more than the pool has connections, and the next request works."""

    async def fail(session: SessionDep) -> None:
        session.add(row())
        await session.flush()
        raise ZeroDivisionError

    api.add_api_route("/failing", fail, methods=["POST"])
    for _ in range(50):
        assert (await client.post("https://localhost/failing")).status_code == 500

    assert (await register(client, "alice")).status_code == 201
