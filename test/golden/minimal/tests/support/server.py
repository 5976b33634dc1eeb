"""The application over a real socket, in a process of its own that can be read and killed."""

import os
import socket
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

import httpx

from tests.support.environment import without_settings
from tests.support.inspector import Inspector
from tests.support.interpreter import Streams, start_module

# Reached on a machine that does much else; one that fails to start is noticed at once.
START_SECONDS = 120
STOP_SECONDS = 60
UVICORN = "uvicorn app.main:app --no-proxy-headers --no-server-header --port {port}"
GUNICORN = "gunicorn -c gunicorn.conf.py --bind 127.0.0.1:{port} app.main:app"


class StartServer(Protocol):
    def __call__(self, command: str = ..., **changes: str) -> "Server": ...


class Server:
    """The program in a process of its own; ``log`` is everything that it has printed."""

    def __init__(
        self, program: Path, environment: dict[str, str], folder: Path, command: str = UVICORN
    ) -> None:
        self.environment = environment
        self.port = spare_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self._program = program
        self._command = command.format(port=self.port).split()
        self._log = folder / f"server-{self.port}.log"
        self._process: BaseProcess | None = None

    @property
    def database(self) -> Inspector:
        """A second connection to the database that this server writes to."""
        return Inspector(self.environment["DATABASE_URL"])

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    def client(self) -> httpx.AsyncClient:
        """Open a browser of its own; close it with ``async with``."""
        return httpx.AsyncClient(base_url=f"{self.origin}/api/v1", timeout=60)

    def start(self) -> None:
        environment = without_settings(os.environ) | self.environment
        streams = Streams(os.devnull, str(self._log), str(self._log))
        self._process = start_module(self._command, self._program, environment, streams)
        self._wait_until_alive(self._process)

    def stop(self) -> int | None:
        """Ask it to end, and return the exit code."""
        if self._process is None:
            return None
        self._process.terminate()
        self._process.join(timeout=STOP_SECONDS)
        if self._process.exitcode is None:
            self.kill()
            return None
        return self._process.exitcode

    def kill(self) -> None:
        """Let the process die at once, without a chance to finish anything."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def _wait_until_alive(self, process: BaseProcess) -> None:
        deadline = time.monotonic() + START_SECONDS
        while process.is_alive() and time.monotonic() < deadline:
            try:
                httpx.get(f"{self.origin}/health/live", timeout=2)
                return
            except httpx.TransportError:
                time.sleep(0.02)
        self.kill()
        raise RuntimeError(f"The server did not start:\n{self.log}")


def spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
