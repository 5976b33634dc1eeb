"""Ends connections whose sign-in has ended, whoever ended it and in whichever worker.

The sessions are read again every second, in one query for all connections of this worker. That
needs no word from the places that end a session, and believes none.
"""

import asyncio

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.config import SecuritySettings
from app.crud import live_session
from app.crud.session_life import life_limits
from app.db.session import reading
from app.services.connections import Connections, Ending
from app.utils.helpers import utc_now

logger = structlog.get_logger(__name__)

CHECK_SECONDS = 1.0
# The database may restart. Longer than this, nobody is believed to be signed in.
BLIND_SECONDS = 15.0


async def watch(engine: AsyncEngine, settings: SecuritySettings, connections: Connections) -> None:
    """Check again and again, until cancelled."""
    loop = asyncio.get_running_loop()
    checked_at = loop.time()
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        try:
            async with asyncio.timeout(BLIND_SECONDS):
                await check(engine, settings, connections)
            checked_at = loop.time()
        except Exception as error:
            # Whatever it is: a watch that dies would believe everybody for ever.
            logger.error("sessions_not_checked", exc_info=error)
            if loop.time() - checked_at > BLIND_SECONDS:
                for connection in connections:
                    connection.end(Ending.UNCHECKED)


async def check(engine: AsyncEngine, settings: SecuritySettings, connections: Connections) -> None:
    # Before the query: it cannot know of a sign-in that came after it.
    checked = [*connections]
    if checked:
        async with reading(engine) as database:
            users = {connection.user_id for connection in checked}
            limits = life_limits(settings, utc_now())
            live = await live_session.get_live(database, users, limits)
        connections.keep(checked, live)
