"""Neither a row without content nor content without a row, whatever fails and when."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app.core.uploads import disk
from app.core.uploads.content import Content
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.uploads.samples import download, image, pdf, send, sent, stored


def take_away(folder: Path) -> None:
    folder.rename(folder.with_name("away"))
    folder.write_text("not a folder")


def bring_back(folder: Path) -> None:
    folder.unlink()
    folder.with_name("away").rename(folder)


async def test_a_database_that_fails_leaves_no_content(
    alice: Person, upload_folder: Path, database: Inspector
) -> None:
    """UPLOAD-13: the content was stored already when its row could not be."""
    await database.execute("ALTER TABLE files RENAME TO elsewhere")

    response = await send(alice, image())

    assert response.status_code >= 500
    assert stored(upload_folder) == []


async def test_an_account_that_is_deleted_meanwhile_leaves_no_content(
    alice: Person, upload_folder: Path, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UPLOAD-13."""
    save = disk.Disk.save

    async def save_slowly(self: disk.Disk, key: str, source: Path, content_type: str) -> None:
        await save(self, key, source, content_type)
        await database.execute("DELETE FROM users")

    monkeypatch.setattr(disk.Disk, "save", save_slowly)

    response = await send(alice, image())

    assert response.status_code == 401
    assert stored(upload_folder) == []


async def test_a_download_that_cannot_be_recorded_keeps_nothing_open(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-02: it does not go out, and takes no file handle with it."""
    file = await sent(alice, pdf(), "a.pdf")
    opened: list[Content] = []
    open_content = disk.Disk.open

    async def open_and_tell(self: disk.Disk, key: str) -> Content:
        opened.append(await open_content(self, key))
        return opened[0]

    async def fail(*_: object, **__: object) -> None:
        raise OperationalError(None, None, ConnectionResetError(), connection_invalidated=True)

    monkeypatch.setattr(disk.Disk, "open", open_and_tell)
    monkeypatch.setattr("app.services.audit.record_now", fail)

    response = await alice.client.get(f"/files/{file['id']}/content")

    assert response.status_code == 503
    with pytest.raises(ValueError, match="closed file"):
        await anext(aiter(opened[0]))


async def test_a_disk_that_is_away(alice: Person, upload_folder: Path) -> None:
    """Nothing is lost: the request says so, and work goes on afterwards."""
    file = await sent(alice, image())
    take_away(upload_folder)

    refused = await send(alice, image())
    unread = await alice.client.get(f"/files/{file['id']}/content")
    known = await alice.client.get(f"/files/{file['id']}")

    assert refused.status_code == unread.status_code == 503
    assert int(unread.headers["retry-after"]) >= 1
    assert known.status_code == 200
    bring_back(upload_folder)
    assert await download(alice, file["id"])
    assert (await send(alice, image())).status_code == 201
