"""One's own account."""

from typing import Any

import pytest
from sqlalchemy import select

from app.models import User
from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Browser, Person, log_in

MOVE = {"email": "new@example.com", "current_password": PASSWORD}


async def test_people_see_their_own_account(alice: Person) -> None:
    """AUTHZ-10."""
    response = await alice.client.get("/users/me")

    assert response.status_code == 200
    me = response.json()
    assert me["id"] == str(alice.id)
    assert (me["email"], me["username"], me["role"]) == (alice.email, alice.username, "user")
    assert not {"hashed_password", "username_key", "session_id"} & me.keys()


async def test_a_name_changes_without_a_password(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    response = await alice.client.patch("/users/me", json={"username": "Alice.2"})

    assert response.status_code == 200
    assert response.json()["username"] == "Alice.2"
    assert await database.scalar(select(User.username_key)) == "alice.2"
    assert (await alice.client.get("/users/me")).json()["username"] == "Alice.2"
    assert (await log_in(browser(), "ALICE.2")).status_code == 200
    assert (await log_in(browser(), "alice")).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param({"email": "new@example.com"}, 422, id="address without password"),
        pytest.param(MOVE | {"current_password": "x" * 20}, 401, id="wrong password"),
        pytest.param(MOVE | {"email": None}, 422, id="address null"),
        pytest.param({"username": None}, 422, id="name null"),
        pytest.param({"username": "a b"}, 422, id="not a name"),
        pytest.param({"role": "admin"}, 422, id="role"),
        pytest.param({"is_active": False}, 422, id="is_active"),
        pytest.param({"email_verified": True}, 422, id="email_verified"),
        pytest.param({"hashed_password": "x"}, 422, id="hashed_password"),
        pytest.param({"id": "01a20acf-a628-70ff-9694-bbe74573b082"}, 422, id="id"),
        pytest.param({"created_at": "2026-01-01T00:00:00Z"}, 422, id="created_at"),
    ],
)
async def test_a_refused_change_changes_nothing(
    alice: Person, body: dict[str, Any], status: int
) -> None:
    """AUTH-17, AUTHZ-05, AUTHZ-09."""
    before = (await alice.client.get("/users/me")).json()

    response = await alice.client.patch("/users/me", json=body)

    assert response.status_code == status
    assert (await alice.client.get("/users/me")).json() == before


async def test_nothing_to_change_is_fine(alice: Person) -> None:
    before = (await alice.client.get("/users/me")).json()

    for body in ({}, {"email": alice.email}, {"username": alice.username}):
        response = await alice.client.patch("/users/me", json=body)
        assert response.status_code == 200
        assert response.json() == before


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(MOVE | {"email": "bob@example.com"}, "email_taken", id="address"),
        pytest.param({"username": "BOB"}, "username_taken", id="name"),
    ],
)
@pytest.mark.usefixtures("bob")
async def test_what_belongs_to_another_stays_there(
    alice: Person, body: dict[str, str], code: str
) -> None:
    """AUTH-18."""
    response = await alice.client.patch("/users/me", json=body)

    assert response.status_code == 409
    assert response.json()["code"] == code
    assert (await alice.client.get("/users/me")).json()["email"] == alice.email
