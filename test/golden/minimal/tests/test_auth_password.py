"""Changing the password."""

import pytest
from sqlalchemy import select

from app.models import User
from tests.support.inspector import Inspector
from tests.support.people import NEW_PASSWORD, PASSWORD, Browser, Person, log_in, sign_in

CHANGE = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}


async def test_the_new_password_counts_and_other_sign_ins_end(
    alice: Person, bob: Person, browser: Browser, database: Inspector
) -> None:
    """SESS-05: who knew the old one is out; the sign-in that changed it stays."""
    other = browser()
    await sign_in(other, "alice")

    response = await alice.client.post("/auth/password", json=CHANGE)

    assert response.status_code == 204
    assert (await other.get("/users/me")).status_code == 401
    assert (await other.post("/auth/refresh")).status_code == 401
    assert (await alice.client.get("/users/me")).status_code == 200
    assert (await alice.client.post("/auth/refresh")).status_code == 200
    assert (await bob.client.get("/users/me")).status_code == 200
    assert (await log_in(browser(), "alice")).status_code == 401
    assert (await log_in(browser(), "alice", NEW_PASSWORD)).status_code == 200
    changed = "SELECT count(*) FROM audit_events WHERE event = 'password_changed'"
    assert await database.scalar(changed) == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        pytest.param(
            {"current_password": "another long passphrase"},
            401,
            "invalid_credentials",
            id="current one wrong",
        ),
        pytest.param({"current_password": None}, 422, "invalid_request", id="null"),
        pytest.param({"new_password": "short"}, 422, "password_too_short", id="too short"),
        pytest.param({"new_password": "password1234567"}, 422, "password_common", id="common"),
        pytest.param(
            {"new_password": "alice@example.com"},
            422,
            "password_contains_identity",
            id="own address",
        ),
        pytest.param({"user_id": "x"}, 422, "invalid_request", id="unknown field"),
    ],
)
async def test_a_refused_change_changes_nothing(
    alice: Person,
    database: Inspector,
    changes: dict[str, str],
    status: int,
    code: str,
) -> None:
    """AUTH-16, ERR-02."""
    before = await database.scalar(select(User.hashed_password))

    response = await alice.client.post("/auth/password", json=CHANGE | changes)

    assert response.status_code == status
    assert response.json()["code"] == code
    assert PASSWORD not in response.text
    assert NEW_PASSWORD not in response.text
    assert await database.scalar(select(User.hashed_password)) == before


async def test_the_current_password_cannot_be_left_out(alice: Person) -> None:
    """AUTH-16."""
    response = await alice.client.post("/auth/password", json={"new_password": NEW_PASSWORD})

    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["body", "current_password"]


async def test_a_refused_new_password_names_its_field(alice: Person) -> None:
    response = await alice.client.post("/auth/password", json=CHANGE | {"new_password": "short"})

    assert response.json()["errors"][0]["loc"] == ["body", "new_password"]
