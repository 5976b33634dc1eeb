"""Accounts in the hands of administrators."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.models import User
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in, register

ROUTES = [
    ("GET", "/users", None),
    ("GET", "/users/{}", None),
    ("PATCH", "/users/{}", {"is_active": False}),
    ("DELETE", "/users/{}", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
async def test_only_administrators_come_in(
    alice: Person, bob: Person, method: str, path: str, body: Any
) -> None:
    """AUTHZ-07: and nobody else learns which ids exist."""
    answers = [
        await alice.client.request(method, path.format(user_id), json=body)
        for user_id in (bob.id, alice.id, uuid4(), "1")
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    bodies = [answer.json() | {"request_id": ""} for answer in answers]
    assert bodies == [bodies[0]] * 4
    assert (await bob.client.get("/users/me")).status_code == 200


async def test_accounts_are_listed_newest_first_in_pages(
    admin: Person, alice: Person, bob: Person
) -> None:
    first = (await admin.client.get("/users", params={"limit": 2})).json()
    query = {"limit": 2, "cursor": first["next_cursor"]}
    second = (await admin.client.get("/users", params=query)).json()

    names = [user["username"] for user in first["items"] + second["items"]]
    assert names == [bob.username, alice.username, admin.username]
    assert second["next_cursor"] is None
    assert not {"hashed_password", "username_key"} & first["items"][0].keys()


async def test_a_read_of_an_account_is_recorded(
    admin: Person, alice: Person, database: Inspector
) -> None:
    """LOG-02."""
    response = await admin.client.get(f"/users/{alice.id}")

    assert response.json()["username"] == "alice"
    target = "SELECT target FROM audit_events WHERE event = 'admin_read'"
    assert await database.scalar(target) == str(alice.id)


async def test_a_deactivated_account_is_out_at_once_and_for_good(
    admin: Person, alice: Person, browser: Browser, database: Inspector
) -> None:
    """SESS-06: reactivation revives no sign-in."""
    response = await admin.client.patch(f"/users/{alice.id}", json={"is_active": False})

    assert response.json()["is_active"] is False
    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await alice.client.post("/auth/refresh")).status_code == 401
    assert (await log_in(browser(), "alice")).status_code == 401

    await admin.client.patch(f"/users/{alice.id}", json={"is_active": True})

    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await alice.client.post("/auth/refresh")).status_code == 401
    assert (await log_in(browser(), "alice")).status_code == 200
    deactivated = "SELECT count(*) FROM audit_events WHERE event = 'user_deactivated'"
    assert await database.scalar(deactivated) == 1


async def test_a_role_counts_from_the_next_request_on(
    admin: Person, alice: Person, database: Inspector
) -> None:
    """SESS-07: with the same access token."""
    assert (await alice.client.get("/users")).status_code == 403

    await admin.client.patch(f"/users/{alice.id}", json={"role": "admin"})
    assert (await alice.client.get("/users")).status_code == 200

    await alice.client.patch(f"/users/{admin.id}", json={"role": "user"})
    assert (await admin.client.get("/users")).status_code == 403
    assert (await admin.client.get("/users/me")).status_code == 200
    changes = "SELECT count(*) FROM audit_events WHERE event = 'role_changed'"
    assert await database.scalar(changes) == 2


@pytest.mark.parametrize(
    "body",
    [
        {"role": "owner"},
        {"role": None},
        {"role": "ADMIN"},
        {"is_active": "false"},
        {"is_active": 0},
        {"is_active": None},
        {"email": "x@example.com"},
        {"username": "other"},
        {"hashed_password": "x"},
    ],
    ids=str,
)
async def test_administrators_change_two_fields_only(
    admin: Person, alice: Person, body: dict[str, Any]
) -> None:
    """AUTHZ-05, INPUT-10."""
    response = await admin.client.patch(f"/users/{alice.id}", json=body)

    assert response.status_code == 422


async def test_a_deleted_account_is_gone(
    admin: Person, alice: Person, browser: Browser, database: Inspector
) -> None:
    """SESS-08."""
    response = await admin.client.delete(f"/users/{alice.id}")

    assert response.status_code == 204
    assert (await admin.client.get(f"/users/{alice.id}")).status_code == 404
    assert (await admin.client.delete(f"/users/{alice.id}")).status_code == 404
    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await register(browser(), "alice")).status_code == 201
    assert await database.scalar(select(User.id).where(User.username == "alice")) != alice.id
