"""A virus scanner, where there is one, sees every file first."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.uploads import scanner
from app.core.uploads.scanner import Clamd, ScannerUnavailable
from tests.support.people import Person
from tests.uploads.samples import image, pdf, send, stored

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


async def clamd(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak as ClamAV's daemon does: a command, chunks with their length, a zero, a verdict."""
    assert await reader.readuntil(b"\0") == b"zINSTREAM\0"
    data = b""
    while length := int.from_bytes(await reader.readexactly(4)):
        data += await reader.readexactly(length)
    if b"too large" in data:
        verdict = b"INSTREAM size limit exceeded. ERROR\0"
    else:
        verdict = b"stream: Eicar-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
    writer.write(verdict)
    writer.close()


@pytest.fixture
async def scanner_port() -> AsyncIterator[int]:
    async with await asyncio.start_server(clamd, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.fixture
def environment(environment: dict[str, str], scanner_port: int) -> dict[str, str]:
    """The variables of this test, with the scanner."""
    return {"UPLOAD_SCANNER_URL": f"tcp://127.0.0.1:{scanner_port}"} | environment


@pytest.mark.parametrize(
    ("content", "filename"), [(pdf(EICAR), "a.pdf"), (image() + EICAR, "a.png")]
)
async def test_what_the_scanner_knows_is_refused(
    alice: Person, upload_folder: Path, content: bytes, filename: str
) -> None:
    """UPLOAD-15: as it was sent, before anything is decoded."""
    response = await send(alice, content, filename)

    assert response.status_code == 422
    assert response.json()["code"] == "infected_file"
    assert stored(upload_folder) == []


async def test_what_the_scanner_passes_is_taken(alice: Person) -> None:
    large = image() + b"x" * 500_000

    assert (await send(alice, large)).status_code == 201


async def test_no_verdict_is_no_pass(alice: Person, upload_folder: Path) -> None:
    """UPLOAD-15: a scanner that cannot look at a file has not found it clean."""
    response = await send(alice, pdf(b"too large"), "a.pdf")

    assert response.status_code == 503
    assert stored(upload_folder) == []


@pytest.mark.environment(UPLOAD_SCANNER_URL="tcp://127.0.0.1:1")
async def test_nothing_is_taken_while_it_is_away(alice: Person) -> None:
    """UPLOAD-15: it fails closed, and says when to come back."""
    response = await send(alice, image())

    assert response.status_code == 503
    assert int(response.headers["retry-after"]) >= 1


async def test_one_that_stalls_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """UPLOAD-15: a connection that nobody reads from is given up in time."""
    monkeypatch.setattr(scanner, "SECONDS", 0.5)
    path = tmp_path / "large"
    path.write_bytes(bytes(16 * 1024**2))

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        async with asyncio.timeout(60):
            with pytest.raises(ScannerUnavailable):
                await Clamd("127.0.0.1", deaf.getsockname()[1]).is_clean(path)


async def test_one_that_never_comes_to_its_verdict_is_away(tmp_path: Path) -> None:
    """UPLOAD-15: what it says is not kept without end."""

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        writer.write(b"x" * 100_000)
        writer.close()

    path = tmp_path / "empty"
    path.touch()

    async with await asyncio.start_server(endless, "127.0.0.1", 0) as server:
        with pytest.raises(ScannerUnavailable):
            await Clamd("127.0.0.1", server.sockets[0].getsockname()[1]).is_clean(path)
