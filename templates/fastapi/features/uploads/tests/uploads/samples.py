"""Files as people, and as attackers, send them."""

import asyncio
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from httpx import AsyncClient, Response
from PIL import Image

from tests.support.people import Person

CONTENT_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "pdf": "application/pdf",
}
FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "webp": "WEBP"}


def image(ending: str = "png", *, size: tuple[int, int] = (8, 6), **saving: Any) -> bytes:
    return encoded(Image.new("RGB", size, (200, 30, 30)), ending, **saving)


def encoded(picture: Image.Image, ending: str, **saving: Any) -> bytes:
    file = BytesIO()
    picture.save(file, format=FORMATS[ending], **saving)
    return file.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def pdf(*objects: bytes) -> bytes:
    """Lay out a PDF. Viewers find their way without a table of positions, and so do attackers."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    pages = b"<< /Type /Pages /Kids [] /Count 0 >>"
    numbered = [
        b"%d 0 obj\n%s\nendobj\n" % (number, content)
        for number, content in enumerate((catalog, pages, *objects), start=1)
    ]
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer << /Root 1 0 R >>\n%%EOF\n"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def packed(content: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(content), b"/Filter /FlateDecode " + entries)


async def send(
    person: Person, content: bytes, filename: str = "photo.png", declared: str | None = None
) -> Response:
    if declared is None:
        declared = CONTENT_TYPES.get(filename.rpartition(".")[2].lower(), "text/plain")
    return await person.client.post("/files", files={"file": (filename, content, declared)})


async def sent(person: Person, content: bytes, filename: str = "photo.png") -> dict[str, Any]:
    response = await send(person, content, filename)
    assert response.status_code == 201, response.text
    shown: dict[str, Any] = response.json()
    return shown


async def download(person: Person, file_id: str) -> bytes:
    response = await person.client.get(f"/files/{file_id}/content")
    assert response.status_code == 200, response.text
    return response.content


async def send_raw(
    client: AsyncClient,
    body: bytes,
    content_type: str = "multipart/form-data; boundary=xyz",
) -> Response:
    return await client.post("/files", content=body, headers={"Content-Type": content_type})


def part(content: bytes, *headers: bytes, boundary: bytes = b"xyz") -> bytes:
    return b"--" + boundary + b"\r\n" + b"\r\n".join([*headers, b"", content]) + b"\r\n"


async def gone(folder: Path) -> bool:
    """Wait until what is removed after a response is no longer there."""
    for _ in range(1200):
        if not stored(folder):
            break
        await asyncio.sleep(0.05)
    return not stored(folder)


def stored(folder: Path) -> list[Path]:
    """Return every file under the folder of uploads, unfinished ones too."""
    return [path for path in folder.rglob("*") if path.is_file()]
