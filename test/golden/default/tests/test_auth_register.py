"""Creating an account."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.models import User
from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Person, register

ALICE = {"email": "alice@example.com", "username": "alice", "password": PASSWORD}


async def test_an_account_is_created_and_shown_without_secrets(
    client: AsyncClient, database: Inspector
) -> None:
    """AUTH-14, AUTHZ-10: the answer holds the account, the database only a hash."""
    response = await client.post("/auth/register", json=ALICE | {"email": "Alice@Example.COM"})

    assert response.status_code == 201
    user = response.json()
    assert user["email"] == "alice@example.com"
    assert user["username"] == "alice"
    assert user["role"] == "user"
    assert user["is_active"] is True
    assert user["created_at"].endswith("Z")
    assert not {"password", "hashed_password", "username_key"} & user.keys()
    stored = await database.scalar("SELECT hashed_password FROM users")
    assert stored.startswith("$argon2id$v=19$m=")


async def test_the_first_account_is_no_administrator(
    client: AsyncClient, database: Inspector
) -> None:
    """AUTH-20."""
    await client.post("/auth/register", json=ALICE)

    assert await database.scalar("SELECT role FROM users") == "user"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"username": "alice2"}, "email_taken", id="address"),
        pytest.param(
            {"username": "alice2", "email": "ALICE@example.COM"}, "email_taken", id="its case"
        ),
        pytest.param({"email": "b@example.com"}, "username_taken", id="user name"),
        pytest.param(
            {"email": "b@example.com", "username": "ALICE"}, "username_taken", id="its case too"
        ),
    ],
)
async def test_an_address_and_a_name_belong_to_one_account(
    client: AsyncClient, database: Inspector, changes: dict[str, str], code: str
) -> None:
    """AUTH-18."""
    await client.post("/auth/register", json=ALICE)

    response = await client.post("/auth/register", json=ALICE | changes)

    assert response.status_code == 409
    assert response.json()["code"] == code
    assert await database.count("users") == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"role": "admin"}, id="role"),
        pytest.param({"is_admin": True}, id="is_admin"),
        pytest.param({"is_active": True}, id="is_active"),
        pytest.param({"id": "01a20acf-a628-70ff-9694-bbe74573b082"}, id="id"),
        pytest.param({"hashed_password": "x"}, id="hashed_password"),
        pytest.param({"email": "Bob <a@x.io>"}, id="display name"),
        pytest.param({"email": "\uff41@example.com"}, id="full-width local part"),
        pytest.param({"email": " alice@example.com"}, id="space before the address"),
        pytest.param({"email": None}, id="address null"),
        pytest.param({"email": ["a@x.io"]}, id="address a list"),
        pytest.param({"username": "al"}, id="name too short"),
        pytest.param({"username": "a" * 51}, id="name too long"),
        pytest.param({"username": "_alice"}, id="name starts with a sign"),
        pytest.param({"username": "ali ce"}, id="name with a space"),
        pytest.param({"username": "alice\n"}, id="name with a line break"),
        pytest.param({"username": "\u0430lice"}, id="Cyrillic letter"),
        pytest.param({"username": "ali\u200bce"}, id="zero-width space"),
        pytest.param({"username": "ali\u202ece"}, id="right-to-left override"),
        pytest.param({"username": "ali\0ce"}, id="NUL"),
        pytest.param({"username": 12345}, id="name a number"),
        pytest.param({"password": "x" * 600}, id="password of 600 characters"),
        pytest.param({"password": 123456789012345}, id="password a number"),
    ],
)
async def test_what_is_not_ours_to_take_is_refused(
    client: AsyncClient, database: Inspector, changes: dict[str, Any]
) -> None:
    """AUTH-18b, AUTH-19, AUTHZ-05, AUTHZ-06, INPUT-01, INPUT-10."""
    response = await client.post("/auth/register", json=ALICE | changes)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert await database.count("users") == 0


async def test_ids_are_new_although_a_name_returns(
    alice: Person, client: AsyncClient, database: Inspector
) -> None:
    """SESS-08: whoever takes over a name takes over nothing else."""
    await alice.client.delete("/users/me")
    await register(client, "alice")

    assert await database.scalar(select(User.id)) != alice.id
    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await alice.client.post("/auth/refresh")).status_code == 401
