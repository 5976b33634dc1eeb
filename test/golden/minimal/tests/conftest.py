"""The fixtures: a fresh database for every test, the application on it, and people using it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from starlette.types import ASGIApp

from app.config import Settings
from app.main import protect
from tests.support.alembic import Alembic
from tests.support.databases import Databases, make_databases
from tests.support.environment import copy_program, empty_redis, make_environment, own_folders
from tests.support.inspector import Inspector
from tests.support.patience import be_patient
from tests.support.people import Browser, Person, promote, sign_up
from tests.support.routed import routed_api
from tests.support.server import UVICORN, Server, StartServer


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The application's files without ``.env``: the folder that child processes run in."""
    return copy_program(tmp_path_factory.mktemp("program"))


@pytest.fixture(scope="session")
def alembic(program: Path) -> Alembic:
    return Alembic(program)


@pytest.fixture(scope="session")
def databases(alembic: Alembic, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with make_databases(alembic, tmp_path_factory.mktemp("databases")) as databases:
        yield databases


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    url = databases.migrated()
    yield url
    databases.drop(url)


@pytest.fixture
def database(database_url: str) -> Inspector:
    """A second connection to the database of this test: what it sees is committed."""
    return Inspector(database_url)


@pytest.fixture
def environment(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> dict[str, str]:
    """The variables of this test; ``@pytest.mark.environment(NAME="value")`` changes some."""
    empty_redis()
    marker = request.node.get_closest_marker("environment")
    changes = own_folders(tmp_path) | (marker.kwargs if marker else {})
    return make_environment(database_url, **changes)


@pytest.fixture
def settings(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    be_patient(monkeypatch)
    return Settings(_env_file=None)


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[FastAPI]:
    """The routes without the defences around them; ``app`` is what is served."""
    with routed_api(settings) as api:
        async with api.router.lifespan_context(api):
            yield api


@pytest.fixture
def app(api: FastAPI, settings: Settings) -> ASGIApp:
    return protect(api, settings)


@pytest.fixture
async def browser(app: ASGIApp) -> AsyncIterator[Browser]:
    """Opens clients with cookies of their own."""
    async with AsyncExitStack() as opened:

        def open_client() -> AsyncClient:
            client = AsyncClient(
                transport=ASGITransport(app=app), base_url="https://localhost/api/v1"
            )
            opened.push_async_callback(client.aclose)
            return client

        yield open_client


@pytest.fixture
def client(browser: Browser) -> AsyncClient:
    """Somebody who is not signed in. ``https://localhost/health/live`` leaves the prefix."""
    return browser()


@pytest.fixture
async def alice(browser: Browser) -> Person:
    return await sign_up(browser(), "alice")


@pytest.fixture
async def bob(browser: Browser) -> Person:
    return await sign_up(browser(), "bob")


@pytest.fixture
async def admin(browser: Browser, database: Inspector) -> Person:
    return await promote(await sign_up(browser(), "overseer"), database)


@pytest.fixture(scope="session")
def server(
    program: Path, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A real server that the tests share: give the people in it names of their own."""
    url = databases.migrated()
    server = Server(program, make_environment(url), tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()
    databases.drop(url)


@pytest.fixture
def start_server(
    program: Path, environment: dict[str, str], tmp_path: Path
) -> Iterator[StartServer]:
    """Starts a server on the database of this test, with variables changed by keyword."""
    started: list[Server] = []

    def start(command: str = UVICORN, **changes: str) -> Server:
        server = Server(program, environment | changes, tmp_path, command)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()
