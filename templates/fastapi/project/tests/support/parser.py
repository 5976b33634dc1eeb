"""Production's parser, in this process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp
from uvicorn import Config
from uvicorn.server import ServerState

from app.core.server import StrictProtocol


@asynccontextmanager
async def serving(app: ASGIApp, **options: Any) -> AsyncIterator[int]:
    """The application behind the parser of ``gunicorn.conf.py``, at the port that it yields."""
    config, state = Config(app, lifespan="off", log_config=None, **options), ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: StrictProtocol(config, state, app_state={}), "127.0.0.1", 0
    )
    async with server:
        yield server.sockets[0].getsockname()[1]
