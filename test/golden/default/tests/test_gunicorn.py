"""The program as production serves it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import Databases
from tests.support.environment import make_environment
from tests.support.people import sign_up
from tests.support.server import GUNICORN, Server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs fork")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def workers(program: Path, databases: Databases, home: Path) -> Iterator[Server]:
    """Two workers; the tests below end them."""
    variables = {"HOME": str(home), "WEB_CONCURRENCY": "2"}
    url = databases.migrated()
    server = Server(program, make_environment(url, **variables), home.parent, GUNICORN)
    server.start()
    yield server
    server.stop()
    databases.drop(url)


async def test_several_workers_serve_one_account(workers: Server) -> None:
    async with workers.client() as client:
        alice = await sign_up(client, "alice")
        answers = [await client.get("/users/me") for _ in range(10)]

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["email"] for answer in answers} == {alice.email}


async def test_nothing_tells_what_serves(workers: Server) -> None:
    """HDR-05: neither a name nor a version in the headers."""
    async with workers.client() as client:
        headers = (await client.get("/users/me")).headers

    assert "server" not in headers
    assert "x-powered-by" not in headers


def test_no_control_socket_is_left_in_the_home_directory(workers: Server, home: Path) -> None:
    assert workers.pid
    assert list(home.iterdir()) == []


def test_it_ends_in_order_when_asked(workers: Server) -> None:
    """Requests that run are finished: an orchestrator that replaces it loses none."""
    assert workers.stop() == 0
