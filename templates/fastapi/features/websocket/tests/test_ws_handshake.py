"""Who may open a WebSocket connection."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import update
from starlette.types import ASGIApp

from app.models import WsTicket
from app.utils.helpers import utc_now
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.sockets import ask, get_ticket, opening, refusal, serving

LISTED = "https://app.example.com"
PING = {"type": "ping"}


@pytest.fixture
async def port(app: ASGIApp) -> AsyncIterator[int]:
    async with serving(app) as port:
        yield port


async def test_a_ticket_opens_one_connection(port: int, alice: Person) -> None:
    """WS-01."""
    ticket = await get_ticket(alice.client)

    async with opening(port, ticket) as connection:
        assert await ask(connection, PING) == {"type": "pong"}
    again = await refusal(port, ticket)

    assert again.status_code == 401
    assert json.loads(again.body)["code"] == "invalid_ticket"


async def test_of_many_with_one_ticket_one_gets_in(port: int, alice: Person) -> None:
    """WS-01: also when they come at once."""
    ticket = await get_ticket(alice.client)

    results = await asyncio.gather(
        *(opening(port, ticket) for _ in range(8)), return_exceptions=True
    )

    opened_ones = [result for result in results if not isinstance(result, BaseException)]
    assert len(opened_ones) == 1
    await opened_ones[0].close()


async def test_a_ticket_lives_for_half_a_minute(
    port: int, alice: Person, database: Inspector
) -> None:
    """WS-01."""
    response = await alice.client.post("/ws/tickets")
    assert response.json()["expires_in"] == 30
    past = utc_now() - timedelta(milliseconds=1)
    await database.execute(update(WsTicket).values(expires_at=past))

    assert (await refusal(port, response.json()["ticket"])).status_code == 401
    await get_ticket(alice.client)
    assert await database.count("ws_tickets") == 1


async def test_a_ticket_is_stored_as_a_hash(alice: Person, database: Inspector) -> None:
    """WS-02."""
    ticket = await get_ticket(alice.client)

    assert len(ticket) >= 43
    assert await database.count("ws_tickets") == 1
    assert ticket not in await database.dump()
    assert "ticket_hash" not in (await alice.client.get("/users/me/export")).text


async def test_a_ticket_is_worth_no_more_than_its_sign_in(
    port: int, alice: Person, bob: Person, database: Inspector
) -> None:
    """WS-02."""
    tickets = [await get_ticket(person.client) for person in (alice, bob)]

    await alice.client.post("/auth/logout")
    await database.execute(
        "UPDATE users SET is_active = false WHERE username = :name", name=bob.username
    )

    for ticket in tickets:
        assert (await refusal(port, ticket)).status_code == 401


@pytest.mark.parametrize("ticket", ["", "x", "%00", "x" * 5000])
async def test_an_odd_ticket_is_refused(port: int, ticket: str) -> None:
    """WS-01."""
    refused = await refusal(port, ticket)

    assert refused.status_code in (401, 422)


@pytest.mark.parametrize("query", ["&a=b", "&ticket=x", "&token=x"])
async def test_a_query_holds_the_ticket_and_nothing_else(
    port: int, alice: Person, query: str
) -> None:
    """WS-03: of two tickets, one would be ignored."""
    ticket = await get_ticket(alice.client)

    assert (await refusal(port, ticket + query)).status_code == 422
    async with opening(port, ticket) as connection:
        assert await ask(connection, PING) == {"type": "pong"}


@pytest.mark.environment(CORS_ORIGINS=LISTED)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://localhost", ""])
async def test_another_site_opens_no_connection(port: int, alice: Person, origin: str) -> None:
    """WS-04: and does not use the ticket up."""
    ticket = await get_ticket(alice.client)

    refused = await refusal(port, ticket, Origin=origin)

    assert refused.status_code == 403
    for ours in (LISTED, None):
        headers = {"Origin": ours} if ours else {}
        async with opening(port, await get_ticket(alice.client), **headers) as connection:
            assert await ask(connection, PING) == {"type": "pong"}
    async with opening(port, ticket, Origin=f"http://localhost:{port}") as connection:
        assert await ask(connection, PING) == {"type": "pong"}
