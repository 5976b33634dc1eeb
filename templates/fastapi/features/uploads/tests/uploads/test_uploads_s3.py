"""Files in a bucket, on a real S3 server: the same promises as on a disk."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.config import Settings
from app.main import create_api, protect
from app.services import file_removal
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.server import spare_port
from tests.uploads.bucket import Bucket
from tests.uploads.samples import download, image, pdf, send, sent


@pytest.fixture
def environment(environment: dict[str, str], bucket: Bucket) -> dict[str, str]:
    """The variables of this test, with the bucket."""
    return environment | bucket.environment


async def test_a_file_goes_to_the_bucket_and_comes_back(
    alice: Person, bucket: Bucket, database: Inspector
) -> None:
    """UPLOAD-03, UPLOAD-04: an image drawn anew, a name that tells nothing, our type."""
    content = pdf(b"x" * 300_000)

    letter = await sent(alice, content, "a.pdf")

    [key] = bucket.keys()
    assert key.removeprefix("files/") == await database.scalar("SELECT storage_key FROM files")
    assert await download(alice, letter["id"]) == content
    assert bucket.content_type(key) == "application/pdf"
    photo = await sent(alice, image() + b"<html>")
    assert b"<html>" not in await download(alice, photo["id"])


async def test_content_goes_with_its_row_and_its_owner(alice: Person, bucket: Bucket) -> None:
    """DATA-05."""
    files = [await sent(alice, pdf(), "a.pdf") for _ in range(3)]

    await alice.client.delete(f"/files/{files[0]['id']}")
    assert len(bucket.keys()) == 2
    await alice.client.delete("/users/me")

    for _ in range(100):
        await asyncio.sleep(0.05 if bucket.keys() else 0)
    assert bucket.keys() == []


async def test_a_database_that_fails_leaves_nothing_in_the_bucket(
    alice: Person, bucket: Bucket, database: Inspector
) -> None:
    """UPLOAD-13."""
    await database.execute("ALTER TABLE files RENAME TO elsewhere")

    assert (await send(alice, image())).status_code >= 500
    assert bucket.keys() == []


async def test_the_sweep_knows_the_bucket(
    alice: Person,
    api: FastAPI,
    settings: Settings,
    bucket: Bucket,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """UPLOAD-13: what has no row goes, what is not ours stays."""
    await sent(alice, pdf(), "a.pdf")
    [kept] = bucket.keys()
    for name in ("files/" + "0" * 64, "files/readme.txt", "other/" + "1" * 64):
        bucket.put(name)
    await file_removal.sweep(api.state.sessions, settings)
    assert len(bucket.keys()) == 4
    monkeypatch.setattr(file_removal, "LEFT_ALONE", timedelta(seconds=-5))

    swept = await file_removal.sweep(api.state.sessions, settings)

    assert swept.contents == 1
    assert sorted(bucket.keys()) == sorted([kept, "files/readme.txt", "other/" + "1" * 64])


async def test_a_bucket_that_is_away(
    alice: Person, settings: Settings, database: Inspector, bucket: Bucket
) -> None:
    """The request says so, and the state stays whole."""
    file = await sent(alice, pdf(), "a.pdf")
    away = settings.model_copy(update={"s3_endpoint_url": f"http://127.0.0.1:{spare_port()}"})
    api = create_api(away)
    async with AsyncClient(
        transport=ASGITransport(app=protect(api, away)),
        base_url="https://localhost/api/v1",
        headers=alice.client.headers,
    ) as client:
        upload = {"file": ("a.png", image(), "image/png")}
        refused, unread, known = await asyncio.gather(
            client.post("/files", files=upload),
            client.get(f"/files/{file['id']}/content"),
            client.get(f"/files/{file['id']}"),
        )
        deleted = await client.delete(f"/files/{file['id']}")
    await api.state.limiter.close()
    await api.state.engine.dispose()

    assert refused.status_code == unread.status_code == 503
    assert "retry-after" in refused.headers
    assert known.status_code == 200
    assert deleted.status_code == 204
    assert await database.count("files") == 0
    assert len(bucket.keys()) == 1, "left to the sweep"
