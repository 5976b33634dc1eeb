"""What becomes of an image: the same picture, and nothing else that was in the file."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from app.core.uploads.images import reencode
from tests.support.people import Person, sign_up
from tests.support.server import Server
from tests.uploads.samples import FORMATS, download, encoded, image, opened, sent

SECRET = b"hidden-4711"
# A directory that promises a thousand entries, and ends.
BROKEN_EXIF = b"Exif\0\0II*\0\x08\0\0\0\xe8\x03\x12\x01"


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = SECRET.decode()
    data.get_ifd(0x8825)[2] = (48.0, 51.0, 29.0)
    return data


def colour_at(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    return tuple(picture.convert("RGB").crop((x, y, x + 1, y + 1)).tobytes())


def with_everything(ending: str) -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    saving: dict[str, Any] = {"exif": exif(), "icc_profile": profile}
    if ending == "png":
        text = PngInfo()
        text.add_text("Comment", SECRET.decode())
        text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        saving["pnginfo"] = text
    else:
        saving["xmp"] = SECRET
    if ending == "jpg":
        saving["comment"] = b"<script>" + SECRET
    return image(ending, **saving) + b"<html>" + SECRET + b"PK\x03\x04"


async def test_nothing_but_the_picture_is_kept(alice: Person) -> None:
    """UPLOAD-03, UPLOAD-09: no EXIF, place, XMP, comment, profile, nor what follows the end."""
    for ending in ("png", "jpg", "webp"):
        original = with_everything(ending)
        assert original.count(SECRET) >= 4

        content = await download(alice, (await sent(alice, original, f"a.{ending}"))["id"])

        assert SECRET not in content
        assert b"<script>" not in content
        assert b"<html>" not in content
        kept = opened(content)
        assert not kept.getexif()
        assert not {"icc_profile", "comment", "exif", "xmp", "Comment"} & kept.info.keys()


async def test_a_photo_stands_upright(alice: Person) -> None:
    """UPLOAD-09: the orientation is applied before the mark is dropped."""
    turned = Image.new("RGB", (40, 20), "black")
    turned.paste("white", (0, 0, 20, 20))

    file = await sent(alice, encoded(turned, "jpg", exif=exif(orientation=6)), "a.jpg")

    kept = opened(await download(alice, file["id"]))
    assert kept.size == (20, 40)
    assert min(colour_at(kept, 10, 5)) > 200
    assert max(colour_at(kept, 10, 35)) < 50


async def test_colours_are_what_they_looked_like(alice: Person) -> None:
    """UPLOAD-09: converted with the profile, not just stripped of it."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # A profile whose red is blue: what looks blue is stored as red.
    red, blue = swapped.find(b"rXYZ"), swapped.find(b"bXYZ")
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    picture = encoded(Image.new("RGB", (4, 4), (255, 0, 0)), "png", icc_profile=bytes(swapped))

    kept = opened(await download(alice, (await sent(alice, picture))["id"]))

    red, _, blue = colour_at(kept, 1, 1)
    assert blue > 200
    assert red < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_to_store_a_pixel_is_read(tmp_path: Path, mode: str) -> None:
    ending = "jpg" if mode == "CMYK" else "png"
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(encoded(Image.new(mode, (3, 3)), ending))
    target.touch()

    reencode(source, target, FORMATS[ending])

    kept = opened(target.read_bytes())
    assert kept.mode in ("L", "RGB", "RGBA")
    assert kept.convert("L").getpixel((1, 1)) == (255 if mode == "CMYK" else 0)


async def test_a_broken_profile_does_not_matter(alice: Person) -> None:
    await sent(alice, image("png", icc_profile=b"no profile at all"))


async def test_a_broken_directory_is_not_talked_about(server: Server) -> None:
    """LOG-03: the decoder would warn, in lines of its own, with paths of this machine."""
    async with server.client() as client:
        person = await sign_up(client, "broken-directory")

        file = await sent(person, image("jpg", exif=BROKEN_EXIF), "a.jpg")

        assert opened(await download(person, file["id"])).size == (8, 6)
        await client.delete(f"/files/{file['id']}")
    assert "Warning" not in server.log
    assert "site-packages" not in server.log
