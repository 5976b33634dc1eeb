"""What a key looks like, and what can be told of it without asking the database."""

import pytest
from pydantic import ValidationError

from app.core.api_keys import PREFIX, Scope, checksum, is_api_key, new_api_key
from tests.support.api_keys import with_key
from tests.support.configured import settings_from
from tests.support.people import Browser


def test_a_key_can_be_recognised_and_checked() -> None:
    """KEY-02: 256 random bits, a prefix of this project, and a checksum."""
    keys = {new_api_key() for _ in range(100)}

    assert len(keys) == 100
    for key in keys:
        assert key.isascii()
        assert key.startswith(PREFIX)
        assert len(key) == len(PREFIX) + 43 + 6
        assert is_api_key(key)
        assert not is_api_key(key[:-1] + ("0" if key[-1] != "0" else "1"))
        assert not is_api_key(key.swapcase())
        assert not is_api_key(key.replace(PREFIX, "another_key_"))
    # Each of the places takes many values.
    secrets = [key.removeprefix(PREFIX)[:43] for key in keys]
    assert all(len(set(place)) > 31 for place in zip(*secrets, strict=True))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_KEY_MAX_DAYS", "367"),
        ("API_KEY_MAX_DAYS", "0"),
        ("MAX_API_KEYS_PER_USER", "1001"),
        ("MAX_API_KEYS_PER_USER", "0"),
    ],
)
def test_the_operator_has_bounds_too(name: str, value: str) -> None:
    """KEY-04, KEY-05: a key for ever, or any number of them, is a mistake."""
    with pytest.raises(ValidationError):
        settings_from({"ENVIRONMENT": "test", name: value})


def test_a_checksum_is_what_the_readme_says() -> None:
    """KEY-02: so that a scanner can be told how to check what it finds."""
    # CRC-32 of "123456789" is 0xCBF43926 in every catalogue: 3 421 780 262.
    assert checksum("123456789") == "3jZRME"


@pytest.mark.usefixtures("alice")
async def test_the_database_is_not_asked_about_a_mistyped_key(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """KEY-02."""
    monkeypatch.setattr("app.services.api_key_auth.read_at_once", None)
    key = new_api_key()

    response = await with_key(browser, key[:-1] + "?").get("/users/me")

    assert response.status_code == 401


def test_there_are_two_scopes() -> None:
    """The documentation of the scopes names both; a third one has to say what it may do."""
    assert [*Scope] == ["read", "write"]
