"""What a thief would do first takes a recent sign-in, which was made with both factors."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from tests.support.ageing import age_sessions
from tests.support.inspector import Inspector
from tests.support.people import NEW_PASSWORD, PASSWORD, Browser, Person
from tests.support.second_factor import log_in_with, turn_off, turn_on

LATE = timedelta(minutes=11)
OWN: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "password": (
        "POST",
        "/auth/password",
        {"current_password": PASSWORD, "new_password": NEW_PASSWORD},
    ),
    "address": ("PATCH", "/users/me", {"email": "new@example.com", "current_password": PASSWORD}),
    "account": ("DELETE", "/users/me", None),
}
OF_OTHERS: dict[str, tuple[str, dict[str, Any] | None]] = {
    "role": ("PATCH", {"role": "admin"}),
    "activity": ("PATCH", {"is_active": False}),
    "account": ("DELETE", None),
}
LOCAL = ("users.id", "users.email", "users.role", "users.is_active", "users.hashed_password")
USERS = f"SELECT {', '.join(LOCAL)} FROM users ORDER BY id"


def refused(response: Response) -> bool:
    is_refused = response.status_code == 403
    return is_refused and response.json()["code"] == "reauthentication_required"


@pytest.mark.parametrize("what", OWN)
async def test_ones_own_account_is_safe_from_an_old_session(
    alice: Person, browser: Browser, database: Inspector, what: str
) -> None:
    """TFA-09: nothing changes and no guess is counted; a fresh sign-in with a code may."""
    app = await turn_on(alice)
    before = await database.rows(USERS)
    await age_sessions(database, LATE)
    method, path, body = OWN[what]

    late = await alice.client.request(method, path, json=body)
    unchanged = await database.rows(USERS) == before
    counters = await database.count("login_throttles")
    fresh = browser()
    token = (await log_in_with(fresh, app.code(1))).json()["access_token"]
    fresh.headers["Authorization"] = f"Bearer {token}"
    done = await fresh.request(method, path, json=body)

    assert refused(late)
    assert (unchanged, counters) == (True, 0)
    assert done.status_code in (200, 204)


@pytest.mark.parametrize("what", OF_OTHERS)
async def test_an_administrators_old_session_changes_nobody(
    admin: Person, bob: Person, browser: Browser, database: Inspector, what: str
) -> None:
    """TFA-09."""
    app = await turn_on(admin)
    before = await database.rows(USERS)
    await age_sessions(database, LATE)
    method, body = OF_OTHERS[what]

    late = await admin.client.request(method, f"/users/{bob.id}", json=body)
    unchanged = await database.rows(USERS) == before
    fresh = browser()
    token = (await log_in_with(fresh, app.code(1), admin.username)).json()["access_token"]
    fresh.headers["Authorization"] = f"Bearer {token}"
    done = await fresh.request(method, f"/users/{bob.id}", json=body)

    assert refused(late)
    assert unchanged
    assert done.status_code in (200, 204)


async def test_refreshing_is_no_sign_in(alice: Person, database: Inspector) -> None:
    """TFA-09."""
    await turn_on(alice)
    await age_sessions(database, LATE)
    method, path, body = OWN["password"]

    refreshed = await alice.client.post("/auth/refresh")
    token = refreshed.json()["access_token"]
    alice.client.headers["Authorization"] = f"Bearer {token}"

    assert refused(await alice.client.request(method, path, json=body))


async def test_harmless_changes_need_nothing_more(alice: Person, database: Inspector) -> None:
    await turn_on(alice)
    await age_sessions(database, LATE)

    renamed = await alice.client.patch("/users/me", json={"username": "alice2"})
    same = await alice.client.patch("/users/me", json={"email": alice.email})

    assert (renamed.status_code, same.status_code) == (200, 200)


async def test_who_has_no_second_factor_is_asked_as_ever(
    alice: Person, admin: Person, bob: Person, database: Inspector
) -> None:
    app = await turn_on(bob)
    await turn_off(bob, app.code(1))
    await age_sessions(database, LATE)

    for what, person in (("address", alice), ("password", alice), ("password", bob)):
        method, path, body = OWN[what]
        answer = await person.client.request(method, path, json=body)
        assert answer.status_code in (200, 204)
    answer = await admin.client.patch(f"/users/{bob.id}", json={"role": "admin"})
    assert answer.status_code == 200
