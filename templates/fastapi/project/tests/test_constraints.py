"""What the database refuses, in words that a client can use."""

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.core.constants import Role
from app.crud.conflicts import FieldTaken, StillReferenced, unique_fields
from app.crud.references import detach
from app.db.session import Sessions, unit_of_work
from app.models import User
from tests.support.people import Person


async def add(sessions: Sessions, user: User) -> None:
    async with unit_of_work(sessions) as session:
        session.add(user)
        with unique_fields(User):
            await session.flush()


async def detach_user(sessions: Sessions, person: Person) -> None:
    async with unit_of_work(sessions) as session:
        user = await session.scalars(select(User).where(User.id == person.id))
        await detach(session, user.one())


async def test_a_value_that_is_taken_is_named_by_its_field(api: FastAPI, alice: Person) -> None:
    """The name of the field, and neither the value nor the constraint."""
    twin = User(
        email=alice.email, username="x", username_key="x", hashed_password="x", role=Role.USER
    )

    with pytest.raises(FieldTaken) as refused:
        await add(api.state.sessions, twin)

    assert [error["loc"] for error in refused.value.errors] == [["body", "email"]]
    assert alice.email not in str(refused.value.errors)


async def test_a_row_that_others_need_is_not_detached(api: FastAPI, alice: Person) -> None:
    """Rows that stay when they are deleted obey the rules of foreign keys all the same."""
    with pytest.raises(StillReferenced):
        await detach_user(api.state.sessions, alice)
