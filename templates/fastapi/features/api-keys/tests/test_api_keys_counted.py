"""What is counted of the requests with keys, and what is written down."""

import asyncio
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, update

from app.core.api_keys import new_api_key
from app.core.limits import LIMITS
from app.models import ApiKey
from tests.support.api_keys import new_key, with_key
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person


@pytest.mark.environment(RATE_LIMIT_DEFAULT="")
async def test_all_keys_of_a_user_count_as_one(alice: Person, browser: Browser) -> None:
    """KEY-15: with the user's own requests."""
    programs = [with_key(browser, await new_key(alice)) for _ in range(3)]
    allowed = int(LIMITS["signed_in"].rule.partition("/")[0])

    for number in range(allowed):
        await programs[number % 3].get("/users/me")

    # The window slides on while a slow machine asks.
    refused = [await programs[number % 3].get("/users/me") for number in range(90)]
    assert 429 in [response.status_code for response in refused]
    assert (await alice.client.get("/users/me")).status_code == 429


@pytest.mark.environment(RATE_LIMIT_DEFAULT="")
async def test_guesses_are_counted_by_address(client: AsyncClient) -> None:
    """KEY-15."""
    guesses = [
        (await client.get("/users/me", headers={"X-API-Key": new_api_key()})).status_code
        for _ in range(61)
    ]

    assert guesses == [401] * 60 + [429]


async def last_use(api: FastAPI, database: Inspector) -> datetime | None:
    await api.state.api_key_uses.finish()
    at: datetime | None = await database.scalar(select(ApiKey.last_used_at))
    return at


async def test_the_last_use_is_written_once_a_minute(
    alice: Person, browser: Browser, api: FastAPI, database: Inspector
) -> None:
    """KEY-16."""
    program = with_key(browser, await new_key(alice))
    assert await last_use(api, database) is None

    await asyncio.gather(*(program.get("/users/me") for _ in range(5)))
    first = await last_use(api, database)
    await program.get("/users/me")
    second = await last_use(api, database)

    assert first is not None
    assert second == first
    assert (await alice.client.get("/api-keys")).json()["items"][0]["last_used_at"] is not None

    await database.execute(update(ApiKey).values(last_used_at=first - timedelta(seconds=61)))
    await program.get("/users/me")
    third = await last_use(api, database)
    assert third is not None
    assert third >= first
