"""What kind of file it is: the content decides, and name and declared type have to agree."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.core.uploads.errors import UnsupportedFileType
from app.core.uploads.file_types import file_type
from tests.support.people import Person
from tests.uploads.samples import image, pdf, send, sent, stored

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PNG, JPEG, WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff" + bytes(9), b"RIFF\0\0\0\0WEBP"


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../../evil.txt", "x")
    return file.getvalue()


def animated_gif() -> bytes:
    file = BytesIO()
    frames = [Image.new("L", (2, 2), shade) for shade in range(3)]
    frames[0].save(file, format="GIF", save_all=True, append_images=frames[1:])
    return file.getvalue()


async def test_other_kinds_are_refused(alice: Person, upload_folder: Path) -> None:
    """UPLOAD-01, UPLOAD-02, UPLOAD-08: no HTML, SVG, GIF, archive; nothing is unpacked."""
    files = [
        ("shell.html", "image/png", HTML),
        ("shell.png", "image/png", HTML),
        ("shell.png", "image/png", b"<?php system($_GET[0]);"),
        ("drawing.svg", "image/svg+xml", SVG),
        ("drawing.png", "image/png", SVG),
        ("drawing.svgz", "image/svg+xml", b"\x1f\x8b\x08\x00"),
        ("data.xml", "application/xml", b"<?xml version='1.0'?><!DOCTYPE a>"),
        ("film.swf", "application/x-shockwave-flash", b"CWS\x0a"),
        ("anim.gif", "image/gif", animated_gif()),
        ("anim.png", "image/png", animated_gif()),
        ("all.zip", "application/zip", zipped()),
        ("letter.docx", "application/octet-stream", zipped()),
        ("all.png", "image/png", zipped()),
        ("short.png", "image/png", PNG[:4]),
    ]
    for filename, declared, content in files:
        response = await send(alice, content, filename, declared)

        assert response.status_code == 415, filename
        assert response.json()["code"] == "unsupported_file_type"
    assert stored(upload_folder) == []


async def test_name_type_and_content_agree(alice: Person) -> None:
    """UPLOAD-01."""
    files = [
        ("a.jpg", "image/jpeg", image("png")),
        ("a.png", "image/jpeg", image("png")),
        ("a.png", "text/html", image("png")),
        ("a.html", "image/png", image("png")),
        ("a.pdf", "application/pdf", image("png")),
        ("a.png", "image/png", pdf()),
        ("a", "image/png", image("png")),
    ]
    for filename, declared, content in files:
        response = await send(alice, content, filename, declared)

        assert response.status_code == 415, (filename, declared)


@pytest.mark.parametrize(
    ("head", "filename", "declared", "kind"),
    [
        (PNG, "a.PNG", b"image/png", "image/png"),
        (JPEG, "a.jpg", b"image/jpeg", "image/jpeg"),
        (JPEG, "a.jpeg", b"image/jpg", "image/jpeg"),
        (WEBP, "a.webp", b"IMAGE/WEBP", "image/webp"),
        (b"%PDF-1.7", "a.b.pdf", b"application/pdf", "application/pdf"),
        # Programs that know no types make no claim.
        (PNG, "a.png", b"application/octet-stream", "image/png"),
        (PNG, "a.png", b"", "image/png"),
    ],
)
def test_four_kinds_are_known(head: bytes, filename: str, declared: bytes, kind: str) -> None:
    assert file_type(head, filename, declared).content_type == kind


@pytest.mark.parametrize("head", [b"", b" " + PNG, b"RIFF\0\0\0\0WAVE", b"GIF89a", b"MZ"])
def test_the_first_bytes_decide(head: bytes) -> None:
    """UPLOAD-01."""
    for filename, declared in (("a.png", b"image/png"), ("a.webp", b"image/webp")):
        with pytest.raises(UnsupportedFileType):
            file_type(head, filename, declared)


async def test_a_damaged_file_is_refused(alice: Person, upload_folder: Path) -> None:
    """UPLOAD-03: the first bytes promise, the decoder checks. Nothing follows a PDF's end."""
    files = {
        "a.png": [image("png")[:-35], PNG + HTML],
        "a.jpg": [image("jpeg", size=(64, 64))[:200]],
        "a.webp": [b"RIFF\x10\0\0\0WEBPVP8 junk"],
        "a.pdf": [b"%PDF-1.7\n" + HTML, b"%PDF-next\n%%EOF", pdf() + HTML],
    }
    for filename, contents in files.items():
        for content in contents:
            response = await send(alice, content, filename)

            assert response.status_code == 422, content
            assert response.json()["code"] == "invalid_file"
    assert stored(upload_folder) == []


async def test_an_empty_file_is_refused(alice: Person) -> None:
    """UPLOAD-15: also by its name and type, which would agree."""
    response = await send(alice, b"", "a.png")

    assert response.status_code == 422
    assert response.json()["code"] == "empty_file"
    await sent(alice, image(), "a.png")
