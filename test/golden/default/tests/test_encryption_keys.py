"""The cipher of single fields, without a database."""

import re
from uuid import uuid4

import pytest

from app.core.encryption import DecryptionFailed, KeyRing
from app.core.settings_types import EncryptionKey

OLD = EncryptionKey("old", bytes(range(32)))
NEW = EncryptionKey("new_1", bytes(range(32, 64)))
PLACE = f"users.phone.{uuid4()}"


def test_the_text_form_names_version_and_key() -> None:
    sealed = KeyRing([NEW, OLD]).seal(PLACE, "+4915112345678")

    assert re.fullmatch(r"v1\.new_1\.[\w-]+", sealed)


def test_equal_values_look_different() -> None:
    """DATA-01."""
    ring = KeyRing([NEW])

    assert len({ring.seal(PLACE, "+4915112345678") for _ in range(100)}) == 100


def test_every_other_spelling_of_a_value_is_refused() -> None:
    """DATA-01: any character that is changed, added or taken away."""
    ring = KeyRing([NEW])
    sealed = ring.seal(PLACE, "+4915112345678")
    changed = [
        sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        for at in range(len(sealed))
    ]
    shortened = [sealed[:length] for length in range(len(sealed))]

    for forged in (*changed, *shortened, sealed + "=", sealed + "A", f" {sealed}", sealed + "é"):
        with pytest.raises(DecryptionFailed):
            ring.open(PLACE, forged)
    assert ring.open(PLACE, sealed) == "+4915112345678"


def test_a_value_opens_in_its_place_only() -> None:
    """DATA-02."""
    ring = KeyRing([NEW])
    sealed = ring.seal(PLACE, "+4915112345678")

    for place in (f"users.phone.{uuid4()}", PLACE.replace("phone", "fax"), ""):
        with pytest.raises(DecryptionFailed):
            ring.open(place, sealed)


def test_an_error_tells_the_place_and_not_the_value() -> None:
    """LOG-01."""
    with pytest.raises(DecryptionFailed) as failed:
        KeyRing([NEW]).open(PLACE, KeyRing([OLD]).seal(PLACE, "+4915112345678"))

    assert str(failed.value) == PLACE
    assert failed.value.__cause__ is None


def test_earlier_keys_decrypt_and_the_first_encrypts() -> None:
    """CONF-06."""
    sealed = KeyRing([OLD]).seal(PLACE, "text")
    rotated = KeyRing([NEW, OLD])

    assert rotated.open(PLACE, sealed) == "text"
    assert rotated.seal(PLACE, "text").startswith("v1.new_1.")


def test_a_blind_index_finds_equal_values_of_one_column() -> None:
    """DATA-04."""
    ring, rotated = KeyRing([OLD]), KeyRing([NEW, OLD])
    stored = ring.blind_index("users.phone", "+4915112345678")

    assert stored in rotated.blind_indexes("users.phone", "+4915112345678")
    assert stored not in rotated.blind_indexes("users.phone", "+4915112345679")
    assert stored not in rotated.blind_indexes("users.fax", "+4915112345678")
    assert stored not in KeyRing([NEW]).blind_indexes("users.phone", "+4915112345678")


def test_without_a_key_nothing_is_encrypted() -> None:
    with pytest.raises(RuntimeError, match="ENCRYPTION_KEYS"):
        KeyRing([]).seal(PLACE, "text")
