"""What makes a password guessable, and how long it takes to find out."""

import pytest

from app.core.guessability import common_words, is_guessable
from tests.support.effort import effort


@pytest.mark.parametrize(
    "password",
    [
        "p4ssw0rd!1l0v3y0u" * 8,
        "@$!01345" * 16,
        "pa1" * 42 + "xy",
        "".join(chr(33 + index * 7 % 90) for index in range(128)),
        "1l" * 60 + "velvet99",
    ],
)
def test_the_check_is_fast_whatever_is_sent(password: str) -> None:
    """DOS-04: zxcvbn needs twenty seconds for some of these."""
    common_words()

    assert effort(lambda: is_guessable(password[:128]), rounds=20) < 0.005


def test_the_list_is_large_and_plain() -> None:
    words = common_words()

    assert len(words) == 20_000
    assert all(word.isalpha() and word == word.casefold() for word in words)
