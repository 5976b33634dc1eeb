"""The application with its routes built once: that takes longer than most tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from app.config import Settings
from app.main import create_api, equip

_built: dict[object, FastAPI] = {}


@contextmanager
def routed_api(settings: Settings) -> Iterator[FastAPI]:
    """Equip the routes for these settings; routes that a test adds are taken away after it."""
    # All that decides which routes there are.
    key = (settings.shows_docs, settings.security_contact)
    api = _built[key] = _built.get(key) or create_api(settings)
    routes = list(api.router.routes)
    equip(api, settings)
    yield api
    api.router.routes[:] = routes
