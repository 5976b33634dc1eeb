"""What the password policy says of a password, in a project called Blue Harbour."""

import pytest

from app.core.password_policy import PasswordRejected, check_password
from tests.support.configured import cheap_settings

SETTINGS = cheap_settings()


def in_blue_harbour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the passwords of the tests mean the same, whatever this project is called."""
    monkeypatch.setattr("app.core.password_policy.PROJECT_NAME", "Blue Harbour")
    monkeypatch.setattr("app.core.password_policy.PROJECT_SLUG", "blue-harbour")


def code_of(password: str, email: str = "alice@example.com", username: str = "alice") -> str:
    try:
        check_password(SETTINGS, password, email=email, username=username)
    except PasswordRejected as refused:
        return refused.code
    return "accepted"
