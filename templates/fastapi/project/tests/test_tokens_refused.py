"""JWT: a header or a claim that is not exactly ours is one and the same refusal."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.support.tokens import FORGER, is_refused

NOW = int(datetime.now(UTC).timestamp())


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
