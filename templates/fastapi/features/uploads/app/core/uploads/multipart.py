"""Takes one file out of a multipart body, piece by piece, and refuses every other body."""

import re
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.core.uploads.errors import MalformedUpload, NotAForm, UnsupportedFileType

FORM = b"multipart/form-data"
PART = b"file"
# A boundary that needs no quoting, and of which no two programs see different ends (RFC 2046).
BOUNDARY = re.compile(rb"""multipart/form-data\s*;\s*boundary=("?)([\w'+.=/:?-]{1,70})\1""", re.I)
# A token or a quoted text whose quote is closed: other programs would see another end, or another
# of two values.
PARAMETER = re.compile(rb"""\s*+;\s*+([\w*-]++)=("(?:[^"\\]|\\.)*+"|[^\s";\\]++)""")
DISPOSITION = re.compile(rb"form-data((?:" + PARAMETER.pattern + rb")+)", re.I)
# How other headers write a name that is not ASCII (RFC 8187).
ENCODED = re.compile(rb"utf-8'[\w-]*'((?:[\w!#$&+.^`|~-]|%[0-9a-f]{2})++)", re.I)
# Room in a body for what is around its file: boundaries, and headers with a long name.
FRAME_BYTES = 16_384
MAX_HEADERS = 8
MAX_HEADER_BYTES = 4096

UNENCODED = (b"", b"7bit", b"8bit", b"binary")


def read_boundary(content_type: bytes) -> bytes:
    """Return the boundary from the Content-Type of a form, which has no other parameter."""
    if content_type.partition(b";")[0].strip().lower() != FORM:
        raise NotAForm
    match = BOUNDARY.fullmatch(content_type.strip())
    if match is None:
        raise MalformedUpload("The Content-Type names no boundary that can be used.")
    return bytes(match[2])


def read_disposition(value: bytes) -> dict[bytes, bytes]:
    """Return the parameters of a part, each of which came once."""
    match = DISPOSITION.fullmatch(value.strip())
    if match is None:
        raise MalformedUpload
    found = PARAMETER.findall(match[1])
    options = {name.lower(): _unquote(text) for name, text in found}
    if len(options) < len(found) or not options.keys() <= {b"name", b"filename", b"filename*"}:
        raise MalformedUpload
    # A form has no such parameter (RFC 7578, 4.2), yet some programs send it: it counts where
    # there is no other, and is checked and cleaned like that.
    encoded = options.pop(b"filename*", None)
    if encoded is not None and b"filename" not in options:
        options[b"filename"] = _decode(encoded)
    return options


def _decode(encoded: bytes) -> bytes:
    match = ENCODED.fullmatch(encoded)
    if match is None:
        raise MalformedUpload
    return unquote_to_bytes(match[1])


def _unquote(text: bytes) -> bytes:
    if not text.startswith(b'"'):
        return text
    # Nothing else is escaped: browsers of old send a path with backslashes.
    return re.sub(rb'\\(["\\])', rb"\1", text[1:-1])


class FilePart:
    """The only part of a body. ``feed`` returns what of the file has become known."""

    def __init__(self, boundary: bytes) -> None:
        self.filename = b""
        self.declared_type = b""
        self._headers: dict[bytes, bytes] = {}
        self._name = b""
        self._value = b""
        self._parts = 0
        self._is_complete = False
        self._pieces: list[bytes] = []
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._on_part,
                "on_header_field": self._on_header_name,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header,
                "on_headers_finished": self._on_headers,
                "on_part_data": self._on_data,
                "on_end": self._on_end,
            },
            max_header_count=MAX_HEADERS,
            max_header_size=MAX_HEADER_BYTES,
        )

    def feed(self, data: bytes) -> bytes:
        try:
            self._parser.write(data)
        except FormParserError:
            raise MalformedUpload from None
        known = b"".join(self._pieces)
        self._pieces.clear()
        return known

    def finish(self) -> None:
        """Refuse a body that ends before its last boundary: the file in it may be cut."""
        if not self._is_complete or self._parts == 0:
            raise MalformedUpload("The body ends in the middle.")

    def _on_part(self) -> None:
        self._parts += 1
        if self._parts > 1:
            raise MalformedUpload

    def _on_header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header(self) -> None:
        name = self._name.lower()
        if name in self._headers:
            raise MalformedUpload
        self._headers[name] = self._value
        self._name = self._value = b""

    def _on_headers(self) -> None:
        options = read_disposition(self._headers.get(b"content-disposition", b""))
        if options.get(b"name") != PART:
            raise MalformedUpload
        if b"filename" not in options:
            raise MalformedUpload("The part 'file' has no file name.")
        # Browsers never encode (RFC 7578, 4.7). What is checked must be what is kept.
        if self._headers.get(b"content-transfer-encoding", b"").strip().lower() not in UNENCODED:
            raise UnsupportedFileType("A Content-Transfer-Encoding is not taken.")
        self.filename = options[b"filename"]
        self.declared_type = parse_options_header(self._headers.get(b"content-type"))[0]

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        self._pieces.append(data[start:end])

    def _on_end(self) -> None:
        self._is_complete = True
