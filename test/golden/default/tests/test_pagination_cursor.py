"""What a cursor carries: values of columns, sealed for one list and one reader."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from app.utils.cursor import Value, decode_cursor, encode_cursor

KEY = b"k" * 32
VALUES: list[Value] = [
    datetime(2026, 1, 1, 12, 30, 0, 5, tzinfo=UTC),
    date(2026, 2, 3),
    Decimal("1.50"),
    uuid4(),
    "text with é and ☃",
    7,
    1.5,
    True,
    None,
]


def test_every_type_of_column_comes_back_as_itself() -> None:
    restored = decode_cursor([KEY], "scope", encode_cursor(KEY, "scope", VALUES))

    assert restored == VALUES
    assert [type(value) for value in restored] == [type(value) for value in VALUES]


def test_it_needs_no_escaping_in_an_address() -> None:
    cursor = encode_cursor(KEY, "scope", VALUES)

    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert cursor.isascii()


def test_no_character_of_it_can_be_changed() -> None:
    """INPUT-12."""
    cursor = encode_cursor(KEY, "scope", ["a", 1])

    for index, character in enumerate(cursor):
        changed = cursor[:index] + ("B" if character == "A" else "A") + cursor[index + 1 :]
        with pytest.raises(ValueError, match="not"):
            decode_cursor([KEY], "scope", changed)


@pytest.mark.parametrize(("key", "scope"), [(b"x" * 32, "scope"), (KEY, "other"), (KEY, "scope ")])
def test_it_opens_nothing_else(key: bytes, scope: str) -> None:
    """INPUT-12: neither another list nor another caller's."""
    with pytest.raises(ValueError, match="not"):
        decode_cursor([key], scope, encode_cursor(KEY, "scope", ["a"]))
