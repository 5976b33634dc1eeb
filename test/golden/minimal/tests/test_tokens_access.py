"""JWT: what an access token holds, and how long and under which key it is read."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from app.core.errors import InvalidToken
from app.core.tokens import issue_access_token, read_access_token
from tests.support.configured import cheap_settings
from tests.support.tokens import FORGER, SECRET, SETTINGS, is_refused


def test_our_own_token_is_read() -> None:
    user, session = uuid4(), uuid4()

    token = issue_access_token(SETTINGS, user, session, datetime.now(UTC))
    claims = read_access_token(SETTINGS, token)

    assert (claims.user_id, claims.session_id) == (user, session)
    assert not is_refused(FORGER.token())


def test_a_token_holds_ids_and_times_only() -> None:
    """JWT-16: nothing about the person, and no role to believe."""
    token = issue_access_token(SETTINGS, uuid4(), uuid4(), datetime.now(UTC))

    header, claims = (json.loads(urlsafe_b64decode(part + "==")) for part in token.split(".")[:2])

    assert header == FORGER.header()
    assert set(claims) == {"iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"}
    assert claims["exp"] - claims["iat"] == 15 * 60


def test_what_else_a_token_claims_has_no_effect() -> None:
    """JWT-12: the role comes from the database."""
    claims = read_access_token(SETTINGS, FORGER.token(role="admin", scope="*"))

    assert not hasattr(claims, "role")


def test_clocks_may_differ_by_ten_seconds() -> None:
    issued = datetime.now(UTC)
    token = issue_access_token(SETTINGS, uuid4(), uuid4(), issued)
    lifetime = SETTINGS.access_token_lifetime

    read_access_token(SETTINGS, token, issued - timedelta(seconds=9))
    read_access_token(SETTINGS, token, issued + lifetime + timedelta(seconds=9))
    for late in (issued - timedelta(seconds=12), issued + lifetime + timedelta(seconds=11)):
        with pytest.raises(InvalidToken):
            read_access_token(SETTINGS, token, late)


def test_an_earlier_secret_verifies_and_the_new_one_signs() -> None:
    """CONF-06: keys rotate without logging anybody out."""
    rotated = cheap_settings(SECRET_KEY=SECRET[::-1], SECRET_KEY_PREVIOUS=SECRET)

    read_access_token(rotated, FORGER.token())
    assert is_refused(issue_access_token(rotated, uuid4(), uuid4(), datetime.now(UTC)))
