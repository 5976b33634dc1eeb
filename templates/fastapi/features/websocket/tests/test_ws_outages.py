"""Connections while Redis is away, and the end of a process whose driver does not listen."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp

from app.api import live
from app.schemas.ws import SessionCount
from tests.support.outages import OnWireToRedis
from tests.support.people import Person
from tests.support.sockets import ask, hear, hear_count, opened, serving
from tests.support.wire import Wire

PING, PONG = {"type": "ping"}, {"type": "pong"}


class Stubborn:
    """A bus that takes the first cancellation for something else, as a driver may."""

    async def publish(self, *_: object) -> None:
        raise NotImplementedError

    async def run(self, _: Callable[..., None]) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.Event().wait()


async def test_a_process_ends_whatever_its_driver_swallows(
    api: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An orchestrator would kill it in the middle of its requests."""
    monkeypatch.setattr(live, "make_bus", lambda _: Stubborn())
    monkeypatch.setattr(live, "CANCEL_SECONDS", 0.05)

    async with asyncio.timeout(60):
        async with live.hold_connections(api):
            await asyncio.sleep(0.1)


class TestRedis(OnWireToRedis):
    @pytest.fixture
    async def port(self, app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
        monkeypatch.setattr("app.services.live_bus.RECONNECT_SECONDS", 0.1)
        async with serving(app) as port:
            yield port

    async def test_connections_outlive_it(
        self, port: int, api: FastAPI, alice: Person, wire: Wire
    ) -> None:
        """WS-08: what is published meanwhile is lost, as documented; then it goes on."""
        publish = api.state.connections.publish
        async with await opened(port, alice.client) as connection:
            wire.cut()
            await publish(alice.id, SessionCount(count=66))
            await connection.send('{"type": "ping"}')
            while await hear(connection) != PONG:
                pass
            await wire.mend()

            heard = asyncio.create_task(hear_count(connection, 77))
            while not heard.done():
                await publish(alice.id, SessionCount(count=77))
                await asyncio.sleep(0.1)
            await heard
            assert (await ask(connection, PING))["type"] in ("pong", "sessions")
