"""Files on a local disk, outside the code, readable by this account only."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from app.core.uploads.content import Content
from app.core.uploads.errors import storage_errors
from app.core.uploads.settings import UploadSettings

CHUNK_BYTES = 65_536


class Disk:
    def __init__(self, settings: UploadSettings) -> None:
        self._folder = settings.upload_folder / "files"

    async def save(self, key: str, source: Path, content_type: str) -> None:
        with storage_errors(OSError):
            await asyncio.to_thread(_move, source, self._path(key))

    async def open(self, key: str) -> Content:
        with storage_errors(OSError):
            file = await asyncio.to_thread(self._path(key).open, "rb")
        return Content(partial(asyncio.to_thread, file.read, CHUNK_BYTES), file.close)

    async def remove(self, key: str) -> None:
        with storage_errors(OSError):
            await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def keys_before(self, moment: datetime) -> AsyncIterator[str]:
        for key in await asyncio.to_thread(lambda: list(self._older(moment))):
            yield key

    def _older(self, moment: datetime) -> Iterator[str]:
        for path in self._folder.glob("*/*"):
            with suppress(FileNotFoundError):
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment:
                    yield path.name

    def _path(self, key: str) -> Path:
        # A folder of a hundred thousand files is slow to list.
        return self._folder / key[:2] / key


def _move(source: Path, target: Path) -> None:
    """Rename in one step: a reader, or a crash, finds the whole file or none."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with source.open("r+b") as file:
        os.fsync(file.fileno())
    os.utime(source)
    source.replace(target)
    # The name has to outlast a power failure too, since a row is going to point at it.
    with suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
