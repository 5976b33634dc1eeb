"""The encrypted telephone number: what is stored, who sees it, what tampering does."""

import secrets
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import update
from sqlalchemy.exc import StatementError

from app.core.encryption import install_keys
from app.core.settings_types import EncryptionKey
from app.db.session import unit_of_work
from app.models import User
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.phones import PHONE, set_phone, store, stored


async def test_the_number_is_plain_to_its_owner_and_stored_encrypted(
    alice: Person, bob: Person, database: Inspector
) -> None:
    """DATA-01."""
    await set_phone(alice)
    await set_phone(bob)

    assert (await alice.client.get("/users/me")).json()["phone"] == PHONE
    assert await stored(database, alice) != await stored(database, bob)
    assert PHONE.removeprefix("+") not in await database.dump()


async def test_the_number_can_be_taken_away(alice: Person, database: Inspector) -> None:
    await set_phone(alice)
    await set_phone(alice, None)

    assert (await alice.client.get("/users/me")).json()["phone"] is None
    assert await stored(database, alice) is None


@pytest.mark.parametrize("phone", ["", "015112345678", "+49 151 12345678", "+0123456789", "+1", 49])
async def test_what_is_no_number_is_refused(alice: Person, phone: object) -> None:
    response = await alice.client.patch("/users/me", json={"phone": phone})

    assert response.status_code == 422


async def test_administrators_see_a_masked_number(admin: Person, alice: Person) -> None:
    await set_phone(alice)

    one = (await admin.client.get(f"/users/{alice.id}")).json()
    listed = (await admin.client.get("/users")).json()["items"]

    assert one["phone"] == "+49***678"
    assert PHONE not in str(listed)


@pytest.mark.parametrize("how", ["flip a bit", "copy from another row", "write in clear"])
async def test_tampering_is_a_plain_500_and_an_audit_event(
    alice: Person, bob: Person, database: Inspector, how: str
) -> None:
    """DATA-01, DATA-02: refused, recorded, and no word about the reason."""
    await set_phone(alice)
    await set_phone(bob)
    sealed = await stored(database, alice)
    flipped = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    forged = {
        "flip a bit": flipped,
        "copy from another row": await stored(database, bob),
        "write in clear": PHONE,
    }
    await store(database, alice, forged[how])

    response = await alice.client.get("/users/me")

    assert response.status_code == 500
    assert response.json()["code"] == "internal_error"
    assert "decrypt" not in response.text.lower()
    query = "SELECT target FROM audit_events WHERE event = 'decryption_failed'"
    assert await database.scalar(query) == f"users.phone.{alice.id}"
    assert (await bob.client.get("/users/me")).json()["phone"] == PHONE


async def test_plain_text_never_reaches_the_column(api: FastAPI, alice: Person) -> None:
    """DATA-01: a query that goes past the model is refused."""
    in_clear = update(User).where(User.id == alice.id).values(phone_ciphertext=PHONE)

    async with unit_of_work(api.state.sessions) as session:
        with pytest.raises(StatementError, match="only sealed text"):
            await session.execute(in_clear)


def test_the_id_is_there_before_the_value() -> None:
    """DATA-02: a value is bound to the id that its row will have, given or made."""
    install_keys([EncryptionKey("k", secrets.token_bytes(32))])
    given = UUID("018f0000-0000-7000-8000-000000000001")

    assert User(phone=PHONE, id=given).phone == PHONE
    assert User(phone=PHONE).phone == PHONE
