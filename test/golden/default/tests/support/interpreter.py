"""Runs modules of the application in processes of their own, and cheaply.

Most of a short program's time goes into importing its libraries. A process that is started once
imports them and forks: whatever a test starts has its own memory, environment, folder and exit
code all the same. Windows cannot fork; there each start costs what it costs.
"""

import os
import runpy
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
TIMEOUT_SECONDS = 120
# Not the application: each process imports its own copy of that.
LIBRARIES = (
    "aiosqlite",
    "alembic.config",
    "asyncpg",
    "fastapi",
    "limits.aio.storage.redis",
    "pwdlib",
    "pydantic_settings",
    "sqlalchemy.ext.asyncio",
    "structlog",
    "uvicorn.protocols.http.h11_impl",
    "uvicorn.server",
)


class Streams(NamedTuple):
    """The files that a program reads from and adds to."""

    stdin: str
    stdout: str
    stderr: str


_context = get_context("spawn") if sys.platform == "win32" else get_context("forkserver")
_context.set_forkserver_preload([*LIBRARIES])


def run_module(
    module: str,
    *arguments: str,
    folder: Path,
    environment: Mapping[str, str],
    stdin: str = "",
) -> CompletedProcess[str]:
    """Do what ``python -m module arguments`` does in that folder, with these variables alone."""
    with TemporaryDirectory() as scratch:
        streams = Streams(*(f"{scratch}/{name}" for name in Streams._fields))
        Path(streams.stdin).write_text(stdin, encoding="utf-8")
        words = (module, *arguments)
        process = start_module(words, folder, environment, streams)
        process.join(TIMEOUT_SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
        written = [Path(name).read_text(encoding="utf-8") for name in streams[1:]]
        return CompletedProcess(words, process.exitcode or 0, *written)


def start_module(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], streams: Streams
) -> BaseProcess:
    """Begin the same, and return while it runs: whoever began it ends it."""
    process = _context.Process(target=_become, args=(words, folder, {**environment}, streams))
    process.start()
    return process


def _become(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], streams: Streams
) -> None:
    """Turn this process into the one that was asked for."""
    for number, name in enumerate(streams):
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND if number else os.O_RDONLY
        os.dup2(os.open(name, flags, 0o600), number)
    sys.stdin = os.fdopen(0, encoding="utf-8")
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = [str(folder), *(entry for entry in sys.path if entry not in ("", str(ROOT)))]
    sys.argv = [*words]
    # The tests import the application too, from another folder.
    for name in [name for name in sys.modules if name.partition(".")[0] == "app"]:
        del sys.modules[name]
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
