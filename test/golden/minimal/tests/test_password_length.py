"""A password is long, and not too long."""

import pytest

from tests.support.policy import code_of, in_blue_harbour


@pytest.fixture(autouse=True)
def harbour(monkeypatch: pytest.MonkeyPatch) -> None:
    in_blue_harbour(monkeypatch)


def unguessable(length: int) -> str:
    return ("Wq7-tk zorb!fenu Yx3 plim&dra 9Uv hocht-sib " * 4)[:length]


@pytest.mark.parametrize(
    ("length", "outcome"),
    [
        (1, "password_too_short"),
        (14, "password_too_short"),
        (15, "accepted"),
        (64, "accepted"),
        (129, "password_too_long"),
        (1_000_000, "password_too_long"),
    ],
)
def test_length_is_bounded(length: int, outcome: str) -> None:
    """AUTH-08: at least 15, never cut."""
    long = "".join(chr(0x4E00 + index * 37 % 20_000) for index in range(length))

    assert code_of(unguessable(length) if length <= 64 else long) == outcome


def test_the_longest_is_128_characters_and_512_bytes() -> None:
    """AUTH-08: characters are code points, after NFC."""
    letters = "".join(chr(0x61 + index * index * 7 % 26) for index in range(128))
    decomposed = "".join(f"{letter}e\u0301" for letter in letters[:64])

    assert code_of(letters) == "accepted"
    assert code_of(letters + "q") == "password_too_long"
    assert code_of(decomposed) == "accepted"
    assert code_of("\U0001f40e\U0001f50b" + letters[:126]) == "accepted"
