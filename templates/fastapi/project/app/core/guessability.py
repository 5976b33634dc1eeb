"""How much of a password an attacker must really guess. Linear in its length.

A password is cut into the fewest pieces that are each as good as one word of a common list:
such a word, or a character of its own. Years, short numbers, punctuation, sequences and walks
over the keyboard come for free, since every cracking tool tries them.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

# Up to this many common words in a row are tried by the rules of the usual tools.
GUESSABLE_PIECES = 3
SHORTEST_PERIOD = 8
OBVIOUS_SHARE = 0.6
SHORTEST_RUN = 4
SHORTEST_WORD = 3
LONGEST_WORD = 16
FREE_DIGITS = 4
FREE_SYMBOLS = 4

WORDS_FILE = Path(__file__).with_name("data") / "common_words.txt"
YEAR = re.compile("(?:19|20)[0-9]{2}")
# "1" stands for i or l, so there are two ways to read it.
LEET = tuple(str.maketrans("0134578@$!+", f"o{one}eastbasit") for one in "il")
# Shift held down walks over the same keys.
UNSHIFTED = str.maketrans("!@#$%^&*()_+", "1234567890-=")
KEYBOARDS = (("1234567890-=", "qwertyuiop", "asdfghjkl", "zxcvbnm"), ("qwertzuiop", "azertyuiop"))


def fold(text: str) -> str:
    """Fold for comparing only; what is hashed keeps every character apart (NFC)."""
    return unicodedata.normalize("NFKC", text).casefold()


def is_guessable(password: str) -> bool:
    text = fold(password)
    period = _period(text)
    if period * 2 <= len(text):
        if period < SHORTEST_PERIOD:
            return True
        text = text[:period]
    obvious = _obvious(text.translate(UNSHIFTED))
    if sum(obvious) > OBVIOUS_SHARE * len(text):
        return True
    return _pieces(text, obvious) <= GUESSABLE_PIECES


@cache
def common_words() -> frozenset[str]:
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def _neighbours() -> frozenset[tuple[str, str]]:
    """Return the pairs of keys that touch, both ways."""
    rows, others = KEYBOARDS
    pairs = {pair for row in (*rows, *others) for pair in pairwise(row)}
    for upper, lower in pairwise(rows):
        for column, key in enumerate(lower):
            pairs |= {(above, key) for above in upper[column : column + 2]}
    return frozenset(pairs | {(right, left) for left, right in pairs})


def _period(text: str) -> int:
    """Return after how many characters the text repeats (Knuth, Morris and Pratt)."""
    borders = [0] * len(text)
    border = 0
    for index in range(1, len(text)):
        while border and text[index] != text[border]:
            border = borders[border - 1]
        border += text[index] == text[border]
        borders[index] = border
    return len(text) - border


def _obvious(text: str) -> list[bool]:
    """Mark the characters of runs: one character again, a sequence, a walk on the keyboard."""
    marks = [False] * len(text)
    for is_step in (_is_repeat, _is_up, _is_down, _is_walk):
        start = 0
        for index in range(1, len(text) + 1):
            if index < len(text) and is_step(text[index - 1], text[index]):
                continue
            if index - start >= SHORTEST_RUN:
                marks[start:index] = [True] * (index - start)
            start = index
    return marks


def _is_repeat(left: str, right: str) -> bool:
    return left == right


def _is_up(left: str, right: str) -> bool:
    return ord(right) - ord(left) == 1 or (left, right) == ("9", "0")


def _is_down(left: str, right: str) -> bool:
    return _is_up(right, left)


def _is_walk(left: str, right: str) -> bool:
    return left == right or (left, right) in _neighbours()


def _pieces(text: str, obvious: list[bool]) -> int:
    years = {index for year in YEAR.finditer(text) for index in range(*year.span())}
    free = [mark or index in years for index, mark in enumerate(obvious)]
    words = common_words()
    # Word boundaries: the fewest pieces for each beginning of the text.
    readings = {text, *(text.translate(table) for table in LEET)}
    fewest = [0] * (len(text) + 1)
    digits = symbols = 0
    for end, character in enumerate(text, start=1):
        alone = 0 if free[end - 1] or not character.isalpha() else 1
        digits += character.isdigit() and not free[end - 1]
        symbols += not (character.isalnum() or character.isspace() or free[end - 1])
        fewest[end] = fewest[end - 1] + alone
        for start in range(max(0, end - LONGEST_WORD), end - SHORTEST_WORD + 1):
            if fewest[start] + 1 < fewest[end] and any(
                reading[start:end] in words for reading in readings
            ):
                fewest[end] = fewest[start] + 1
    return fewest[-1] + _beyond(digits, FREE_DIGITS, 3) + _beyond(symbols, FREE_SYMBOLS, 2)


def _beyond(count: int, free: int, per_piece: int) -> int:
    """Count numbers and symbols beyond the usual ending as pieces of their own."""
    return -(-max(0, count - free) // per_piece)
