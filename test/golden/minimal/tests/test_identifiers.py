"""One spelling per address and per name."""

import pytest

from app.core.identifiers import InvalidEmail, normalize_email, sign_in_name
from tests.support.effort import effort


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        pytest.param("a@example.com", "a@example.com", id="as it is"),
        pytest.param("A@Example.COM", "a@example.com", id="case of both parts"),
        pytest.param("x@bücher.de", "x@xn--bcher-kva.de", id="domain as an A-label"),
        pytest.param("x@XN--BCHER-KVA.de", "x@xn--bcher-kva.de", id="A-label in capitals"),
        pytest.param("a@\uff45xample.com", "a@example.com", id="full-width domain"),
        pytest.param("a+tag@example.com", "a+tag@example.com", id="a tag stays"),
    ],
)
def test_an_address_is_stored_in_one_spelling(written: str, stored: str) -> None:
    """AUTH-18, AUTH-18b."""
    assert normalize_email(written) == stored


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("A@Example.COM ", id="trailing space"),
        pytest.param("Bob <a@x.io>", id="display name"),
        pytest.param("\uff41@example.com", id="full-width local part"),
        pytest.param("p\u0430ypal@x.io", id="Cyrillic local part"),
        pytest.param("\u212aelvin@x.io", id="Kelvin sign"),
        pytest.param("x@p\u0430ypal.com", id="domain of two alphabets"),
        pytest.param("a@xn--pypal-4ve.com", id="the same as an A-label"),
        pytest.param("a@b@c.io", id="two at signs"),
        pytest.param("a@[127.0.0.1]", id="address literal"),
        pytest.param('"<script>"@x.io', id="quoted local part"),
        pytest.param('"a\r\nBcc: b"@x.io', id="header injection"),
        pytest.param("a@x.io\n", id="line break"),
        pytest.param("a\0@x.io", id="NUL"),
        pytest.param("\ud800@x.io", id="lone surrogate"),
        pytest.param("a@localhost", id="no top-level domain"),
        pytest.param("a" * 250 + "@x.io", id="255 characters"),
        pytest.param("a" * 65 + "@x.io", id="local part of 65"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_address_of_ours_is_refused(written: str) -> None:
    """AUTH-18b, INPUT-16."""
    with pytest.raises(InvalidEmail) as refusal:
        normalize_email(written)

    assert not written or written not in str(refusal.value)


@pytest.mark.parametrize("text", ["a@" * 25_000, "a" * 50_000 + "!", "(" * 50_000])
def test_long_input_is_refused_at_once(text: str) -> None:
    """INPUT-15."""

    def check() -> None:
        with pytest.raises(InvalidEmail):
            normalize_email(text)

    assert effort(check) < 0.1


@pytest.mark.parametrize(
    ("submitted", "name"),
    [
        pytest.param("A@Example.COM", "a@example.com", id="address"),
        pytest.param("Alice", "alice", id="user name"),
        pytest.param("NOT AN@ADDRESS", "not an@address", id="neither"),
    ],
)
def test_a_name_is_looked_up_and_counted_in_one_spelling(submitted: str, name: str) -> None:
    assert sign_in_name(submitted) == name
