"""The kinds of files that are taken. The first bytes decide; name and declared type must agree."""

from dataclasses import dataclass

from app.core.uploads.errors import UnsupportedFileType
from app.core.uploads.names import extension

HEAD_BYTES = 16
# Programs that do not know a type send this, or nothing: no claim, so nothing to disagree with.
UNDECLARED = (b"", b"application/octet-stream")


@dataclass(frozen=True, slots=True)
class FileType:
    content_type: str
    extensions: tuple[str, ...]
    magic: bytes
    magic_at_8: bytes = b""
    other_names: tuple[bytes, ...] = ()
    decoder: str = ""
    """Pillow's name of an image format; empty for what is kept as it is."""

    def begins(self, head: bytes) -> bool:
        return head.startswith(self.magic) and head.startswith(self.magic_at_8, 8)

    def is_declared(self, declared: bytes) -> bool:
        names = (self.content_type.encode(), *self.other_names, *UNDECLARED)
        return declared.lower() in names


FILE_TYPES = (
    FileType("image/png", ("png",), b"\x89PNG\r\n\x1a\n", decoder="PNG"),
    FileType(
        "image/jpeg",
        ("jpg", "jpeg"),
        b"\xff\xd8\xff",
        other_names=(b"image/jpg",),
        decoder="JPEG",
    ),
    FileType("image/webp", ("webp",), b"RIFF", magic_at_8=b"WEBP", decoder="WEBP"),
    FileType("application/pdf", ("pdf",), b"%PDF-"),
)
CONTENT_TYPES = tuple(known.content_type for known in FILE_TYPES)


def file_type(head: bytes, filename: str, declared: bytes) -> FileType:
    for known in FILE_TYPES:
        if known.begins(head):
            if extension(filename) in known.extensions and known.is_declared(declared):
                return known
            break
    raise UnsupportedFileType
