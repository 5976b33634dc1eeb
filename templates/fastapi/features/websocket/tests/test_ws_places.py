"""How many WebSocket connections and handshakes there may be."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient
from pydantic import ValidationError
from starlette.types import ASGIApp

from tests.support.configured import settings_from
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.sockets import get_ticket, opened, refusal, serving

LISTED = "https://app.example.com"
PING = {"type": "ping"}
LIMITED = "SELECT actor_id FROM audit_events WHERE event = 'rate_limited'"


@pytest.fixture
async def port(app: ASGIApp) -> AsyncIterator[int]:
    async with serving(app) as port:
        yield port


@pytest.mark.environment(WS_CONNECTIONS_PER_USER="2")
async def test_a_user_has_so_many_connections(
    port: int, alice: Person, bob: Person, database: Inspector
) -> None:
    """WS-06, LOG-02: refused on record; and a place that is left is free again."""
    mine = [await opened(port, alice.client) for _ in range(2)]

    refused = await refusal(port, await get_ticket(alice.client))
    theirs = await opened(port, bob.client)

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert [str(row[0]).replace("-", "") for row in await database.rows(LIMITED)] == [alice.id.hex]
    await mine[0].close()
    mine.append(await opened(port, alice.client))
    for connection in (*mine, theirs):
        await connection.close()


@pytest.mark.environment(WS_CONNECTIONS="1")
async def test_a_worker_has_so_many_connections(port: int, alice: Person, bob: Person) -> None:
    """WS-06: requests need places, too."""
    mine = await opened(port, alice.client)

    assert (await refusal(port, await get_ticket(bob.client))).status_code == 503
    await mine.close()
    # A place that is left is free again.
    theirs = await opened(port, bob.client)
    await theirs.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WS_CONNECTIONS_PER_USER", "0"),
        ("WS_CONNECTIONS_PER_USER", "101"),
        ("WS_CONNECTIONS", "0"),
        ("WS_CONNECTIONS", "901"),
    ],
)
def test_the_operator_has_bounds_too(name: str, value: str) -> None:
    """WS-06: a worker serves a thousand at once (gunicorn.conf.py), requests among them."""
    with pytest.raises(ValidationError):
        settings_from({"ENVIRONMENT": "test", name: value})


@pytest.mark.environment(RATE_LIMIT_DEFAULT="")
async def test_tickets_and_handshakes_are_counted(
    port: int, alice: Person, client: AsyncClient
) -> None:
    """WS-07: the first by user, the others by address."""
    tickets = [(await alice.client.post("/ws/tickets")).status_code for _ in range(31)]
    assert tickets == [201] * 30 + [429]

    handshakes = [(await refusal(port, "x")).status_code for _ in range(121)]
    assert handshakes == [401] * 120 + [429]
    assert (await client.post("/ws/tickets")).status_code == 401
