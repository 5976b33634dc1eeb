"""What every command works with."""

import argparse
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import TypeAlias

from app.config import Settings
from app.core.encryption import install_keys
from app.db.engine import create_engine
from app.db.session import Sessions, create_sessions

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run: TypeAlias = Callable[[Settings, argparse.Namespace], Coroutine[None, None, int]]


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Sessions]:
    install_keys(settings.encryption_keys)
    engine = create_engine(settings)
    try:
        yield create_sessions(engine, settings)
    finally:
        await engine.dispose()
