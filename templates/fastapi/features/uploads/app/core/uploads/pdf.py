"""Refuses PDFs that do something when they are opened. A policy of names, not a viewer.

A PDF is stored as it is, and only ever handed out as an attachment. Names can be written with
escapes, and objects be packed into streams: both are seen through. What is packed in a way that
is not unpacked here is refused where it could hold objects.
Runs in a process of its own; see ``app.core.uploads.workshop``.
"""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from app.core.uploads.pdf_links import opens_script
from app.core.uploads.pdf_names import END_OF_NAME, names
from app.core.uploads.pdf_objects import NAME, hides_streamed_objects
from app.core.uploads.pdf_shape import is_only_a_pdf

MAX_STREAMS = 20_000
MAX_INFLATED_BYTES = 64 * 1024**2
STEP = 1024

ACTIONS = ("JavaScript", "OnInstantiate", "Rendition", "Launch", "SubmitForm", "ImportData")
# Files in the file; other files, which Windows would fetch with the password of its user.
FILES = ("EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "GoToE", "GoToR")
ACTIVE = re.compile(names(*ACTIONS, *FILES, "Encrypt"))
OBJECT_STREAM = re.compile(names("ObjStm"))
HOLDS_STREAMED_OBJECTS = re.compile(names("ObjStm", "XRef"))
OTHER_PACKING = re.compile(
    names("LZWDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode", "Crypt")
    # What readers take for the same.
    + rb"|/(?:LZW|AHx|A85)"
    + END_OF_NAME
    + rb"|/F(?:ilter)?[\s\[]*/RL"
    + END_OF_NAME
)
SMALL_DICTIONARY = re.compile(rb"<<([^<>]{0,400})>>")
# What the programs that write object streams say of them. More would be a way to hide.
OF_OBJECT_STREAM = {b"Type", b"ObjStm", b"N", b"First", b"Length", b"Extends"}
PACKED = {b"Filter", b"FlateDecode"}

STREAM = re.compile(rb"(?<!end)stream( *\r?\n?)")
LINE_END = re.compile(rb"\r\n?|\n")


class NotAPdf(Exception):
    """The file is no PDF, or more than one, or is built to keep its readers busy."""


class DoesSomething(Exception):
    """The file holds scripts, attachments, actions, or parts that cannot be looked into."""


def inspect_pdf(source: Path) -> None:
    data = source.read_bytes()
    if not is_only_a_pdf(data):
        raise NotAPdf
    if _is_active(data) or _hides_objects(data):
        raise DoesSomething
    if any(_is_active(inflated) for inflated in _inflated_streams(data)):
        raise DoesSomething


def _is_active(data: bytes) -> bool:
    return ACTIVE.search(data) is not None or opens_script(data)


def _hides_objects(data: bytes) -> bool:
    if HOLDS_STREAMED_OBJECTS.search(data) is None:
        return False
    dictionaries = (match[1] for match in SMALL_DICTIONARY.finditer(data))
    plain = sum(_describes_plain_objects(dictionary) for dictionary in dictionaries)
    return (
        plain < len(OBJECT_STREAM.findall(data))
        or OTHER_PACKING.search(data) is not None
        or hides_streamed_objects(data)
    )


def _describes_plain_objects(dictionary: bytes) -> bool:
    names = NAME.findall(dictionary)
    distinct = set(names)
    is_packed = distinct >= PACKED
    return (
        b"ObjStm" in distinct
        and len(names) == len(distinct)
        and distinct <= (OF_OBJECT_STREAM | PACKED if is_packed else OF_OBJECT_STREAM)
    )


def _inflated_streams(data: bytes) -> Iterator[bytes]:
    left = MAX_INFLATED_BYTES
    view = memoryview(data)
    for number, start in enumerate(_starts(data)):
        inflated = _inflate(view[start:], left)
        left -= len(inflated)
        if left <= 0 or number >= MAX_STREAMS:
            raise NotAPdf
        yield inflated


def _starts(data: bytes) -> Iterator[int]:
    """Say where a stream may begin: behind its word, and, as some readers take it, its line."""
    next_line = 0
    for match in STREAM.finditer(data):
        yield match.end()
        if next_line <= match.start(1):
            found = LINE_END.search(data, match.start(1))
            next_line = len(data) if found is None else found.end()
            if next_line != match.end():
                yield next_line


def _inflate(packed: memoryview, most: int) -> bytes:
    """Unpack as far as it goes: a viewer shows what precedes an error, so it is looked at."""
    inflater = zlib.decompressobj()
    pieces: list[bytes] = []
    length = 0
    for start in range(0, len(packed), STEP):
        before = inflater.copy()
        piece = packed[start : start + STEP]
        try:
            pieces.append(inflater.decompress(piece, most - length))
        except zlib.error:
            pieces.extend(_inflate_slowly(before, piece))
            break
        length += len(pieces[-1])
        if inflater.eof or length >= most:
            break
    return b"".join(pieces)


def _inflate_slowly(inflater: "zlib._Decompress", piece: memoryview) -> Iterator[bytes]:
    for position in range(len(piece)):
        try:
            yield inflater.decompress(piece[position : position + 1])
        except zlib.error:
            return
