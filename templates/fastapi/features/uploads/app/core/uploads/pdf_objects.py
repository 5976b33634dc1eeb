"""Finds what a reader could take for a stream of objects, where nobody could look into it.

A reader looks for objects in whatever the table of a PDF names, whatever type that has. It needs
the number of objects, ``/N``, so whatever has one must be packed in a way that is unpacked here.
Every object is read as readers do, from the word that begins it; what cannot be read is refused,
as no two readers agree on it.
"""

import re
from collections.abc import Iterator

NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]*)")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# Who begins an object with a comment has something to hide.
BEGINNING = re.compile(rb"(?<!end)obj[\x00\s]*(?:%|<<)")
# One step: to the next bracket, text or comment. Text nests once more than programs write it.
STEP = re.compile(
    rb"<<|>>|[^<>()%]++"
    rb"|<[0-9A-Fa-f\x00\s]*+>"
    rb"|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+\)"
    rb"|%[^\r\n]*+",
    re.DOTALL,
)
UNPACKED_HERE = re.compile(
    rb"/Filter[\x00\s]*(?:/FlateDecode(?=[\x00\s/>])|\[[\x00\s]*/FlateDecode[\x00\s]*\])"
)
# How a prediction is undone, and where else a reader looks for the packing.
OTHERWISE_PACKED = {b"DecodeParms", b"DP", b"F"}


def hides_streamed_objects(data: bytes) -> bool:
    """Tell whether an object may hold others, packed in a way that is not unpacked here."""
    return any(dictionary is None or _may_hide(dictionary) for dictionary in _dictionaries(data))


def _dictionaries(data: bytes) -> Iterator[bytes | None]:
    for match in BEGINNING.finditer(data):
        end = _end(data, match.end()) if match[0].endswith(b"<<") else None
        yield None if end is None else data[match.end() : end]


def _end(data: bytes, position: int) -> int | None:
    """Find the end of a dictionary; None where it has none, or the next object begins in it.

    What holds the beginning of another one would be read again from there, and so on.
    """
    depth = 1
    while depth:
        step = STEP.match(data, position)
        if step is None or _begins_another(data, step):
            return None
        depth += {b"<<": 1, b">>": -1}.get(step[0], 0)
        position = step.end()
    return position


def _begins_another(data: bytes, step: re.Match[bytes]) -> bool:
    if step[0].startswith(b"%"):
        return b"obj" in step[0]
    return data.startswith(b"<<", step.end()) and step[0].rstrip(b"\x00\t\n\v\f\r ").endswith(
        b"obj"
    )


def _may_hide(dictionary: bytes) -> bool:
    names = [ESCAPE.sub(_spelled, name) for name in NAME.findall(dictionary)]
    filters = names.count(b"Filter")
    return b"N" in names and (
        not OTHERWISE_PACKED.isdisjoint(names)
        or filters > 1
        or (filters == 1 and UNPACKED_HERE.search(dictionary) is None)
    )


def _spelled(escape: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escape[1].decode())
