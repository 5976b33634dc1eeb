"""The end of one's own account."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud import user as user_crud
from app.models import Session, User
from tests.support.ageing import age_sessions
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in, register


async def test_an_account_goes_with_all_that_hangs_on_it(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """DATA-05, SESS-08: the events stay, and name an id that means nothing any more."""
    response = await alice.client.delete("/users/me")

    assert response.status_code == 204
    assert response.headers["clear-site-data"] == '"cookies", "storage"'
    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await log_in(browser(), "alice")).status_code == 401
    for table in ("users", "sessions", "refresh_tokens"):
        assert await database.count(table) == 0
    assert await database.scalar(
        "SELECT event FROM audit_events ORDER BY seq LIMIT 1 OFFSET 2"
    ) == ("account_deleted")
    assert "alice" not in await database.dump()


async def test_deleting_needs_a_sign_in_of_the_last_ten_minutes(
    alice: Person, database: Inspector
) -> None:
    await age_sessions(database, timedelta(minutes=11))

    old = await alice.client.delete("/users/me")
    await alice.client.post("/auth/refresh")
    refreshed = await alice.client.delete("/users/me")
    await database.execute(update(Session).values(created_at=Session.last_used_at))
    recent = await alice.client.delete("/users/me")

    assert old.status_code == refreshed.status_code == 403
    assert old.json()["code"] == "reauthentication_required"
    assert recent.status_code == 204


async def test_who_was_deleted_a_moment_ago_is_nobody(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SESS-08: the token was good when the request began, and is like any other dead one now."""
    lock = user_crud.lock_active_admins

    async def be_slower(session: AsyncSession) -> object:
        await session.execute(delete(User))
        return await lock(session)

    monkeypatch.setattr(user_crud, "lock_active_admins", be_slower)
    answer = await alice.client.delete("/users/me")

    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")
    assert "clear-site-data" not in answer.headers


async def test_a_free_name_can_be_taken_again(alice: Person, browser: Browser) -> None:
    await alice.client.delete("/users/me")

    response = await register(browser(), "alice")

    assert response.status_code == 201
    assert response.json()["id"] != str(alice.id)
