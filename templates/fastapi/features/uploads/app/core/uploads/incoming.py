"""A body on its way to the disk: counted, hashed, and gone again if nobody keeps it."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

from app.core.uploads.errors import EmptyFile, UploadTooLarge, storage_errors
from app.core.uploads.file_types import HEAD_BYTES, FileType, file_type
from app.core.uploads.multipart import FilePart
from app.core.uploads.names import clean_filename
from app.core.uploads.settings import UploadSettings

CHUNK_BYTES = 65_536
INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Received:
    path: Path
    filename: str
    type: FileType


@contextmanager
def workplace(settings: UploadSettings) -> Iterator[Path]:
    """Lend a folder that only this process can read, and take it away whatever happens."""
    incoming = settings.upload_folder / INCOMING
    with storage_errors(OSError):
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=incoming))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep_incoming(settings: UploadSettings, older_than: float) -> int:
    """Remove what processes left that were killed; return how many folders."""
    incoming = settings.upload_folder / INCOMING
    if not incoming.is_dir():
        return 0
    limit = time.time() - older_than
    removed = 0
    for folder in incoming.iterdir():
        # An upload that has just ended took its folder with it.
        with suppress(FileNotFoundError):
            if folder.stat().st_mtime < limit:
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
    return removed


async def receive(body: AsyncIterator[bytes], boundary: bytes, folder: Path, most: int) -> Received:
    """Write the file of a body to the disk as it comes, until it has more bytes than it may."""
    part = FilePart(boundary)
    path = folder / "received"
    # Also for a disk that is full.
    with storage_errors(OSError):
        head = await _write_file(body, part, path, most)
    if not head:
        raise EmptyFile
    filename = clean_filename(part.filename)
    return Received(path, filename, file_type(head, filename, part.declared_type))


async def _write_file(body: AsyncIterator[bytes], part: FilePart, path: Path, most: int) -> bytes:
    """Return the first bytes. A slow disk holds up this request, and not the others."""
    pending, head = bytearray(), b""
    with create_private(path) as file:
        async for chunk in body:
            known = part.feed(chunk)
            most -= len(known)
            if most < 0:
                raise UploadTooLarge
            pending += known
            if len(pending) >= CHUNK_BYTES:
                head = head or bytes(pending[:HEAD_BYTES])
                await asyncio.to_thread(file.write, bytes(pending))
                pending.clear()
        part.finish()
        head = head or bytes(pending[:HEAD_BYTES])
        await asyncio.to_thread(file.write, bytes(pending))
    return head


def create_private(path: Path) -> BinaryIO:
    path.touch(mode=0o600, exist_ok=False)
    return path.open("wb")


def measure(path: Path) -> tuple[int, str]:
    """Return size and SHA-256 of what is going to be kept."""
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, digest
