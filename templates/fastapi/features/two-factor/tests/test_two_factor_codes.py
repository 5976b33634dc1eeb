"""The arithmetic of the codes, against the vectors of the two RFCs."""

import base64
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from app.core.constants import PROJECT_NAME
from app.core.one_time_code import (
    code_of,
    is_app_code,
    matching_step,
    new_recovery_codes,
    new_secret,
    otpauth_uri,
    plain,
    step_at,
)

HOTP_CODES = [
    "755224",
    "287082",
    "359152",
    "969429",
    "338314",
    "254676",
    "287922",
    "162583",
    "399871",
    "520489",
]
SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 1, 1, 12, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("step", "code"),
    list(enumerate(HOTP_CODES)),
)
def test_codes_are_those_of_rfc_4226(step: int, code: str) -> None:
    """TFA-04."""
    assert code_of(SECRET, step) == code


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """TFA-04."""
    assert code_of(SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(
    ("steps", "is_good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_wrong_by_one_step(steps: int, is_good: bool) -> None:
    """TFA-04: a code lives half a minute, and one more on either side."""
    code = code_of(SECRET, step_at(NOW) + steps)

    assert matching_step(SECRET, code, NOW) == (step_at(NOW) + steps if is_good else None)


def test_a_code_ends_with_its_step() -> None:
    """TFA-04."""
    code = code_of(SECRET, step_at(NOW))
    start = NOW.replace(second=0)

    assert matching_step(SECRET, code, start + timedelta(seconds=59.9)) is not None
    assert matching_step(SECRET, code, start + timedelta(seconds=60)) is None


def test_secrets_are_random_and_long_enough() -> None:
    """TFA-01: 160 bits, as RFC 4226 recommends; 128 are the least."""
    secrets = {new_secret() for _ in range(100)}

    assert len(secrets) == 100
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_the_address_of_a_qr_code_holds_what_apps_need() -> None:
    """TFA-01."""
    uri = urlsplit(otpauth_uri(SECRET, "a+b@example.com"))

    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert unquote(uri.path) == f"/{PROJECT_NAME}:a+b@example.com"
    assert "+" not in uri.path + uri.query
    assert parse_qs(uri.query) == {
        "secret": [SECRET],
        "issuer": [PROJECT_NAME],
        "algorithm": ["SHA1"],
        "digits": ["6"],
        "period": ["30"],
    }


def test_recovery_codes_cannot_be_guessed() -> None:
    """TFA-06: ten different ones of 120 bits; 112 are enough for a plain hash at rest."""
    codes = [code for _ in range(10) for code in new_recovery_codes()]

    assert len(set(codes)) == len(codes) == 100
    assert all(re.fullmatch(r"(?:[a-z2-7]{4}-){5}[a-z2-7]{4}", code) for code in codes)
    # Each of the 24 places takes many values.
    assert all(len(set(place)) > 16 for place in zip(*map(plain, codes), strict=True))


@pytest.mark.parametrize("typed", ["ABCD-EFGH", "abcd efgh", " abcdefgh", "ab-cd-ef-gh"])
def test_the_spelling_of_a_code_does_not_matter(typed: str) -> None:
    assert plain(typed) == "ABCDEFGH"


@pytest.mark.parametrize(
    "text", ["", "12345", "1234567", "12345a", "\u0661" * 6, "\u00b2" * 6, "-12345"]
)
def test_what_is_no_code_of_an_app(text: str) -> None:
    """TFA-04: other digits of Unicode are none here, and fail in no comparison."""
    assert not is_app_code(text)
