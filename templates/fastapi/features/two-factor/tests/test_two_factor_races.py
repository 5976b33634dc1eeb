"""Twenty at once: a code that is good once has one winner."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.core.one_time_code import plain
from app.core.security import digest
from app.crud import two_factor as crud
from app.db.session import unit_of_work
from app.models import RecoveryCode, Session
from tests.support.people import Person, log_in, sign_up
from tests.support.second_factor import confirm, log_in_with, start, turn_on
from tests.support.server import Server

AT_ONCE = 20


@pytest.fixture
async def clients(server: Server) -> AsyncIterator[list[AsyncClient]]:
    """Browsers with a connection each."""
    clients = [server.client() for _ in range(AT_ONCE)]
    yield clients
    for client in clients:
        await client.aclose()


async def live_sessions(server: Server, person: Person) -> int:
    live = select(func.count()).select_from(Session).where(Session.revoked_at.is_(None))
    return int(await server.database.scalar(live.where(Session.user_id == person.id)))


async def test_parallel_sign_ins_with_one_code_have_one_winner(
    server: Server, clients: list[AsyncClient]
) -> None:
    """TFA-03: the others guess, and soon have to wait; no error."""
    person = await sign_up(clients[0], "one-code")
    app = await turn_on(person)
    code = app.code(1)

    answers = await asyncio.gather(*(log_in_with(one, code, "one-code") for one in clients))

    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[200] == 1
    assert statuses[401] + statuses[429] == AT_ONCE - 1
    assert await live_sessions(server, person) == 2


async def test_parallel_sign_ins_with_one_recovery_code_have_one_winner(
    server: Server, clients: list[AsyncClient]
) -> None:
    """TFA-06."""
    person = await sign_up(clients[0], "one-paper")
    code = (await turn_on(person)).recovery_codes[0]

    answers = await asyncio.gather(*(log_in_with(one, code, "one-paper") for one in clients))

    assert Counter(answer.status_code for answer in answers)[200] == 1
    left = select(func.count()).select_from(RecoveryCode)
    assert await server.database.scalar(left.where(RecoveryCode.owner_id == person.id)) == 9


async def test_one_statement_uses_up_a_step(api: FastAPI, alice: Person) -> None:
    """TFA-03: it decides by itself, whoever forgets to lock the account."""
    await start(alice)

    async def use() -> bool:
        async with unit_of_work(api.state.sessions) as session:
            return await crud.use_step(session, 7, owner_id=alice.id)

    assert Counter(await asyncio.gather(*(use() for _ in range(AT_ONCE)))) == {True: 1, False: 19}


async def test_one_statement_uses_up_a_recovery_code(api: FastAPI, alice: Person) -> None:
    """TFA-06."""
    code_hash = digest(plain((await turn_on(alice)).recovery_codes[0]))

    async def use() -> bool:
        async with unit_of_work(api.state.sessions) as session:
            return await crud.use_recovery_code(session, code_hash, owner_id=alice.id)

    assert Counter(await asyncio.gather(*(use() for _ in range(AT_ONCE)))) == {True: 1, False: 19}


async def test_it_is_turned_on_once(clients: list[AsyncClient]) -> None:
    """TFA-01: one answer has recovery codes, and they are the ones that count."""
    person = await sign_up(clients[0], "twice-on")
    app = await start(person)
    code = app.code()

    answers = await asyncio.gather(*(confirm(person, code) for _ in range(AT_ONCE)))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 19}
    (codes,) = [answer.json()["recovery_codes"] for answer in answers if answer.is_success]
    assert (await log_in_with(clients[1], codes[9], "twice-on")).status_code == 200


async def test_no_sign_in_slips_past_while_it_is_turned_on(
    server: Server, clients: list[AsyncClient]
) -> None:
    """TFA-08: with the password alone, at the same moment: ended, or refused."""
    for number in range(5):
        person = await sign_up(clients[0], f"slips-past-{number}")
        app = await start(person)
        others = (log_in(one, person.username) for one in clients[1:4])

        answers = await asyncio.gather(*others, confirm(person, app.code()))

        assert answers[-1].status_code == 200
        assert await live_sessions(server, person) == 1
