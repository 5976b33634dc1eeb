"""What is left behind, by a crash or a storage that was away, is swept up; nothing else is."""

import asyncio
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.config import Settings
from app.core.uploads import disk
from app.services import file_removal
from tests.support.commands import run_command
from tests.support.people import Person
from tests.uploads.samples import download, pdf, sent, stored

HOURS_AGO = time.time() - timedelta(hours=2).total_seconds()


def age(path: Path) -> None:
    os.utime(path, (HOURS_AGO, HOURS_AGO))


async def test_what_could_not_be_removed_is_swept_later(
    alice: Person,
    api: FastAPI,
    settings: Settings,
    upload_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """UPLOAD-13: the file is gone for its owner at once."""
    kept = await sent(alice, pdf(), "a.pdf")
    file = await sent(alice, pdf(), "a.pdf")
    files = upload_folder / "files"
    for path in stored(files):
        age(path)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", _refuse)
        assert (await alice.client.delete(f"/files/{file['id']}")).status_code == 204
    assert (await alice.client.get(f"/files/{file['id']}")).status_code == 404
    assert len(stored(files)) == 2

    swept = await file_removal.sweep(api.state.sessions, settings)

    assert swept.contents == 1
    assert await download(alice, kept["id"])


def _refuse(self: Path, missing_ok: bool = False) -> None:
    raise PermissionError(self, missing_ok)


async def test_nobody_waits_for_a_storage_that_stands_still(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UPLOAD-13, DOS-02: what it cannot remove now is left to the sweep."""

    async def stand_still(*_: object) -> None:
        await asyncio.sleep(600)

    monkeypatch.setattr(disk.Disk, "remove", stand_still)
    monkeypatch.setattr(file_removal, "DISCARD_SECONDS", 0.05)

    async with asyncio.timeout(300):
        await file_removal.discard(settings, ["0" * 64, "1" * 64])


async def test_an_upload_that_ends_beside_the_sweep_does_not_end_it(
    api: FastAPI, settings: Settings, upload_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UPLOAD-13: its folder is listed, and gone a moment later."""
    abandoned = upload_folder / "incoming" / "tmp-old"
    abandoned.mkdir(parents=True)
    age(abandoned)
    listed = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        yield folder / "tmp-just-ended"
        yield from listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)

    swept = await file_removal.sweep(api.state.sessions, settings)

    assert swept.folders == 1
    assert not abandoned.exists()


async def test_the_sweep_takes_what_a_crash_left_and_nothing_else(
    alice: Person, program: Path, environment: dict[str, str], upload_folder: Path
) -> None:
    """UPLOAD-13: what is younger than an hour may be on its way, other names are not ours."""
    file = await sent(alice, pdf(), "a.pdf")
    [content] = stored(upload_folder / "files")
    names = ("0" * 64, "1" * 64, "notes.txt")
    old, young, foreign = (upload_folder / "files" / name[:2] / name for name in names)
    unfinished = upload_folder / "incoming" / "tmp-old" / "received"
    for path in (old, young, foreign, unfinished):
        path.parent.mkdir()
    for path in (old, young, foreign, unfinished):
        path.write_bytes(b"x")
    for path in (content, old, foreign, unfinished, unfinished.parent):
        age(path)

    result = await run_command(program, environment, "files", "sweep")

    assert result.returncode == 0, result.stderr
    assert "1 stored files without a row and 1 unfinished uploads" in result.stdout
    assert set(stored(upload_folder)) == {content, young, foreign}
    assert await download(alice, file["id"])
