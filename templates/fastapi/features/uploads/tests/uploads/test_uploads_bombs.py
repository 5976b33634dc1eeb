"""Images that are small to send and large to open."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app.core.uploads.images import TooManyPixels, reencode
from tests.support.effort import effort
from tests.support.people import Person
from tests.uploads.samples import encoded, image, send, stored


def bomb(width: int, height: int) -> bytes:
    """Write a PNG that promises many pixels in few bytes."""
    row = zlib.compress(b"\0" * 100_000, 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", row), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (13_000, 13_000), (5000, 5001)])
def test_too_many_pixels_are_not_decoded(tmp_path: Path, width: int, height: int) -> None:
    """UPLOAD-07: refused by what the header says, in no time."""
    source = tmp_path / "source"
    source.write_bytes(bomb(width, height))

    def refuse() -> None:
        with pytest.raises(TooManyPixels):
            reencode(source, tmp_path / "target", "PNG")

    assert effort(refuse) < 0.5


async def test_a_bomb_is_refused(alice: Person, upload_folder: Path) -> None:
    """UPLOAD-07: by what its header says; and an animation, by its second frame."""
    frames = [Image.new("RGB", (4, 4), (shade, 0, 0)) for shade in range(0, 250, 10)]
    bombs = {ending: moving_image(frames, ending) for ending in ("png", "webp")}
    for ending, content in [("png", bomb(30_000, 30_000)), *bombs.items()]:
        response = await send(alice, content, f"a.{ending}")

        assert response.status_code == 422
        assert response.json()["code"] == "image_too_large"
    assert stored(upload_folder) == []


def moving_image(frames: list[Image.Image], ending: str) -> bytes:
    return encoded(frames[0], ending, save_all=True, append_images=frames[1:])


async def test_packed_text_does_not_grow_in_memory(alice: Person) -> None:
    """UPLOAD-07: a text of 20 MB in a PNG of 20 kB."""
    text = PngInfo()
    text.add_text("a", "x" * 20_000_000, zip=True)

    assert (await send(alice, image("png", pnginfo=text))).status_code == 422
