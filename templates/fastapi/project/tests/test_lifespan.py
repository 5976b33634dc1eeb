"""What is left when the application stops, however it stops."""

import asyncio

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from app.config import Settings
from tests.support.people import PASSWORD
from tests.support.routed import routed_api


class Interrupted(BaseException):
    """Something further in failed to start, or the process was told to go."""


async def serve_once(api: FastAPI) -> None:
    async with api.router.lifespan_context(api):
        async with api.state.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        raise Interrupted


async def test_nothing_outlives_an_application_that_breaks_off(settings: Settings) -> None:
    before = asyncio.all_tasks()
    with routed_api(settings) as api:
        with pytest.raises(Interrupted):
            await serve_once(api)

        assert asyncio.all_tasks() == before
        assert api.state.engine.pool.checkedin() == 0
        with pytest.raises(RuntimeError):
            await api.state.hasher.hash(PASSWORD)
