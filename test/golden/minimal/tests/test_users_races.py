"""Two requests about one account at the same moment: one of them sees what the other did."""

from fastapi import FastAPI
from sqlalchemy import text

from app.crud import user as crud
from app.db.session import unit_of_work
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.support.waiting import until_it_waits

PHONE = "+4915112345678"


async def test_an_account_that_goes_while_it_is_changed_is_gone(
    alice: Person, database: Inspector
) -> None:
    """ERR-05: read before the deletion is committed, written after it; that was a 500."""
    async with database.holding("DELETE FROM users WHERE username = 'alice'"):
        change = alice.client.patch("/users/me", json={"phone": PHONE})
        answer = await until_it_waits(database, change)

    assert (await answer).status_code == 401
    assert (await answer).json()["code"] == "invalid_token"
    assert await database.count("users") == 0


async def test_a_locked_account_is_read_anew(api: FastAPI, alice: Person) -> None:
    """Whoever waited for the lock decides by what the one before them wrote."""
    async with unit_of_work(api.state.sessions) as session:
        before = await crud.get(session, alice.id)
        assert before is not None
        await session.execute(text("UPDATE users SET username = 'alicia'"))

        locked = await crud.get_locked(session, alice.id)

        assert locked is not None
        assert locked.username == "alicia"
