"""Bodies that are not one file in one part, each refused at once."""

import time
from pathlib import Path

import pytest

from app.core.uploads.errors import MalformedUpload
from app.core.uploads.multipart import FilePart, read_boundary
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.uploads.samples import image, part, send_raw, stored

FIELD = b'Content-Disposition: form-data; name="file"'
NAME = FIELD + b'; filename="a.png"'
ENCODED = b"; filename*=UTF-8''%s"
TYPE = b"Content-Type: image/png"
END = b"--xyz--\r\n"
FILE = part(image(), NAME, TYPE)

BODIES = {
    "nothing": b"",
    "only an end": END,
    "no boundary in it": b"x" * 1000,
    "another boundary": part(image(), NAME, boundary=b"abc") + b"--abc--\r\n",
    "missing end": FILE,
    "cut in the headers": b"--xyz\r\nContent-Dispo",
    "two files": FILE + FILE + END,
    "a field before the file": part(b"x", b'Content-Disposition: form-data; name="a"') + FILE + END,
    "a hundred thousand parts": part(b"", NAME) * 20_000 + END,
    "another name": part(image(), NAME.replace(b"file", b"photo", 1)) + END,
    "no file name": part(image(), FIELD) + END,
    "two encoded names": part(image(), NAME + ENCODED % b"a.png" + ENCODED % b"b.png") + END,
    "an encoded name in Latin-1": part(image(), FIELD + b"; filename*=ISO-8859-1''a.png") + END,
    "an encoded name that is none": part(image(), FIELD + b"; filename*=a.png") + END,
    "an encoded name in broken code": part(image(), FIELD + ENCODED % b"%C3.png") + END,
    "an encoded name with half a sign": part(image(), FIELD + ENCODED % b"a%2.png") + END,
    "two file names": part(image(), NAME + b'; filename="a.exe"') + END,
    "two file names in two spellings": part(image(), NAME + b"; FileName=a.exe") + END,
    "an open quote": part(image(), NAME[:-1]) + END,
    "a quote that is only closed for some": part(image(), NAME[:-1] + b'\\"') + END,
    "a parameter inside a name": part(image(), NAME.replace(b"a.png", b'a\\\\"; x="b.png')) + END,
    "many parameters": part(b"x", b"Content-Disposition: form-data" + b" ; a=b " * 500) + END,
    "something after a quote": part(image(), NAME + b"x") + END,
    "no disposition": part(image(), TYPE) + END,
    "an attachment": part(image(), NAME.replace(b"form-data", b"attachment")) + END,
    "a name twice": part(image(), NAME, NAME) + END,
    "a header of a megabyte": part(image(), NAME, b"X-A: " + b"a" * 1024**2) + END,
    "a thousand headers": part(image(), NAME, *[b"X-%d: a" % n for n in range(1000)]) + END,
    "a broken name of a header": part(image(), NAME, b"\0\1: x") + END,
    "a name in Latin-1": part(image(), NAME.replace(b"a.png", b"\xe4.png")) + END,
}


async def test_another_body_is_refused_at_once(
    alice: Person, upload_folder: Path, database: Inspector
) -> None:
    """UPLOAD-12, UPLOAD-13: with little work, leaving nothing behind but a record."""
    for what, body in BODIES.items():
        started = time.process_time()

        response = await send_raw(alice.client, body)

        assert 400 <= response.status_code < 500, what
        assert response.json()["code"] in ("malformed_upload", "invalid_filename"), what
        assert time.process_time() - started < 1, what
        assert stored(upload_folder) == [], what
    assert await database.count("files") == 0
    query = "SELECT count(*) FROM audit_events WHERE event = 'upload_refused'"
    assert await database.scalar(query) == len(BODIES)


async def test_an_encoded_part_is_refused(alice: Person) -> None:
    """UPLOAD-12: what is checked would not be what is kept."""
    for encoding in (b"base64", b"quoted-printable", b"x"):
        body = part(image(), NAME, b"Content-Transfer-Encoding: " + encoding) + END

        assert (await send_raw(alice.client, body)).status_code == 415


@pytest.mark.parametrize(
    "content_type",
    [
        b"multipart/form-data",
        b"multipart/form-data; boundary=",
        b"multipart/form-data; boundary=" + b"x" * 5000,
        b'multipart/form-data; boundary="xyz',
        b"multipart/form-data; boundary=xyz; boundary=abc",
        b"multipart/form-data; charset=utf-16; boundary=xyz",
    ],
)
def test_a_boundary_is_needed(content_type: bytes) -> None:
    """UPLOAD-12: one, short, and without a second meaning."""
    with pytest.raises(MalformedUpload):
        read_boundary(content_type)


async def test_only_a_form_is_taken(alice: Person) -> None:
    """INPUT-09."""
    for content_type in ("application/json", "image/png", "multipart/mixed", ""):
        response = await send_raw(alice.client, FILE + END, content_type)

        assert response.status_code == 415, content_type
    response = await send_raw(alice.client, FILE + END, "multipart/form-data")
    assert response.status_code == 400


async def test_a_plain_body_is_taken(alice: Person) -> None:
    """What the refusals above differ from."""
    for boundary in ("xyz", '"xyz"'):
        content_type = f"multipart/form-data; boundary={boundary}"

        assert (await send_raw(alice.client, FILE + END, content_type)).status_code == 201


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (b'"a b.png"', b"a b.png"),
        (b"a.png", b"a.png"),
        (b'"a\\"b;c\\\\.png"', b'a"b;c\\.png'),
        (b'"C:\\old\\a.png"', b"C:\\old\\a.png"),
    ],
)
def test_a_name_may_be_written_as_programs_do(sent: bytes, read: bytes) -> None:
    """UPLOAD-12: curl escapes, browsers of old send a path."""
    parser = FilePart(b"xyz")
    parser.feed(part(b"", NAME.replace(b'"a.png"', sent)) + END)

    assert parser.filename == read


def test_a_body_may_come_in_pieces_of_any_size() -> None:
    """UPLOAD-12: what is kept does not depend on where the network cuts."""
    body = part(image(), NAME, TYPE) + END
    for size in (1, 7, 64):
        parser = FilePart(b"xyz")
        pieces = [parser.feed(body[start : start + size]) for start in range(0, len(body), size)]
        parser.finish()

        assert b"".join(pieces) == image()
        assert (parser.filename, parser.declared_type) == (b"a.png", b"image/png")
