"""What never reaches a log, by name, by shape and by value; and that looking costs little."""

import pytest

from app.core.masking import mask_email, mask_phone
from app.core.redaction import Redactor, printable, redact_text
from app.core.secret_shapes import REDACTED
from tests.support.effort import effort

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijklmnopqrstuvwx"
OPAQUE = "Zx4k9Qw2Lm7Tn5Rv8Bc1Yp3Hs6Jd0FgAeUiOzXcVbNm"
OWN = "the-password-of-our-database"
redactor = Redactor([OWN, ""])


@pytest.mark.parametrize(
    "name",
    ["password", "new_password", "X-API-Key", "Set-Cookie", "Authorization", "refresh_token"],
)
def test_what_is_named_like_a_secret_is_redacted(name: str) -> None:
    """LOG-01."""
    assert redactor.value({"a": [{name: "something"}]}) == {"a": [{name: REDACTED}]}


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"token is {JWT}", JWT),
        (f"Bearer {OPAQUE}", OPAQUE),
        ("authorization: Basic YWxpY2U6cGFzcw==", "YWxpY2U6cGFzcw"),
        (f"cookie refresh_token={OPAQUE}; Path=/", OPAQUE),
        (f"GET /x/{OPAQUE} HTTP/1.1", OPAQUE),
        ("postgresql://app:s3cret@db/x", "s3cret"),
        ("/login?username=a&password=hunter2", "hunter2"),
        ('{"password": "correct horse battery"}', "horse"),
        ("{'new_password': 'correct horse'}", "horse"),
        ("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----", "MIIEvQ"),
        ("[parameters: ('alice', 'hash')]", "alice"),
        ("Key (phone)=(+49151) already exists.", "+49151"),
        ("Failing row contains (1, alice, x).", "alice"),
        ("sent to alice@example.com", "alice@"),
        (f"could not connect with {OWN}", OWN),
    ],
)
def test_what_looks_like_a_secret_is_redacted(text: str, secret: str) -> None:
    """LOG-01: in addresses, SQL errors, headers and bodies that end up in a message."""
    assert secret not in redactor.value(text)


@pytest.mark.parametrize(
    "text",
    [
        "/api/v1/users/018f0000-0000-7000-8000-000000000001",
        "100:5a61d30ee62cf67f.09b83356c2c4587491d496f4b65a2c6bf281ffab9f5fedc2d885e14d1167ff54",
        'File "/home/Me/projects/my-api/app/services/session.py", line 12, in authenticate',
        "2026-11-23T23:42:17Z request 200",
    ],
)
def test_the_rest_stays_as_it_is(text: str) -> None:
    assert redactor.value(text) == text


@pytest.mark.parametrize(
    "text", ["\n", "\r\n", "\x1b[31m", "\u2028", "\u2029", "\u202e", "\x00", "\x85", "\ud800"]
)
def test_what_ends_a_line_or_colours_it_is_escaped(text: str) -> None:
    """LOG-03."""
    assert printable(f"a{text}b").isprintable()
    assert redactor.value(f"a{text}b").isprintable()


def test_names_of_members_are_escaped_too() -> None:
    """LOG-03."""
    assert list(redactor.value({"a\nb": 1})) == ["a\\u000ab"]


@pytest.mark.parametrize(
    "part",
    ["a.a-", "password", "Key (", "://a:", "A", "a@", "eyJaaaaa.", "[parameters: ", "='password"],
)
def test_hostile_text_costs_no_more_than_its_length(part: str) -> None:
    """INPUT-15: a pattern that backtracks would let a client stop the process."""
    text = part * (16_000 // len(part))

    assert effort(lambda: redact_text(text)) < 0.5


def test_personal_values_are_masked() -> None:
    assert mask_email("alice@example.com") == "a***@example.com"
    assert mask_email("not an address") == "***"
    assert mask_phone("+4915112345678") == "+49***678"
    assert (mask_phone("+491511"), mask_phone(None)) == ("***", None)
