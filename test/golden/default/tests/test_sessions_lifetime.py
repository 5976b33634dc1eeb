"""How long a sign-in lasts, and what is stored of it."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from app.core.constants import Role
from app.models import RefreshToken, Session, User
from app.utils.helpers import utc_now
from tests.support.ageing import age_sessions
from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Browser, Person, log_in, sign_in
from tests.support.sign_ins import COOKIE, refresh, token_of


async def test_no_token_is_stored(alice: Person, database: Inspector) -> None:
    """SESS-09."""
    first = token_of(alice)
    await refresh(alice.client)

    dump = await database.dump()

    for secret in (first, token_of(alice), alice.access_token, PASSWORD):
        assert secret not in dump


@pytest.mark.usefixtures("alice")
async def test_tokens_share_nothing(browser: Browser) -> None:
    """SESS-10."""
    tokens = {(await log_in(browser(), "alice")).cookies[COOKIE] for _ in range(20)}

    assert len(tokens) == 20
    assert all(len(token) == 43 for token in tokens)
    assert len({token[:4] for token in tokens}) > 15


@pytest.mark.parametrize(
    ("role", "idle", "absolute"),
    [
        pytest.param(Role.USER, timedelta(days=14), timedelta(days=30), id="user"),
        pytest.param(Role.ADMIN, timedelta(hours=12), timedelta(days=1), id="administrator"),
    ],
)
async def test_a_sign_in_ends_unused_and_in_any_case(
    alice: Person, database: Inspector, role: Role, idle: timedelta, absolute: timedelta
) -> None:
    """SESS-11: the limits are those of the present role."""
    await database.execute(update(User).values(role=role))
    opened = await database.scalar(select(Session.created_at))
    second = timedelta(seconds=60)

    await database.execute(update(Session).values(last_used_at=opened - idle + second))
    assert (await refresh(alice.client)).status_code == 200
    await database.execute(update(Session).values(last_used_at=opened - idle - second))
    assert (await refresh(alice.client)).status_code == 401

    await database.execute(
        update(Session).values(last_used_at=opened, created_at=opened - absolute + second)
    )
    assert (await refresh(alice.client)).status_code == 200
    await database.execute(update(Session).values(created_at=opened - absolute - second))
    assert (await refresh(alice.client)).status_code == 401


@pytest.mark.parametrize(
    ("role", "idle"),
    [
        pytest.param(Role.USER, timedelta(days=14), id="user"),
        pytest.param(Role.ADMIN, timedelta(hours=12), id="administrator"),
    ],
)
async def test_a_sign_in_that_lay_idle_is_one_that_ended(
    alice: Person, browser: Browser, database: Inspector, role: Role, idle: timedelta
) -> None:
    """SESS-11: to requests, to the list, and to the next sign-in, which sweeps it away."""
    first = await database.scalar(select(Session.id))
    await sign_in(other := browser(), "alice")
    await database.execute(update(User).values(role=role))
    long_ago = utc_now() - idle

    await database.execute(update(Session).where(Session.id == first).values(last_used_at=long_ago))

    assert (await alice.client.get("/users/me")).status_code == 401
    assert len((await other.get("/auth/sessions")).json()["items"]) == 1
    await sign_in(browser(), "alice")
    assert await database.count("sessions") == 2


async def test_a_month_later_even_the_access_token_is_dead(
    alice: Person, database: Inspector
) -> None:
    """SESS-11: an access token lives no longer than its sign-in."""
    await age_sessions(database, timedelta(days=30))

    assert (await refresh(alice.client)).status_code == 401
    assert (await alice.client.get("/users/me")).status_code == 401


async def test_a_session_that_vanished_refuses_like_any_other(
    alice: Person, database: Inspector
) -> None:
    await database.execute(delete(RefreshToken))
    await database.execute(delete(Session))

    assert (await refresh(alice.client)).status_code == 401
    assert (await alice.client.get("/users/me")).status_code == 401
