"""The program as production serves it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import Databases
from tests.support.environment import (
    make_environment,
    production_environment,
    without_settings,
)
from tests.support.interpreter import run_module
from tests.support.people import sign_up
from tests.support.server import GUNICORN, Server, spare_port

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


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        pytest.param(["-w", "4"], {}, id="command line"),
        pytest.param([], {"GUNICORN_CMD_ARGS": "--workers=4"}, id="variable of gunicorn"),
    ],
)
def test_workers_that_share_no_limits_are_refused(
    program: Path, words: list[str], variables: dict[str, str]
) -> None:
    """RATE-05: both win over WEB_CONCURRENCY, and so they are checked as well."""
    alone = production_environment(REDIS_URL="", WEB_CONCURRENCY="1")
    environment = without_settings(os.environ) | alone | variables
    port = spare_port()

    command = [*GUNICORN.format(port=port).split(), *words]
    result = run_module(*command, folder=program, environment=environment)

    assert result.returncode == 78
    assert "REDIS_URL is not set" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Listening" not in result.stdout


def test_one_worker_needs_no_shared_limits(program: Path, tmp_path: Path) -> None:
    """RATE-05: nor do several with a store that they share."""
    alone = production_environment(REDIS_URL="", WEB_CONCURRENCY="1")
    shared = production_environment(WEB_CONCURRENCY="1") | {"GUNICORN_CMD_ARGS": "--workers=2"}

    for environment in (alone, shared):
        server = Server(program, environment, tmp_path, GUNICORN)
        server.start()
        assert server.stop() == 0


def test_it_ends_in_order_when_asked(workers: Server) -> None:
    """Requests that run are finished: an orchestrator that replaces it loses none."""
    assert workers.stop() == 0
