"""What happens when many ask at once, over real sockets."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable

import httpx
import pytest
from sqlalchemy import func, select

from app.models import RefreshToken, Session, User
from tests.support.people import log_in, register, sign_up
from tests.support.server import Server, StartServer

COOKIE = "refresh_token"
ONCE = {"Connection": "close"}


async def refresh(server: Server, token: str) -> httpx.Response:
    async with server.client() as client:
        return await client.post("/auth/refresh", headers={"Cookie": f"{COOKIE}={token}"})


async def test_twenty_parallel_refreshes_have_one_winner(server: Server) -> None:
    """SESS-02: a refresh token buys one successor, however many ask at the same moment."""
    async with server.client() as client:
        person = await sign_up(client, "twenty-tabs")
        token = client.cookies[COOKIE]

    answers = await asyncio.gather(*(refresh(server, token) for _ in range(20)))

    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[200] == 1
    # Who waits too long for the others' lock is sent away, which spends nothing.
    assert set(statuses) <= {200, 401, 503}
    links = select(func.count()).select_from(RefreshToken).join(Session)
    assert await server.database.scalar(links.where(Session.user_id == person.id)) == 2
    winner = next(answer for answer in answers if answer.status_code == 200)
    assert (await refresh(server, winner.cookies[COOKIE])).status_code == 200


async def test_twenty_parallel_registrations_make_one_account(server: Server) -> None:
    """AUTH-18: the database decides, so the race ends with one row and no 500."""

    async def attempt() -> int:
        async with server.client() as client:
            return (await register(client, "wanted-name")).status_code

    statuses = await asyncio.gather(*(attempt() for _ in range(20)))

    assert statuses.count(201) == 1
    assert set(statuses) <= {201, 409, 503}
    wanted = select(func.count()).select_from(User).where(User.username == "wanted-name")
    assert await server.database.scalar(wanted) == 1


@pytest.mark.environment(ARGON2_MEMORY_KIB="65536", ARGON2_TIME_COST="3")
async def test_fifty_parallel_sign_ins_leave_the_server_responsive(
    start_server: StartServer,
) -> None:
    """DOS-03: hashing runs off the event loop, and only so many hashes at once."""
    server = start_server()

    async def attempt(number: int) -> int:
        async with server.client() as client:
            return (await log_in(client, f"nobody-{number}")).status_code

    async with server.client() as client:
        alone = await timed(attempt(50))
        attempts = asyncio.gather(*(attempt(number) for number in range(50)))
        waits = []
        while not attempts.done():
            waits.append(await timed(client.get(f"{server.origin}/health/live", headers=ONCE)))
            await asyncio.sleep(0.02)

    assert set(await attempts) <= {401, 503}
    # On the event loop, one answer would wait for many hashes; a busy machine slows down both.
    assert sorted(waits)[int(len(waits) * 0.95)] < max(0.25, 2 * alone)


async def timed(work: Awaitable[object]) -> float:
    started = time.monotonic()
    await work
    return time.monotonic() - started
