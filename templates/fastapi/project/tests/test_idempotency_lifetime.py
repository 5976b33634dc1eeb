"""What is kept of requests that may be repeated, for how long, and from whom it is hidden."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app.config import Settings
from app.db.session import create_sessions, unit_of_work
from app.services.cleanup import purge
from app.utils.helpers import utc_now
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.slips import add_slips, send


@pytest.fixture
def made(api: FastAPI) -> list[UUID]:
    """What a route has made that can be repeated."""
    return add_slips(api)


async def test_a_kept_answer_is_not_readable(
    alice: Person, made: list[UUID], database: Inspector
) -> None:
    """DATA-01: it may hold what is encrypted in its own table."""
    await send(alice.client, "key", text="a secret of mine")

    assert len(made) == 1
    assert "a secret of mine" not in await database.dump()


async def age(database: Inspector, to: datetime) -> None:
    statement = "UPDATE idempotency_keys SET created_at = :to"
    value = to if database.backend == "postgresql" else to.strftime("%Y-%m-%d %H:%M:%S.%f")
    await database.execute(statement, to=value)


async def test_a_key_is_forgotten_after_a_day(
    alice: Person, made: list[UUID], database: Inspector
) -> None:
    first = await send(alice.client, "key")
    await age(database, utc_now() - timedelta(days=1, minutes=1))

    assert await send(alice.client, "key") != first
    assert len(made) == 2
    assert await database.count("idempotency_keys") == 1


async def test_a_retry_is_recognised_after_a_new_secret(
    api: FastAPI, settings: Settings, alice: Person, made: list[UUID]
) -> None:
    """CONF-06: the request was hashed with a key that only verifies by now."""
    first = await send(alice.client, "key")
    rotated = settings.model_copy(
        update={
            "secret_key": SecretStr("another secret of the same length, or nearly"),
            "secret_key_previous": (settings.secret_key,),
        }
    )
    api.state.sessions = create_sessions(api.state.engine, rotated)

    assert await send(alice.client, "key") == first
    assert await send(alice.client, "key", text="another") == "422"
    assert len(made) == 1


async def test_old_answers_are_deleted(
    api: FastAPI, alice: Person, made: list[UUID], database: Inspector
) -> None:
    await send(alice.client, "old")
    await age(database, utc_now() - timedelta(days=2))
    await send(alice.client, "new")

    async with unit_of_work(api.state.sessions) as session:
        purged = await purge(session, api.state.settings)

    assert purged.answers == 1
    assert len(made) == 2
    assert await database.scalar("SELECT key FROM idempotency_keys") == "new"


async def test_answers_go_with_their_owner(
    alice: Person, made: list[UUID], database: Inspector
) -> None:
    """DATA-05."""
    await send(alice.client, "key")
    await alice.client.delete("/users/me")

    assert len(made) == 1
    assert await database.count("idempotency_keys") == 0
