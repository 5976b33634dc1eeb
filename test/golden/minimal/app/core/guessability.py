"""How much of a password an attacker must really guess. Linear in its length.

Guessable is what is made of runs for the most part (``app.core.key_runs``). So is what a few
words of a common list make up, with years, short numbers, punctuation and runs between them:
every cracking tool tries those. A letter that belongs to none of these has to be guessed.
"""

import re
import unicodedata
from functools import cache
from itertools import compress
from operator import or_
from pathlib import Path

from app.core.key_runs import mark_runs, mark_short_runs

# Up to this many common words in a row are tried by the rules of the usual tools.
GUESSABLE_PIECES = 3
UNGUESSABLE = GUESSABLE_PIECES + 1
SHORTEST_PERIOD = 8
OBVIOUS_SHARE = 0.6
SHORTEST_WORD = 3
LONGEST_WORD = 16
LONGEST_TEXT = 128  # once folded: a single ligature of Arabic becomes eighteen characters
FREE_DIGITS = 4
FREE_SYMBOLS = 4

WORDS_FILE = Path(__file__).with_name("data") / "common_words.txt"
YEAR = re.compile("(?:19|20)[0-9]{2}")
# "1" stands for i or l, so there are two ways to read it.
LEET = tuple(str.maketrans("0134578@$!+", f"o{one}eastbasit") for one in "il")


def fold(text: str) -> str:
    """Fold for comparing only; what is hashed keeps every character apart (NFC)."""
    return unicodedata.normalize("NFKC", text).casefold()


def is_guessable(password: str) -> bool:
    text = fold(password)[:LONGEST_TEXT]
    period = _period(text)
    if period * 2 <= len(text):
        if period < SHORTEST_PERIOD:
            return True
        text = text[:period]
    runs = mark_runs(text)
    if sum(map(or_, runs, mark_short_runs(text))) > OBVIOUS_SHARE * len(text):
        return True
    return _pieces(text, runs) <= GUESSABLE_PIECES


@cache
def common_words() -> frozenset[str]:
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


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


def _pieces(text: str, runs: list[bool]) -> int:
    years = {index for year in YEAR.finditer(text) for index in range(*year.span())}
    free = [mark or index in years for index, mark in enumerate(runs)]
    others = [character for character, is_free in zip(text, free, strict=True) if not is_free]
    digits = sum(character.isdigit() for character in others)
    symbols = sum(not (character.isalnum() or character.isspace()) for character in others)
    # With dots or spaces between its letters, a word is the same word.
    kept = [character.isalnum() for character in text]
    squeezed = _words("".join(compress(text, kept)), list(compress(free, kept)))
    words = min(_words(text, free), squeezed)
    return words + _beyond(digits, FREE_DIGITS, 3) + _beyond(symbols, FREE_SYMBOLS, 2)


def _words(text: str, free: list[bool]) -> int:
    """Return how many words make up the text beside what is free; many, if a letter is left."""
    words = common_words()
    readings = {text, *(text.translate(table) for table in LEET)}
    # The fewest for each beginning of the text.
    fewest = [0] * (len(text) + 1)
    for end, character in enumerate(text, start=1):
        alone = 0 if free[end - 1] or not character.isalpha() else UNGUESSABLE
        fewest[end] = fewest[end - 1] + alone
        for start in range(max(0, end - LONGEST_WORD), end - SHORTEST_WORD + 1):
            if fewest[start] + 1 < fewest[end] and any(
                reading[start:end] in words for reading in readings
            ):
                fewest[end] = fewest[start] + 1
    return fewest[-1]


def _beyond(count: int, free: int, per_piece: int) -> int:
    """Count numbers and symbols beyond the usual ending as pieces of their own."""
    return -(-max(0, count - free) // per_piece)
