"""Files that are two things at once: a PDF for its viewer, and a page or an archive for others."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.core.uploads.pdf import DoesSomething, NotAPdf, inspect_pdf
from tests.support.people import Person
from tests.uploads.samples import packed, pdf, send, stream

HTML = b"<html><script>alert(1)</script></html>"
PHP = b"<?php system($_GET[0]); ?>"
ZIP = b"PK\x03\x04" + b"\0" * 26 + b"PK\x01\x02" + b"\0" * 42 + b"PK\x05\x06" + b"\0" * 18
LINK = b"<< /Type /Annot /Subtype /Link /A << /S /URI /URI %s >> >>"
STREAMED = b"/Type /ObjStm /N 1 /First 4"
TABLE = stream(b"\1\2\3", b"/Type /XRef /W [1 2 1] /Root 1 0 R")


def written_by_pillow(**saving: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, format="PDF", **saving)
    return file.getvalue()


def appended_to(original: bytes) -> bytes:
    """Add an object in a table of its own behind the end, as editors save."""
    return original + b"9 0 obj\n<< /Type /Annot >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n" + HTML + b"\n%%EOF",
        b"%PDF-1.7 " + PHP + b"\n%%EOF",
        b"%PDF-1.4\n" + ZIP + b"\n%%EOF",
        # Each of these would open in a viewer as well.
        pdf().replace(b"\n", b"\n<!DOCTYPE html>\n", 1),
        pdf().replace(b"\n", b"\n%<SCRIPT src=x>\n", 1),
        pdf(b"(" + PHP + b")"),
        pdf(stream(HTML)),
        pdf(stream(PHP.replace(b" ", b"\n"))),
        pdf(stream(ZIP)),
        pdf(stream(ZIP[:30])) + b"%" + ZIP[30:] + b"\n%%EOF",
        pdf(stream(b"<x __HALT_COMPILER(); ?>")),
        # And these in none.
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF",
        pdf().replace(b"/Root", b"/Toor"),
        pdf().replace(b"trailer", b""),
        pdf().replace(b"endobj", b""),
        pdf().replace(b" obj", b" object"),
    ],
)
def test_what_is_not_a_pdf_alone_is_refused(file: Path, content: bytes) -> None:
    """UPLOAD-01, UPLOAD-03, UPLOAD-08: others would take it for a page, a program, an archive."""
    file.write_bytes(content)

    with pytest.raises(NotAPdf):
        inspect_pdf(file)


@pytest.mark.parametrize(
    "objects",
    [
        [b"<< /OpenAction<</S/URI/URI(javascript:alert(1))>> >>"],
        [LINK % b"( JavaScript:alert\\(1\\))"],
        [LINK % b"(\\152a\\166ascript:x)"],
        [LINK % b"(j\\\na\\v\\141script:x)"],
        [LINK % b"(java\\nscript\\72x)"],
        [LINK % b"<6A617661 7363726970743A78>"],
        [LINK % b"(\xfe\xff\0j\0a\0v\0a\0s\0c\0r\0i\0p\0t\0:)"],
        [(LINK % b"(javascript:x)").replace(b"/URI (", b"/U#52I(")],
        [LINK % b"(vbscript:x)"],
        [packed(b"5 0 " + LINK % b"(javascript:x)", STREAMED)],
        [b"<< /URI << /Base (javascript:x) >> >>"],
        # Where it stands elsewhere, or behind a comment, nobody looks further.
        [LINK % b"4 0 R", b"(javascript:x)"],
        [LINK % b"%\n(javascript:x)"],
    ],
)
def test_a_link_that_is_a_script_is_refused(file: Path, objects: list[bytes]) -> None:
    """UPLOAD-02: however its address is written."""
    file.write_bytes(pdf(*objects))

    with pytest.raises(DoesSomething):
        inspect_pdf(file)


@pytest.mark.parametrize(
    "content",
    [
        written_by_pillow(),
        written_by_pillow(title="JavaScript: <the> good parts", author="PK"),
        appended_to(written_by_pillow()),
        pdf(packed(HTML), packed(PHP), packed(ZIP)),
        pdf(stream(b"<?xpacket begin=''?><x:xmpmeta/><?xpacket end='w'?>")),
        pdf(stream(b"an archive begins with PK\x03\x04")),
        pdf(LINK % b"(https://example.com/javascript:x)", LINK % b"<68747470733A2F2F782E696F>"),
        pdf(b"<< /Title (JavaScript: the good parts) /URI << /Base (https://x.io/) >> >>"),
        pdf(b"<< /S /URI /NewWindow true >>"),
        # Its table is a stream: there is no trailer.
        pdf(TABLE).replace(b"trailer << /Root 1 0 R >>", b"startxref\n9"),
        pdf().replace(b"\n", b"\r\n"),
        pdf().replace(b"1 0 obj\n", b"1  0\robj"),
    ],
)
def test_a_pdf_alone_is_taken(file: Path, content: bytes) -> None:
    """UPLOAD-03: from common programs, saved again, with what it is about in packed streams."""
    file.write_bytes(content)

    inspect_pdf(file)


@pytest.mark.parametrize("text", [b"1", b"1 ", b"/URI", b"/URI(", b"/URI<", b"/URI(\\", b"PK\3\4"])
def test_a_long_text_costs_little(file: Path, text: bytes) -> None:
    """UPLOAD-08: twice as much of it costs twice as much."""
    file.write_bytes(pdf(text * (10_000_000 // len(text))))

    inspect_pdf(file)


async def test_a_polyglot_is_refused_as_it_is_sent(alice: Person) -> None:
    """UPLOAD-03: with the name and the type of a PDF."""
    page = await send(alice, b"%PDF-1.4\n" + HTML + b"\n%%EOF", "a.pdf")
    link = await send(alice, pdf(LINK % b"(javascript:alert(1))"), "a.pdf")

    assert (page.status_code, page.json()["code"]) == (422, "invalid_file")
    assert (link.status_code, link.json()["code"]) == (422, "active_content")
