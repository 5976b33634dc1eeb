"""JSON read in one way only: what two parsers would read differently is refused (RFC 8259)."""

import json
import math
import re
from typing import Any, NoReturn

from app.core.constants import JSON_MAX_DEPTH, JSON_MAX_DIGITS, JSON_MAX_KEYS, JSON_MAX_VALUES
from app.core.errors import BadRequest

LONGEST_FLOAT = 40
BYTE_ORDER_MARK = "\ufeff"

# It never goes back: a string without an end is a match too.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_NO_BRACKET = bytes(byte for byte in range(256) if byte not in b"[]{}")


class MalformedJson(BadRequest):
    code = "malformed_json"
    detail = "The body is not acceptable JSON."


def parse_json(body: bytes) -> Any:
    _check_shape(body)
    try:
        text = body.decode("utf-8")
        # The standard library would also take UTF-16, and skip the mark.
        if text.startswith(BYTE_ORDER_MARK):
            raise MalformedJson
        return _decoder.decode(text)
    except ValueError as error:
        raise MalformedJson from error


def _check_shape(body: bytes) -> None:
    """Count before parsing: a parser makes objects, and one that recurses is stopped too late."""
    if _openings(body) <= JSON_MAX_DEPTH and body.count(b",") <= JSON_MAX_VALUES:
        return
    skeleton = _STRING.sub(b"", body)
    if _openings(skeleton) + skeleton.count(b",") > JSON_MAX_VALUES:
        raise MalformedJson("The body has too many values.")
    depth = 0
    for bracket in skeleton.translate(None, _NO_BRACKET):
        depth += 1 if bracket in b"[{" else -1
        if depth > JSON_MAX_DEPTH:
            raise MalformedJson("The body is nested too deeply.")


def _openings(body: bytes) -> int:
    return body.count(b"[") + body.count(b"{")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise MalformedJson("A name stands twice in one object.")
    if len(members) > JSON_MAX_KEYS:
        raise MalformedJson("An object has too many names.")
    return members


def _integer(digits: str) -> int:
    if len(digits.removeprefix("-")) > JSON_MAX_DIGITS:
        raise MalformedJson("A number has too many digits.")
    return int(digits)


def _float(text: str) -> float:
    number = float(text) if len(text) <= LONGEST_FLOAT else math.inf
    if math.isinf(number):
        raise MalformedJson("A number is too large or too long.")
    return number


def _constant(_: str) -> NoReturn:
    raise MalformedJson("NaN and Infinity are not JSON.")


_decoder = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_float,
    parse_constant=_constant,
)
