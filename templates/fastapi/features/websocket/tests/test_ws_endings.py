"""When a WebSocket connection ends with the sign-in behind it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from starlette.types import ASGIApp

from app.core.constants import Role
from app.models import Session, User
from tests.support.ageing import age_sessions, shift
from tests.support.inspector import Inspector
from tests.support.people import NEW_PASSWORD, PASSWORD, Browser, Person, sign_in
from tests.support.sockets import ask, close_code, opened, serving

PING = {"type": "ping"}
SIGNED_OUT, UNCHECKED = 4401, 1013

EndSession = Callable[[Person, Person, Browser, Inspector], Awaitable[object]]


@pytest.fixture
async def port(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr("app.core.socket_protocol.ABORT_SECONDS", 0.2)
    async with serving(app) as port:
        yield port


@pytest.fixture
def often_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.session_watch.CHECK_SECONDS", 0.05)


async def log_out(alice: Person, _: Person, __: Browser, ___: Inspector) -> None:
    await alice.client.post("/auth/logout")


async def log_out_everywhere(_: Person, __: Person, browser: Browser, ___: Inspector) -> None:
    other = browser()
    await sign_in(other, "alice")
    await other.post("/auth/logout-all")


async def change_password(_: Person, __: Person, browser: Browser, ___: Inspector) -> None:
    other = browser()
    await sign_in(other, "alice")
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert (await other.post("/auth/password", json=change)).status_code == 204


async def deactivate(alice: Person, admin: Person, _: Browser, __: Inspector) -> None:
    await admin.client.patch(f"/users/{alice.id}", json={"is_active": False})


async def delete(alice: Person, admin: Person, _: Browser, __: Inspector) -> None:
    await admin.client.delete(f"/users/{alice.id}")


async def outlive(_: Person, __: Person, ___: Browser, database: Inspector) -> None:
    await age_sessions(database, by=MONTH)


async def lie_idle(_: Person, __: Person, ___: Browser, database: Inspector) -> None:
    await shift(database, Session, ("last_used_at",), timedelta(days=14))


async def lie_idle_as_administrator(
    _: Person, __: Person, ___: Browser, database: Inspector
) -> None:
    await database.execute(update(User).values(role=Role.ADMIN))
    await shift(database, Session, ("last_used_at",), timedelta(hours=12))


MONTH = timedelta(days=31)
ENDS = [
    log_out,
    log_out_everywhere,
    change_password,
    deactivate,
    delete,
    outlive,
    lie_idle,
    lie_idle_as_administrator,
]


@pytest.mark.usefixtures("often_checked")
@pytest.mark.parametrize("end", ENDS)
async def test_a_connection_ends_with_its_sign_in(
    port: int, alice: Person, admin: Person, browser: Browser, database: Inspector, end: EndSession
) -> None:
    """WS-11: by whatever it ends."""
    connection = await opened(port, alice.client)
    assert (await ask(connection, PING))["type"] in ("pong", "sessions")

    await end(alice, admin, browser, database)

    assert await close_code(connection) == SIGNED_OUT


@pytest.mark.usefixtures("often_checked")
async def test_a_password_change_keeps_the_connection_of_whoever_made_it(
    port: int, alice: Person
) -> None:
    """WS-11, SESS-05."""
    async with await opened(port, alice.client) as connection:
        change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
        await alice.client.post("/auth/password", json=change)
        await asyncio.sleep(0.3)
        assert (await ask(connection, PING))["type"] in ("pong", "sessions")


@pytest.mark.usefixtures("often_checked")
async def test_whoever_cannot_be_checked_is_not_believed_for_long(
    port: int, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WS-11: the database is away, or the check has a bug."""
    connection = await opened(port, alice.client)
    monkeypatch.setattr("app.services.session_watch.BLIND_SECONDS", 0.2)
    monkeypatch.setattr("app.services.session_watch.check", None)

    assert await close_code(connection) == UNCHECKED
