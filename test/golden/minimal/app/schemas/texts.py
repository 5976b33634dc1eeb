"""What is made of a text before it is stored, at a cost that grows no faster than the text."""

from unicodedata import combining, normalize

from app.core.markup import clean_html

TEXT_MAX_LENGTH = 20_000
# Composed, a text keeps at least a quarter of its length: what is longer fits no field.
UNCOMPOSED_MAX_LENGTH = 4 * TEXT_MAX_LENGTH
# As many marks in a row as natural text never has (UAX 15, stream-safe text). Python sorts such
# a row by insertion: a body full of them would keep it busy for half a minute.
MOST_MARKS = 30
# No marks themselves, but they are taken apart into two.
MADE_OF_MARKS = frozenset("\u0f73\u0f75\u0f81")


def compose(value: object) -> object:
    """Return a text in NFC. One that is far too long stays as it is, for its field to refuse."""
    if not isinstance(value, str) or len(value) > UNCOMPOSED_MAX_LENGTH:
        return value
    marks = 0
    for character in value:
        marks = marks + 1 if combining(character) or character in MADE_OF_MARKS else 0
        if marks > MOST_MARKS:
            raise ValueError("has too many combining marks in a row")
    return normalize("NFC", value)


def harmless(value: object) -> object:
    """Return clean HTML, before its length is measured.

    Links, left open, come out fourteen times as long as they went in.
    """
    if not isinstance(value, str) or len(value) > TEXT_MAX_LENGTH:
        return value
    return clean_html(value)
