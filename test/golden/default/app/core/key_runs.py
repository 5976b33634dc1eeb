"""Characters that follow from the one before: repetitions, sequences, walks over the keyboard."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from operator import or_

SHORTEST_RUN = 4
SHORTEST_STRAIGHT = 3  # along one row or up the alphabet, as in "qwe123asd"

# Shift held down walks over the same keys.
UNSHIFTED = str.maketrans("!@#$%^&*()_+", "1234567890-=")
ROWS = ("1234567890-=", "qwertyuiop", "asdfghjkl", "zxcvbnm")
OTHER_ROWS = ("qwertzuiop", "azertyuiop")

Pairs = frozenset[tuple[str, str]]
Step = Callable[[str, str], bool]


def mark_runs(text: str) -> list[bool]:
    """Mark the characters of runs, and of two runs whose characters take turns."""
    keys = text.translate(UNSHIFTED)
    marks = _marks(keys, (*STRAIGHT, _is_walk), SHORTEST_RUN)
    for turn in (0, 1):
        every_other = _marks(keys[turn::2], STRAIGHT, SHORTEST_RUN)
        marks[turn::2] = map(or_, marks[turn::2], every_other)
    return marks


def mark_short_runs(text: str) -> list[bool]:
    """Mark those that are too short to stand out, unless most of the text is made of them."""
    return _marks(text.translate(UNSHIFTED), STRAIGHT, SHORTEST_STRAIGHT)


def _marks(text: str, steps: Sequence[Step], shortest: int) -> list[bool]:
    marks = [False] * len(text)
    for is_step in steps:
        start = 0
        for index in range(1, len(text) + 1):
            if index < len(text) and is_step(text[index - 1], text[index]):
                continue
            if index - start >= shortest:
                marks[start:index] = [True] * (index - start)
            start = index
    return marks


def _is_up(left: str, right: str) -> bool:
    return ord(right) - ord(left) == 1 or (left, right) == ("9", "0")


def _is_down(left: str, right: str) -> bool:
    return _is_up(right, left)


def _is_repeat(left: str, right: str) -> bool:
    return left == right


def _is_to_the_right(left: str, right: str) -> bool:
    return (left, right) in _along_rows()


def _is_to_the_left(left: str, right: str) -> bool:
    return (right, left) in _along_rows()


def _is_walk(left: str, right: str) -> bool:
    return left == right or (left, right) in _neighbours()


STRAIGHT: tuple[Step, ...] = (
    _is_repeat,
    _is_up,
    _is_down,
    _is_to_the_right,
    _is_to_the_left,
)


@cache
def _along_rows() -> Pairs:
    return frozenset(pair for row in (*ROWS, *OTHER_ROWS) for pair in pairwise(row))


@cache
def _neighbours() -> Pairs:
    """Return the pairs of keys that touch. Above a key there are two, and a third for its shift."""
    pairs = set(_along_rows())
    for upper, lower in pairwise(ROWS):
        for column, key in enumerate(lower):
            pairs |= {(above, key) for above in upper[max(0, column - 1) : column + 2]}
    return frozenset(pairs | {(right, left) for left, right in pairs})
