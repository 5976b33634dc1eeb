"""How a file goes out: to be saved, never to be shown."""

import re
import time
from urllib.parse import unquote
from uuid import uuid4

import pytest

from app.core.uploads import disk
from app.core.uploads.names import attachment
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.uploads.samples import image, pdf, sent


async def test_a_browser_saves_and_never_shows_it(alice: Person) -> None:
    """UPLOAD-10, HDR-01: our type, our disposition, and no right to do anything."""
    file = await sent(alice, image(), "müll;\u201c.png")

    response = await alice.client.get(f"/files/{file['id']}/content")

    headers = response.headers
    assert headers["content-type"] == "image/png"
    assert headers["content-length"] == str(len(response.content))
    name = "m%C3%BCll%3B%E2%80%9C.png"
    assert headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert headers["x-content-type-options"] == "nosniff"
    assert {"sandbox", "default-src 'none'"} <= set(headers["content-security-policy"].split("; "))
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("sign", ['"', ";", "\r", "\n", "%", "'", "\\", "\u20ac", "\u2028", "\0"])
def test_no_name_leaves_its_header(sign: str) -> None:
    """UPLOAD-10: whatever is in the database, every sign that could end the header is encoded."""
    value = attachment(f"a{sign}b.png").removeprefix("attachment; filename*=UTF-8''")

    assert re.fullmatch(r"a(%[0-9A-F]{2})+b\.png", value)
    assert unquote(value) == f"a{sign}b.png"


async def test_ranges_are_ignored(alice: Person) -> None:
    """UPLOAD-14: a thousand cost as much as none."""
    file = await sent(alice, pdf(b"x" * 50_000), "a.pdf")
    overlapping = ",".join(f"{n}-{n + 9}" for n in range(1000))
    for ranges in ("0-", ",".join(["0-"] * 1000), overlapping, "x"):
        started = time.process_time()

        response = await alice.client.get(
            f"/files/{file['id']}/content", headers={"Range": f"bytes={ranges}"}
        )

        assert response.status_code == 200
        assert len(response.content) == file["size"]
        assert time.process_time() - started < 1


async def test_a_head_request_reads_and_records_nothing(
    alice: Person, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LOG-02: only what went out counts as downloaded."""
    file = await sent(alice, image())
    place = f"/files/{file['id']}/content"
    with monkeypatch.context() as closed:
        closed.setattr(disk.Disk, "open", None)
        answer = await alice.client.head(place)
    downloads = "SELECT count(*) FROM audit_events WHERE event = 'file_downloaded'"
    before = await database.scalar(downloads)
    download = await alice.client.get(place)

    assert (answer.status_code, answer.content) == (200, b"")
    assert (before, await database.scalar(downloads)) == (0, 1)
    for name in ("content-length", "content-type", "content-disposition"):
        assert answer.headers[name] == download.headers[name]
    assert (await alice.client.head(f"/files/{uuid4()}/content")).status_code == 404
