"""Send a file, find it, get it back, delete it; and nobody else can."""

import asyncio
import stat
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from httpx import AsyncClient

from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.uploads.samples import download, image, opened, pdf, send, sent, stored


async def test_an_image_is_taken_and_given_back(alice: Person) -> None:
    for ending in ("png", "jpg", "jpeg", "webp"):
        response = await send(alice, image(ending), f"holiday.{ending}")

        assert response.status_code == 201, response.text
        file = response.json()
        assert list(file) == ["id", "filename", "content_type", "size", "sha256", "created_at"]
        assert response.headers["location"] == f"/api/v1/files/{file['id']}"
        content = await download(alice, file["id"])
        assert opened(content).size == (8, 6)
        assert (file["size"], file["sha256"]) == (len(content), sha256(content).hexdigest())
        assert (await alice.client.get(f"/files/{file['id']}")).json() == file


async def test_a_pdf_is_kept_as_it_is(alice: Person) -> None:
    file = await sent(alice, pdf(), "letter.pdf")

    assert await download(alice, file["id"]) == pdf()
    assert file["content_type"] == "application/pdf"


async def test_files_are_listed_in_pages_newest_first(alice: Person, bob: Person) -> None:
    """AUTHZ-03: one's own, and no others."""
    await sent(bob, pdf(), "a.pdf")
    ids = [(await sent(alice, pdf(), "a.pdf"))["id"] for _ in range(3)]

    first = (await alice.client.get("/files", params={"limit": 2})).json()
    cursor = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await alice.client.get("/files", params=cursor)).json()

    assert [file["id"] for file in first["items"] + second["items"]] == ids[::-1]
    assert second["next_cursor"] is None


async def test_somebody_elses_file_looks_like_none(alice: Person, bob: Person) -> None:
    """UPLOAD-11, AUTHZ-02, AUTHZ-04: read, downloaded or deleted, it is the same 404."""
    file = await sent(alice, image())

    for method, tail in (("GET", ""), ("GET", "/content"), ("DELETE", "")):
        theirs = await bob.client.request(method, f"/files/{file['id']}{tail}")
        none = await bob.client.request(method, f"/files/{uuid4()}{tail}")

        assert theirs.status_code == none.status_code == 404
        assert theirs.json() | {"request_id": ""} == none.json() | {"request_id": ""}
    assert (await alice.client.get(f"/files/{file['id']}")).status_code == 200


async def test_a_deleted_file_is_gone(alice: Person, upload_folder: Path) -> None:
    file = await sent(alice, image())

    response = await alice.client.delete(f"/files/{file['id']}")

    assert response.status_code == 204
    assert (await alice.client.get(f"/files/{file['id']}")).status_code == 404
    assert stored(upload_folder) == []


async def test_the_stored_name_tells_nothing(
    alice: Person, upload_folder: Path, database: Inspector
) -> None:
    """UPLOAD-04, UPLOAD-11: random, readable by this account only, and shown to nobody."""
    file = await sent(alice, image(), "../../secret plans.png")

    [path] = stored(upload_folder)
    assert path.name == await database.scalar("SELECT storage_key FROM files")
    assert len(path.name) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert file["filename"] == "secret plans.png"
    export = (await alice.client.get("/users/me/export")).text
    assert path.name not in export
    assert "secret plans.png" in export


async def test_nobody_uploads_without_signing_in(client: AsyncClient) -> None:
    response = await client.post("/files", files={"file": ("a.png", image(), "image/png")})

    assert response.status_code == 401


async def test_files_go_with_their_owner(
    alice: Person, bob: Person, upload_folder: Path, database: Inspector
) -> None:
    """DATA-05: rows and contents; those of others stay."""
    for _ in range(3):
        await sent(alice, pdf(), "a.pdf")
    kept = await sent(bob, image())

    assert (await alice.client.delete("/users/me")).status_code == 204

    assert await database.count("files") == 1
    for _ in range(100):
        await asyncio.sleep(0.05 if len(stored(upload_folder)) > 1 else 0)
    assert len(stored(upload_folder)) == 1
    assert await download(bob, kept["id"])
