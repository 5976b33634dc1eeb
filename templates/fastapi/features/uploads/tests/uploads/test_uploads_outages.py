"""The database or Redis goes away while a file is on its way."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.inspector import Inspector
from tests.support.outages import OnWireToRedis
from tests.support.people import Person
from tests.support.wire import Wire, wire_to
from tests.uploads.samples import download, gone, image, part, sent, stored

MULTIPART = {"Content-Type": "multipart/form-data; boundary=xyz"}
NAME = b'Content-Disposition: form-data; name="file"; filename="a.png"'


async def cut_on_the_way(wire: Wire) -> AsyncIterator[bytes]:
    body = part(image(), NAME) + b"--xyz--\r\n"
    yield body[:80]
    wire.cut()
    yield body[80:]


class TestDatabase:
    @pytest.fixture
    async def wire(self, database_url: str) -> AsyncIterator[Wire]:
        if not database_url.startswith("postgresql"):
            pytest.skip("SQLite is not reached over a network")
        async with wire_to(database_url) as wire:
            yield wire

    @pytest.fixture
    def environment(self, environment: dict[str, str], wire: Wire) -> dict[str, str]:
        return environment | {"DATABASE_URL": wire.url}

    async def test_nothing_is_kept_and_work_resumes(
        self, alice: Person, upload_folder: Path, database: Inspector, wire: Wire
    ) -> None:
        """UPLOAD-13, ERR-05."""
        refused = await alice.client.post("/files", content=cut_on_the_way(wire), headers=MULTIPART)
        await wire.mend()

        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) >= 1
        assert await gone(upload_folder)
        assert await database.count("files") == 0
        file = await sent(alice, image())
        assert await download(alice, file["id"])


class TestRedis(OnWireToRedis):
    async def test_an_upload_goes_on(
        self, alice: Person, upload_folder: Path, database: Inspector, wire: Wire
    ) -> None:
        """RATE-06: it was counted, or could not be; the file is whole."""
        response = await alice.client.post(
            "/files", content=cut_on_the_way(wire), headers=MULTIPART
        )

        assert response.status_code == 201
        assert await download(alice, response.json()["id"])
        assert len(stored(upload_folder)) == await database.count("files") == 1
