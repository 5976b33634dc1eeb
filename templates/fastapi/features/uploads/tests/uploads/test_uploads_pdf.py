"""Which PDFs are taken: those that do nothing by themselves."""

import zlib
from pathlib import Path

import pytest

from app.core.uploads.pdf import DoesSomething, NotAPdf, inspect_pdf
from tests.support.people import Person
from tests.uploads.samples import packed, pdf, send, sent, stream

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
PACKED_SCRIPT = packed(b"5 0 " + SCRIPT, b"/Type /ObjStm /N 1 /First 4")
PREDICTED = b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 8 >>"
TABLE = packed(b"\1\2\3", b"/Type /XRef /W [1 2 1] /ID [<0A><0b>] /DecodeParms << /Predictor 12 >>")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


@pytest.mark.parametrize(
    "objects",
    [
        [SCRIPT],
        [b"<< /S /Java#53cript /JS (x) >>"],
        [b"<< /S /#4aavaScri#70t/JS (x) >>"],
        [b"<< /S /Rendition /JS (x) >>"],
        [b"<< /OnInstantiate 3 0 R >>"],
        [b"<< /S /Launch /F (cmd.exe) >>"],
        [b"<< /Names << /EmbeddedFiles 3 0 R >> >>"],
        [stream(b"MZ", b"/Type /EmbeddedFile")],
        [b"<< /Subtype /RichMedia >>"],
        [b"<< /AcroForm << /XFA 4 0 R >> >>"],
        [b"<< /S /SubmitForm /F (http://x) >>"],
        [b"<< /S /GoToR /F (\\\\\\\\evil\\\\share) >>"],
        [b"<< /Encrypt 4 0 R >>"],
        [PACKED_SCRIPT],
        [packed(b"5 0 << /S /J#61vaScript >>", b"/Type /ObjStm /N 1 /First 4")],
        # A damaged checksum does not keep a viewer from reading what precedes it.
        [PACKED_SCRIPT[:-14] + b"\0\0\0\0\nendstream"],
        [stream(b"3C3C>", b"/Type /ObjStm /Filter /ASCIIHexDecode")],
        [stream(b"3C3C>", b"/Type /ObjStm /F /AHx")],
        [stream(b"3C3C>", b"/Type /ObjStm /Filter 3 0 R"), b"[ /ASCIIHexDecode ]"],
        [stream(b"3C3C>", b"/Type /Obj#53tm /Filter 3 0 R"), b"[ /FlateDecode /FlateDecode ]"],
        # Readers look for objects in whatever the table names, also without the type.
        [TABLE, stream(b"3C3C>", b"/N 1 /First 4 /Filter /ASCIIHexDecode")],
        [packed(b"x", b"/Type /ObjStm /DecodeParms << /Predictor 12 >>")],
        [packed(b"x", b"/Type /ObjStm /Filter /FlateDecode")],
        [TABLE, stream(b"x", b"/N 1 /First 4 " + PREDICTED)],
        [TABLE, stream(b"x", PREDICTED + b"/#4e 1 /Firs#74 4 ")],
        # A reader takes the place of the first one for 0.
        [TABLE, stream(b"x", b"/N 1 " + PREDICTED)],
        [TABLE, stream(b"x", b"/N 1 /First 4 /Filter /FlateDecode /Decode#50arms 9 0 R")],
        [TABLE, stream(b"x", b"/N 1 /First 4 /Filter [/FlateDecode /FlateDecode]")],
        [TABLE, stream(b"x", b"/N 1 /First 4 /F /FlateDecode")],
        [TABLE, stream(b"x", b"/N 1 /First 4 /Filter /FlateDecode /Filter 9 0 R")],
        [TABLE, stream(b"x", b"/N 1 /First 4 /A (/Filter /FlateDecode) /#46ilter 9 0 R")],
        # What looks like the end of a dictionary, or the start of one, and is not.
        [TABLE, stream(b"x", b"/N 1 /First 4 /A (>> endobj 9 0 obj <<) " + PREDICTED)],
        [TABLE, stream(b"x", b"/N 1 /First 4 /A (\\)>> stream) " + PREDICTED)],
        [TABLE, stream(b"x", b"/N 1 /First 4 %>> stream\n " + PREDICTED)],
        [TABLE, stream(b"x", b"/N 1 /First 4 /A <\n9 0 obj << >> " + PREDICTED)],
        [TABLE, b"%<< >>\n" + stream(b"x", b"/N 1 /First 4 " + PREDICTED)],
        [TABLE, b"<< /Kids [ << "],
        [TABLE, stream(b"x", b"/A (" + PREDICTED)],
        # Spaces before the end of the line, which readers pass over.
        [PACKED_SCRIPT.replace(b"stream\n", b"stream  \n", 1)],
        # And whatever else stands in that line, as some do.
        [PACKED_SCRIPT.replace(b"stream\n", b"stream %x\r\n", 1)],
        [PACKED_SCRIPT.replace(b"stream\n", b"stream" + zlib.compress(b"x") + b"\n", 1)],
    ],
)
def test_a_pdf_that_does_something_is_refused(file: Path, objects: list[bytes]) -> None:
    """UPLOAD-02: however it is written or packed."""
    file.write_bytes(pdf(*objects))

    with pytest.raises(DoesSomething):
        inspect_pdf(file)


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        pdf(packed(b"BT (JavaScript in plain words) Tj ET")),
        pdf(TABLE, packed(b"5 0 << /Type /Page >>", b"/Type /ObjStm /N 1 /First 4")),
        pdf(stream(b"5 0 << /Type /Page >>", b"/Type/ObjStm/N 1/First 4/Extends 3 0 R")),
        pdf(stream(b"GhQ~>", b"/Filter /ASCII85Decode")),
        pdf(b"<< /OpenAction [ 2 0 R /Fit ] >>"),
        # The profile of a colour space, a picture, a form and an outline, beside a table.
        pdf(TABLE, packed(b"profile", b"/N 3 /Alternate /DeviceRGB")),
        pdf(TABLE, stream(b"x", b"/Subtype /Image /A (\\(()\xff) " + PREDICTED)),
        pdf(TABLE, stream(b"x", b"/Subtype /Image /Filter [ /DCTDecode ] /Decode [1 0] %why\n")),
        pdf(TABLE, b"<< /First 4 0 R /AP << /N 5 0 R >> /C [0 -.5 << >>] >>"),
    ],
)
def test_a_pdf_to_read_is_taken(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    inspect_pdf(file)


@pytest.mark.parametrize(
    "content",
    [
        pdf(packed(b"\0" * 70_000_000)),
        pdf(*[packed(b"\0" * 2_000_000)] * 40),
        pdf(b"stream\n" * 20_001),
    ],
)
def test_a_pdf_that_unpacks_without_end_is_refused(file: Path, content: bytes) -> None:
    """UPLOAD-08: in one bomb, in many, or in very many streams."""
    file.write_bytes(content)

    with pytest.raises(NotAPdf):
        inspect_pdf(file)


async def test_every_pdf_that_is_sent_is_looked_into(alice: Person) -> None:
    """UPLOAD-02."""
    active = await send(alice, pdf(PACKED_SCRIPT), "a.pdf")
    damaged = await send(alice, b"%PDF-1.7 and nothing else", "a.pdf")
    await sent(alice, pdf(), "a.pdf")

    assert (active.status_code, active.json()["code"]) == (422, "active_content")
    assert (damaged.status_code, damaged.json()["code"]) == (422, "invalid_file")
