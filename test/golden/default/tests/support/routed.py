"""The application with its routes and engines made once: that takes longer than most tests."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from app.config import Settings
from app.db.engine import create_engine
from app.db.settings import DatabaseSettings
from app.db.url import Database
from app.main import create_api, equip

_built: dict[object, FastAPI] = {}
_engines: dict[Database, AsyncEngine] = {}


def kept_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Make an engine, or take the one whose connections an earlier test has closed.

    To compile the statements of a sign-in takes longer than to run them, and each engine
    compiles for itself.
    """
    engine = _engines.get(settings.database)
    if engine is None:
        engine = _engines[settings.database] = create_engine(settings)
    return engine


@contextmanager
def routed_api(settings: Settings) -> Iterator[FastAPI]:
    """Equip the routes for these settings; routes that a test adds are taken away after it."""
    # All that decides which routes there are.
    key = (settings.shows_docs, settings.security_contact)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.main.create_engine", kept_engine)
        api = _built[key] = _built.get(key) or create_api(settings)
        equip(api, settings)
    routes = list(api.router.routes)
    yield api
    api.router.routes[:] = routes
