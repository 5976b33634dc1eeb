"""What becomes of a file is recorded, above all that it was refused and why."""

import pytest

from app.core.uploads.multipart import FRAME_BYTES
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.uploads.samples import download, image, part, send, send_raw, sent

BODY = part(image(), b'Content-Disposition: form-data; name="file"; filename="a.png"') + b"--xyz--"
FORM = "multipart/form-data"
TOO_LONG = {
    "Content-Type": f"{FORM}; boundary=xyz",
    "Content-Length": str(10 * 1024**2 + FRAME_BYTES + 1),
}
REFUSED = (
    "SELECT outcome, actor_id, target, ip, details FROM audit_events"
    " WHERE event = 'upload_refused' ORDER BY seq"
)


async def test_what_was_refused_and_what_went_out_is_recorded(
    alice: Person, database: Inspector
) -> None:
    """LOG-02."""
    file = await sent(alice, image())
    await download(alice, file["id"])
    await send(alice, b"<html>", "page.png")

    query = "SELECT event, outcome, actor_id, target FROM audit_events ORDER BY seq DESC LIMIT 2"
    refused, downloaded = await database.rows(query)
    assert (refused.event, refused.outcome) == ("upload_refused", "failure")
    assert refused.target == "files"
    assert (downloaded.event, downloaded.target) == ("file_downloaded", file["id"])
    assert str(refused.actor_id).replace("-", "") == alice.id.hex


@pytest.mark.parametrize(
    ("content_type", "status", "code"),
    [
        (FORM, 400, "malformed_upload"),
        (f"{FORM}; boundary=", 400, "malformed_upload"),
        (f"{FORM}; boundary=a; boundary=b", 400, "malformed_upload"),
        ("application/json", 415, "unsupported_media_type"),
        ("", 415, "unsupported_media_type"),
    ],
)
async def test_a_body_that_is_no_form_is_recorded(
    alice: Person, database: Inspector, content_type: str, status: int, code: str
) -> None:
    """LOG-02, UPLOAD-12: refused before a byte is read of it, and one row."""
    response = await send_raw(alice.client, BODY, content_type)

    assert (response.status_code, response.json()["code"]) == (status, code)
    [row] = await database.rows(REFUSED)
    assert (row.outcome, row.target) == ("failure", "files")
    assert str(row.actor_id).replace("-", "") == alice.id.hex
    assert code in str(row.details)


async def test_too_long_a_body_is_recorded_once_in_a_while(
    alice: Person, database: Inspector
) -> None:
    """LOG-02, RATE-07: it is refused before anybody knows who sends it, as often as they like."""
    for headers in (TOO_LONG, TOO_LONG, TOO_LONG | {"Authorization": "none"}):
        response = await alice.client.post("/files", headers=headers, content=b"x")
        assert response.status_code == 413

    [row] = await database.rows(REFUSED)
    assert (row.outcome, row.actor_id, row.ip) == ("failure", None, "127.0.0.0/24")
    assert "content_too_large" in str(row.details)


async def test_too_long_a_body_for_others_is_no_upload(alice: Person, database: Inspector) -> None:
    for path, method in (("/users/me", "PATCH"), ("/files", "PUT")):
        response = await alice.client.request(method, path, headers=TOO_LONG, content=b"x")
        assert response.status_code == 413

    assert await database.rows(REFUSED) == []
