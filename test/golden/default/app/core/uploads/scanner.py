"""Asks a virus scanner. Whoever has another one writes a class with the same method."""

import asyncio
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import urlsplit

from app.core.uploads.errors import StorageUnavailable
from app.core.uploads.settings import UploadSettings

SECONDS = 20
CHUNK_BYTES = 65_536
# Away, too slow, gone in the middle, or of too many words.
FAILURES = (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class ScannerUnavailable(StorageUnavailable):
    detail = "Files cannot be scanned at the moment, so none is taken."


class Scanner(Protocol):
    async def is_clean(self, path: Path) -> bool:
        """Tell whether a file may be kept; raise ``ScannerUnavailable`` when nobody can."""


class NoScanner:
    async def is_clean(self, path: Path) -> bool:
        return True


class Clamd:
    """ClamAV's daemon over TCP: its INSTREAM command, no file shared."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port

    async def is_clean(self, path: Path) -> bool:
        try:
            async with asyncio.timeout(SECONDS):
                with path.open("rb") as file:
                    verdict = await self._ask(file)
        except FAILURES:
            raise ScannerUnavailable from None
        if verdict.endswith(b"FOUND"):
            return False
        if verdict == b"stream: OK":
            return True
        # Too large for the scanner, or out of memory: not a verdict.
        raise ScannerUnavailable

    async def _ask(self, file: BinaryIO) -> bytes:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        try:
            writer.write(b"zINSTREAM\0")
            while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
                writer.write(len(chunk).to_bytes(4) + chunk)
                await writer.drain()
            writer.write((0).to_bytes(4))
            return (await reader.readuntil(b"\0")).rstrip(b"\0")
        finally:
            # Not close(), which waits until all is sent: for ever, where nobody reads it.
            writer.transport.abort()


@lru_cache(maxsize=4)
def scanner(settings: UploadSettings) -> Scanner:
    url = urlsplit(settings.upload_scanner_url)
    if not url.hostname or not url.port:
        return NoScanner()
    return Clamd(url.hostname, url.port)
