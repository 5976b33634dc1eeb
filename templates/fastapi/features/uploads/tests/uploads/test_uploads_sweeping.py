"""The sweep runs by itself, in every worker, beside requests and beside each other."""

import asyncio
import os
import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from app.config import Settings
from app.core.uploads.errors import StorageUnavailable
from app.services import file_removal
from app.services.file_removal import Swept
from tests.support.people import Person
from tests.support.server import StartServer
from tests.uploads.samples import download, pdf, sent, stored

HOURS_AGO = time.time() - 7200


def leave_orphan(folder: Path, sign: str, *, is_old: bool) -> Path:
    key = (sign * 64)[:64]
    path = folder / "files" / key[:2] / key
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    if is_old:
        os.utime(path, (HOURS_AGO, HOURS_AGO))
    return path


async def test_a_start_sweeps_what_a_crash_left(
    start_server: StartServer, upload_folder: Path
) -> None:
    """UPLOAD-13: without anybody who thinks of it; what is young may be another worker's."""
    old = leave_orphan(upload_folder, "0", is_old=True)
    young = leave_orphan(upload_folder, "1", is_old=False)

    server = start_server()

    for _ in range(1200):
        await asyncio.sleep(0.05 if old.exists() else 0)
    assert stored(upload_folder) == [young]
    assert server.stop() in (0, -15)
    assert "Traceback" not in server.log


async def test_it_goes_on_whatever_is_away(
    api: FastAPI, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UPLOAD-13: every hour, until the server stops."""
    troubles = [OperationalError(None, None, OSError()), StorageUnavailable(), OSError()]
    swept = asyncio.Event()

    async def sweep(*_: object, **__: object) -> Swept:
        if troubles:
            raise troubles.pop()
        swept.set()
        return Swept(1, 0)

    monkeypatch.setattr(file_removal, "sweep", sweep)
    monkeypatch.setattr(file_removal, "SWEEP_SECONDS", 0.01)

    task = asyncio.create_task(file_removal.sweep_regularly(api.state.sessions, settings))
    async with asyncio.timeout(60):
        await swept.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_workers_sweep_beside_each_other_and_beside_uploads(
    alice: Person, api: FastAPI, settings: Settings, upload_folder: Path
) -> None:
    """UPLOAD-13: what one has removed, the others miss; what has a row stays."""
    kept = await sent(alice, pdf(), "a.pdf")
    [content] = stored(upload_folder)
    os.utime(content, (HOURS_AGO, HOURS_AGO))
    for sign in "0123456789":
        leave_orphan(upload_folder, sign, is_old=True)

    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(file_removal.sweep(api.state.sessions, settings))
        beside = await sent(alice, pdf(), "b.pdf")

    assert len(stored(upload_folder)) == 2
    for file in (kept, beside):
        assert await download(alice, file["id"]) == pdf()


async def test_where_much_has_no_row_somebody_has_to_look(
    api: FastAPI, settings: Settings, upload_folder: Path
) -> None:
    """UPLOAD-13: crashes leave little. Much is what a wrong or an old database does not know."""
    sessions = api.state.sessions
    for number in range(file_removal.MOST_ORPHANS + 1):
        leave_orphan(upload_folder, f"{number:02x}", is_old=True)

    by_itself = await file_removal.sweep(sessions, settings, most=file_removal.MOST_ORPHANS)
    left = len(stored(upload_folder))
    by_hand = await file_removal.sweep(sessions, settings)

    assert (by_itself.contents, left) == (0, file_removal.MOST_ORPHANS + 1)
    assert by_hand.contents == left
    assert stored(upload_folder) == []
