"""How much of everything is for one user, and how often."""

import asyncio
from pathlib import Path

import pytest

from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.uploads.samples import image, sent, stored
from tests.uploads.samples import send as upload


@pytest.mark.environment(MAX_FILES_PER_USER="3")
async def test_parallel_uploads_do_not_share_the_last_place(
    alice: Person, bob: Person, upload_folder: Path, database: Inspector
) -> None:
    """RATE-09: three of eight; the others leave no content behind."""
    responses = await asyncio.gather(*[upload(alice, image()) for _ in range(8)])

    statuses = sorted(response.status_code for response in responses)
    assert statuses == [201, 201, 201, 413, 413, 413, 413, 413]
    codes = [response.json().get("code") for response in responses]
    assert codes.count("quota_exceeded") == 5
    assert len(stored(upload_folder)) == await database.count("files") == 3
    await sent(bob, image())


@pytest.mark.environment(MAX_UPLOAD_BYTES_PER_USER="100")
async def test_bytes_are_counted_as_stored_and_given_back(alice: Person) -> None:
    """RATE-09."""
    first = await sent(alice, image())
    assert first["size"] < 100

    full = await upload(alice, image())
    await alice.client.delete(f"/files/{first['id']}")
    again = await upload(alice, image())

    assert full.json()["code"] == "quota_exceeded"
    assert again.status_code == 201


@pytest.mark.environment(RATE_LIMIT_DEFAULT="")
async def test_the_twenty_first_upload_of_an_hour_waits(alice: Person, bob: Person) -> None:
    """RATE-03: by user, and refused ones count."""
    statuses = [(await upload(alice, b"")).status_code for _ in range(21)]

    assert statuses == [422] * 20 + [429]
    assert (await upload(bob, b"")).status_code == 422
