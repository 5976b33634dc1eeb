"""What a request costs: ``GET /users/me`` of a generated project beside bare FastAPI routes.

    PROJECT/.venv/bin/python bench/request.py PROJECT [--database-url postgresql://...]

The number is CPU time of the server for one request, by the clock of its process: other work on the
machine is not in it. All servers run at the same time and are asked in turn, so that a slow moment
is not one's alone.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

HERE = Path(__file__).parent
PROMISED = 0.75
ACCOUNT = {
    "email": "bench@example.com",
    "username": "bench",
    "password": f"{os.urandom(12).hex()} and four words more",
}


@dataclass(frozen=True)
class Route:
    """One thing to ask, and who answers it."""

    name: str
    pid: int
    port: int
    path: str
    token: str

    @property
    def request(self) -> bytes:
        lines = (
            f"GET {self.path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: application/json",
            "User-Agent: bench",
            f"Authorization: Bearer {self.token}",
        )
        return "\r\n".join((*lines, "", "")).encode()

    def cpu_seconds(self) -> float:
        # What clock_getcpuclockid() answers: of all threads, those that have ended too.
        return time.clock_gettime(~self.pid << 3 | 2)

    def milliseconds(self, requests: int, connections: int) -> float:
        before = self.cpu_seconds()
        asyncio.run(ask(self, requests, connections))
        return (self.cpu_seconds() - before) / requests * 1000


async def ask(route: Route, requests: int, connections: int) -> None:
    await asyncio.gather(*(ask_in_turn(route, requests // connections) for _ in range(connections)))


async def ask_in_turn(route: Route, requests: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", route.port)
    for _ in range(requests):
        writer.write(route.request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b" 200 " not in head.partition(b"\r\n")[0]:
            raise SystemExit(f"{route.name}: {head.decode()}")
        length = head.partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
    writer.close()


@contextmanager
def serve(app: str, folder: Path, settings: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Start a server whose log is a file, wait for it, and stop it at the end."""
    with socket.create_server(("127.0.0.1", 0)) as spare:
        port = spare.getsockname()[1]
    words = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--http", "h11"]
    flags = ["--no-access-log", "--no-proxy-headers", "--no-server-header"]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [*words, *flags], cwd=folder, env=os.environ | settings, stdout=log, stderr=log
        )
        try:
            wait_for(port)
            yield server.pid, port
        finally:
            server.terminate()
            server.wait()


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server does not start.")


def post(port: int, path: str, body: bytes = b"", content_type: str = "") -> bytes:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, method="POST")
    request.add_header("Content-Type", content_type)
    with urllib.request.urlopen(request) as response:
        answer: bytes = response.read()
    return answer


@contextmanager
def project(folder: Path, database_url: str) -> Iterator[Route]:
    """Serve the project with every defence and its log; only its rate limit is out of reach."""
    settings = {
        "ENVIRONMENT": "development",
        "DATABASE_URL": database_url,
        "LOG_FORMAT": "json",
        "RATE_LIMIT_DEFAULT": "100000000/minute",
    }
    migrate = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(migrate, cwd=folder, env=os.environ | settings, check=True, capture_output=True)
    with serve("app.main:app", folder, settings) as (pid, port):
        try:
            post(port, "/api/v1/auth/register", json.dumps(ACCOUNT).encode(), "application/json")
        except urllib.error.HTTPError as refused:
            raise SystemExit(f"Is the database empty? {refused.read().decode()}") from None
        form = urlencode({name: ACCOUNT[name] for name in ("username", "password")}).encode()
        answer = post(port, "/api/v1/auth/login", form, "application/x-www-form-urlencoded")
        token = json.loads(answer)["access_token"]
        yield Route("the generated project, /users/me", pid, port, "/api/v1/users/me", token)


@contextmanager
def bare(database_url: str, driver: str) -> Iterator[list[Route]]:
    """Serve the bare routes with one driver."""
    url = f"{database_url.partition('://')[0]}+{driver}://{database_url.partition('://')[2]}"
    with serve("bare:app", HERE, {"BARE_DATABASE_URL": url}) as (pid, port):
        token = json.loads(post(port, "/seed"))
        yield [
            Route(f"bare, ORM entity, {driver}", pid, port, "/orm", token),
            Route(f"bare, columns, {driver}", pid, port, "/columns", token),
        ]


def drivers(database_url: str) -> list[str]:
    if database_url.startswith("sqlite"):
        return ["aiosqlite"]
    return ["asyncpg", *(["psycopg"] if find_spec("psycopg") else [])]


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--database-url", help="an empty database; default: SQLite in a new file")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--requests", type=int, default=240, help="in one round")
    parser.add_argument("--connections", type=int, default=8, help="that ask at the same time")
    return parser.parse_args()


def main() -> int:
    options = read_arguments()
    with ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory())
        url = options.database_url or f"sqlite:///{scratch}/bench.db"
        routes = [stack.enter_context(project(options.project, url))]
        for driver in drivers(url):
            routes += stack.enter_context(bare(url, driver))
        for route in routes:
            route.milliseconds(400, options.connections)
        rounds = [
            [route.milliseconds(options.requests, options.connections) for route in routes]
            for _ in range(options.rounds)
        ]
    for place, route in enumerate(routes):
        print(f"{median(each[place] for each in rounds):.3f} ms  {route.name}")
    ratio = median(each[0] / each[1] for each in rounds)
    print(f"{ratio:.2f} of the ORM route, promised {PROMISED:.2f}")
    return 0 if ratio <= PROMISED else 1


if __name__ == "__main__":
    sys.exit(main())
