"""Decoding in a process of its own: what hangs, grows or crashes there ends there."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.core.uploads.errors import InvalidFile, UploadsBusy
from app.core.uploads.workshop import BROKEN, DONE, LATE, PROCESSES, WAITING, Workshop, run_apart


def pass_by() -> None:
    pass


def hang() -> None:
    time.sleep(600)


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def grow() -> None:
    assert bytearray(8 * 1024**3)


def stumble() -> None:
    raise SyntaxError


def write_late(path: str) -> None:
    time.sleep(0.3)
    with Path(path).open("r+b") as file:
        file.write(b"x")


JOBS = """
import time
from app.core.uploads.workshop import run_apart
if __name__ == "__main__":
    for _ in range(3):
        assert run_apart(time.sleep, (0,)) == b"done"
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_a_job_imports_nothing(program: Path) -> None:
    """Its process is forked from one that has: here and there is twice, however many jobs."""
    command = [sys.executable, "-X", "importtime", "-c", JOBS]

    ended = subprocess.run(command, cwd=program, capture_output=True, text=True, check=True)

    assert ended.stderr.count("app.core.uploads.workshop\n") == 2


def test_what_works_is_done() -> None:
    assert run_apart(pass_by, ()) == DONE


@pytest.mark.parametrize("task", [crash, grow, stumble])
def test_what_fails_is_refused_and_we_live(task: object) -> None:
    """UPLOAD-07: a hole in a decoder costs one process."""
    assert callable(task)
    assert run_apart(task, ()) == BROKEN


def test_what_hangs_is_ended() -> None:
    """UPLOAD-07, DOS-02."""
    started = time.monotonic()

    assert run_apart(hang, (), seconds=0.2) == LATE
    assert time.monotonic() - started < 300


async def test_a_crowd_is_sent_away_and_the_loop_goes_on() -> None:
    """DOS-03: so many at once, some waiting, and a 503 with Retry-After for the rest."""
    workshop = Workshop()
    crowd = [workshop.work(time.sleep, 0.2) for _ in range(PROCESSES + WAITING + 3)]

    results = await asyncio.gather(*crowd, return_exceptions=True)

    assert [type(result) for result in results].count(UploadsBusy) == 3
    assert results.count(None) == PROCESSES + WAITING
    await workshop.work(pass_by)


async def test_a_cancelled_request_leaves_no_file(tmp_path: Path) -> None:
    """UPLOAD-13: what is decoded for nobody is written nowhere."""
    target = tmp_path / "redrawn"
    target.touch()
    workshop = Workshop()
    task = asyncio.create_task(workshop.work(write_late, str(target)))
    await asyncio.sleep(0.1)

    task.cancel()
    target.unlink()
    with pytest.raises(InvalidFile):
        await workshop.work(write_late, str(target))

    assert not target.exists()
