"""How much one upload may be, in bytes and in time."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.uploads.multipart import FRAME_BYTES
from tests.support.people import Person, sign_up
from tests.support.raw import request, send
from tests.support.server import Server
from tests.uploads.samples import gone, image, pdf, stored
from tests.uploads.samples import send as upload

LIMIT = 10 * 1024**2
MULTIPART = ("Content-Type", "multipart/form-data; boundary=xyz")
FILES = "/api/v1/files"
START = (
    b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
    b"Content-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n"
)


def in_chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


@pytest.fixture
def served_folder(program: Path) -> Path:
    """Where the shared server keeps uploads."""
    return program / "var" / "uploads"


async def test_too_long_a_body_is_refused_unread_or_cut_off(
    server: Server, served_folder: Path
) -> None:
    """UPLOAD-05, UPLOAD-06: by its length, or when it has grown too long; nothing stays."""
    async with server.client() as client:
        bearer = ("Authorization", f"Bearer {(await sign_up(client, 'too-long')).access_token}")

    long = [MULTIPART, bearer, ("Content-Length", f"{LIMIT + FRAME_BYTES + 1}")]
    declared = send(server.port, request("POST", FILES, long))
    endless = [MULTIPART, bearer, ("Transfer-Encoding", "chunked")]
    chunks = [in_chunk(b"x" * 1024**2)] * 64
    head = request("POST", FILES, endless)
    grown = send(server.port, head, in_chunk(START), *chunks, wait=20)

    assert declared.status == grown.status == 413
    assert declared.closed
    assert grown.closed
    assert stored(served_folder) == []
    query = "SELECT event FROM audit_events ORDER BY seq DESC LIMIT 1"
    assert await server.database.scalar(query) == "upload_refused"


async def test_an_upload_that_breaks_off_leaves_nothing(
    server: Server, served_folder: Path
) -> None:
    """UPLOAD-13: the client hangs up in the middle."""
    async with server.client() as client:
        bearer = ("Authorization", f"Bearer {(await sign_up(client, 'broken-off')).access_token}")
    head = request("POST", FILES, [MULTIPART, bearer, ("Content-Length", "1000000")])

    with pytest.raises(TimeoutError):
        send(server.port, head, START + b"x" * 100_000, wait=0.5)

    assert await gone(served_folder)
    assert await server.database.count("files") == 0
    assert "Traceback" not in server.log


async def test_an_upload_may_take_longer_than_other_requests(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DOS-02: the deadline of a request counts from the last that has come of its body."""
    monkeypatch.setattr("app.core.catch_all.REQUEST_SECONDS", 2.0)
    body = START[:-8] + b"no picture\r\n--xyz--\r\n"

    async def slowly() -> AsyncIterator[bytes]:
        for piece in (body[:50], body[50:200], body[200:220], body[220:]):
            yield piece
            await asyncio.sleep(0.8)

    headers = {"Content-Type": MULTIPART[1]}
    response = await alice.client.post("/files", content=slowly(), headers=headers)

    assert response.json()["code"] == "unsupported_file_type"


@pytest.mark.environment(MAX_UPLOAD_BYTES="4096")
async def test_an_operator_sets_the_size(alice: Person) -> None:
    most = image() + b"x" * (4096 - len(image()))

    assert (await upload(alice, most)).status_code == 201
    assert (await upload(alice, most + b"x")).status_code == 413


async def test_the_file_is_counted_and_not_what_is_around_it(
    alice: Person, upload_folder: Path
) -> None:
    """UPLOAD-05: a file of exactly so many bytes is taken, one more is not; nothing stays of it."""
    most = pdf(b"x" * (LIMIT - len(pdf(b""))))

    taken = await upload(alice, most, "\u00fc" * 1000 + ".pdf")
    kept = stored(upload_folder)
    too_large = await upload(alice, most + b"\n", "a.pdf")

    assert taken.status_code == 201, taken.text
    assert taken.json()["size"] == LIMIT
    assert (too_large.status_code, too_large.json()["code"]) == (413, "content_too_large")
    assert stored(upload_folder) == kept
