"""What makes a password guessable, and how long it takes to find out."""

import secrets

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
        "\ufdfaa" * 63 + "\ufdfa",
        "".join(f"{chr(0x61 + index % 26)}\ufdfa" for index in range(64)),
    ],
)
def test_the_check_is_fast_whatever_is_sent(password: str) -> None:
    """DOS-04: zxcvbn needs twenty seconds for some of these."""
    common_words()

    assert effort(lambda: is_guessable(password[:128]), rounds=20) < 0.005


def test_a_letter_outside_of_all_words_has_to_be_guessed() -> None:
    """AUTH-08, AUTH-11: what is refused is made of words, and of nothing else."""
    assert is_guessable("zebra-quartz-123")
    assert not is_guessable("zebra-quartz-7x")
    assert not is_guessable("password-x-12345")


def test_random_characters_are_hardly_ever_refused() -> None:
    """AUTH-08: chance makes runs too, but not many."""
    made = [secrets.token_urlsafe(12)[:15] for _ in range(500)]

    assert sum(map(is_guessable, made)) < 5


def test_the_list_is_large_and_plain() -> None:
    words = common_words()

    assert len(words) == 20_000
    assert all(word.isalpha() and word == word.casefold() for word in words)
