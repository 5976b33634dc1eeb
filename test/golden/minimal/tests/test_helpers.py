"""What everything rests upon: coarse addresses, ids and base64url."""

import pytest

from app.utils.helpers import coarse_address, decode_base64url, encode_base64url, new_id


@pytest.mark.parametrize(
    ("address", "coarse"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_addresses_are_kept_coarse(address: str, coarse: str) -> None:
    assert coarse_address(address) == coarse


def test_ids_are_of_version_7_and_never_the_same() -> None:
    ids = [new_id() for _ in range(100)]

    assert {made.version for made in ids} == {7}
    assert len(set(ids)) == 100


def test_base64url_has_one_spelling() -> None:
    assert decode_base64url(encode_base64url(b"\xff\xfe\x00")) == b"\xff\xfe\x00"
    for text in ("_w==", "_x", "_w\n", "/w", "_w!", "a"):
        with pytest.raises(ValueError, match=r"."):
            decode_base64url(text)
