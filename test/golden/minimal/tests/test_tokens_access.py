"""JWT: only a token that is exactly ours is read; the rest is one and the same refusal."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.core.errors import InvalidToken
from app.core.tokens import issue_access_token, read_access_token
from tests.support.configured import cheap_settings
from tests.support.forge import Forger

SECRET = "kT9vW2xQ7bLmZ4pR8sYc3dHf6gJn1aE5uVo0iXtBw"
SETTINGS = cheap_settings(SECRET_KEY=SECRET)
FORGER = Forger(SECRET)
NOW = int(datetime.now(UTC).timestamp())


def is_refused(token: str) -> bool:
    try:
        read_access_token(SETTINGS, token)
    except InvalidToken:
        return True
    return False


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


@pytest.mark.parametrize(
    "changes",
    [
        *({"alg": name} for name in ("none", "None", "nOnE", "", "HS384", "HS512", "RS256")),
        *({"typ": name} for name in ("JWT", "rt+jwt", "AT+JWT", None, ["at+jwt"])),
        *({"kid": kid} for kid in ("../../../../dev/null", "' OR 1=1--", "x" * 10_000, ["a"], 1)),
        {"jku": "http://127.0.0.1/keys"},
        {"jwk": {"kty": "oct", "k": "AAAA"}},
        {"crit": ["x"], "x": True},
        {"b64": False},
        {"zip": "DEF"},
    ],
    ids=str,
)
def test_another_header_is_refused(changes: dict[str, Any]) -> None:
    """JWT-01, JWT-03, JWT-06, JWT-09, JWT-13: nothing in a header is obeyed or fetched."""
    assert is_refused(FORGER.sign(FORGER.header(**changes), FORGER.claims()))


@pytest.mark.parametrize("name", ["alg", "typ", "kid"])
def test_a_header_without_a_member_is_refused(name: str) -> None:
    header = FORGER.header()
    del header[name]

    assert is_refused(FORGER.sign(header, FORGER.claims()))


@pytest.mark.parametrize(
    "claims",
    [
        *({"aud": value} for value in ("other", "", None, [FORGER.claims()["aud"], "other"])),
        *({"iss": value} for value in ("other", "", None, FORGER.claims()["iss"][:-1])),
        {"iss": [FORGER.claims()["iss"]]},
        *({"exp": value} for value in (NOW - 11, "9999999999", -1, True, None, 1e308, NOW + 0.5)),
        *({"exp": value} for value in (float("nan"), float("inf"), 10**400, NOW + 86_400)),
        {"iat": NOW + 86_400, "nbf": NOW + 86_400, "exp": NOW + 86_800},
        {"nbf": NOW + 86_400},
        {"iat": NOW - 3600},
        *({"sub": value} for value in (1, None, [1], "a\0", "\ud800", "1 OR 1=1", "")),
        *({"sid": value} for value in (1, None, [str(uuid4())], f"{{{uuid4()}}}", uuid4().hex)),
        {"jti": str(uuid4()).upper()},
    ],
    ids=",".join,
)
def test_other_claims_are_refused(claims: dict[str, Any]) -> None:
    """JWT-04, JWT-05, JWT-07, JWT-08, JWT-11: exact strings, integers and ids."""
    assert is_refused(FORGER.token(**claims))


@pytest.mark.parametrize("name", sorted(FORGER.claims()))
def test_a_missing_claim_is_refused(name: str) -> None:
    claims = FORGER.claims()
    del claims[name]

    assert is_refused(FORGER.sign(FORGER.header(), claims))


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
