"""Makes a new image of a stranger's: the same picture, and nothing else that was in the file.

Runs in a process of its own; see ``app.core.uploads.workshop``.
"""

import warnings
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from app.core.uploads.limits import MAX_PIXELS

WRITING: dict[str, dict[str, object]] = {
    "PNG": {},
    "JPEG": {"quality": 90},
    "WEBP": {"quality": 90},
}


class TooManyPixels(Exception):
    """More pixels or frames than are decoded; known from the header alone."""


def reencode(source: Path, target: Path, decoder: str) -> None:
    """Write the picture anew. ``target`` exists already: after a cleanup nothing is made."""
    # Whatever else is odd in the file: a warning is lines of its own in the log, with our paths.
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(source, formats=[decoder]) as opened:
            _refuse_bombs(opened, decoder)
            picture = _redrawn(opened, decoder)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise TooManyPixels from None
    with target.open("r+b") as file:
        picture.save(file, format=decoder, **WRITING[decoder])


def _refuse_bombs(opened: Image.Image, decoder: str) -> None:
    width, height = opened.size
    if width * height > MAX_PIXELS:
        raise TooManyPixels
    # Cameras append previews to a JPEG, which count as frames. Only the first is ever read.
    if decoder != "JPEG" and getattr(opened, "n_frames", 1) > 1:
        raise TooManyPixels


def _redrawn(opened: Image.Image, decoder: str) -> Image.Image:
    profile = opened.info.get("icc_profile")
    upright = ImageOps.exif_transpose(opened)
    plain = _in_srgb(_simple(upright), profile)
    if decoder == "JPEG" and plain.mode not in ("L", "RGB"):
        plain = plain.convert("RGB")
    # A copy would take comments and profiles along. An empty canvas has none.
    canvas = Image.new(plain.mode, plain.size)
    canvas.paste(plain)
    return canvas


def _simple(image: Image.Image) -> Image.Image:
    """Reduce the many ways to store a pixel to those that every format here can write."""
    if image.mode in ("L", "RGB", "RGBA", "CMYK"):
        return image if "transparency" not in image.info else image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I"):
        # Sixteen bits of grey: convert() would cut instead of scale.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert to the colours that are meant where no profile says otherwise."""
    if profile is None:
        return image.convert("RGB") if image.mode == "CMYK" else image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha is not None else image
    converted: Image.Image | None = None
    # A profile that is broken, or made for other channels, is left out like no profile.
    with suppress(ImageCms.PyCMSError, OSError):
        converted = ImageCms.profileToProfile(
            colours,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    if converted is None:
        converted = colours.convert("RGB")
    if alpha is not None:
        converted.putalpha(alpha)
    return converted
