"""What a file is called: it is shown again, and decides about nothing but its ending."""

from pathlib import Path

import pytest

from tests.support.people import Person
from tests.uploads.samples import image, part, pdf, send, send_raw, sent, stored

SHOWN = [
    ("../../etc/x.pdf", "x.pdf"),
    ("..\\..\\x.pdf", "x.pdf"),
    ("C:\\x.pdf", "x.pdf"),
    ("/abs.pdf", "abs.pdf"),
    ("con.pdf", "con.pdf"),
    ("x.php.pdf", "x.php.pdf"),
    ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ("a\u202efdp.pdf", "afdp.pdf"),
    ("zero\u200bwidth.PDF", "zerowidth.PDF"),
    ("Ü\u0308b er.pdf", "Ü\u0308b er.pdf"),
    # Browsers write a quote like this, so that it cannot end the header.
    ('quo"te;.pdf', "quo%22te;.pdf"),
]
REFUSED = [".htaccess", "a.png\0.html", "x\u202egnp.exe", "..", "/", "\n", "a.png.html"]


async def test_a_name_is_shown_and_never_used(
    alice: Person, tmp_path: Path, upload_folder: Path
) -> None:
    """UPLOAD-04: whatever it says, one file appears, and that in the folder of uploads."""
    content = pdf()
    for filename, shown in SHOWN:
        before = set(stored(tmp_path))

        file = await sent(alice, content, filename)

        assert file["filename"] == shown
        appeared = set(stored(tmp_path)) - before
        # A mail about the registration may arrive meanwhile.
        [new] = [path for path in appeared if "outbox" not in path.parent.name]
        assert new.is_relative_to(upload_folder)


async def test_a_name_that_is_none_of_ours_is_refused(alice: Person) -> None:
    """UPLOAD-04, INPUT-01."""
    for filename in REFUSED:
        response = await send(alice, image(), filename, "image/png")

        assert response.status_code in (400, 415, 422), filename


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        # A form has no such parameter (RFC 7578, 4.2): where the other one is, that one counts.
        (b"; filename=\"a.png\"; filename*=UTF-8''..%2Fshell.php", "a.png"),
        (b"; filename*=UTF-8''shell.php; filename=a.png", "a.png"),
        (b"; filename*=UTF-8''..%2F..%2Fetc%2F%c3%bcber%20all.png", "\u00fcber all.png"),
        (b"; FILENAME*=utf-8'en'x%E2%80%AEgnp.png", "xgnp.png"),
    ],
)
async def test_an_encoded_name_is_a_name_like_others(
    alice: Person, upload_folder: Path, names: bytes, shown: str
) -> None:
    """UPLOAD-04: it is shown at most; the file lies under a name of ours."""
    disposition = b'Content-Disposition: form-data; name="file"' + names

    response = await send_raw(alice.client, part(image(), disposition) + b"--xyz--\r\n")

    assert response.status_code == 201, response.text
    assert response.json()["filename"] == shown
    [path] = stored(upload_folder)
    assert len(path.name) == 64


@pytest.mark.parametrize("name", [b"shell.php", b"a.png%00.html", b".htaccess", b"a.png.html"])
async def test_an_encoded_name_decides_as_others_do(alice: Person, name: bytes) -> None:
    """UPLOAD-04: its ending has to agree with the content."""
    disposition = b"Content-Disposition: form-data; name=file; filename*=UTF-8''" + name

    response = await send_raw(alice.client, part(image(), disposition) + b"--xyz--\r\n")

    assert response.status_code in (415, 422)
