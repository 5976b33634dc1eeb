"""API keys of a user: made, shown once, listed, revoked."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from app.utils.helpers import utc_now
from tests.support.ageing import age_sessions
from tests.support.api_keys import create_key, new_key, with_key
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person


async def test_a_key_is_shown_once_and_stored_as_a_hash(alice: Person, database: Inspector) -> None:
    """KEY-01."""
    response = await create_key(alice, "read")
    listed = await alice.client.get("/api-keys")
    export = await alice.client.get("/users/me/export")

    made = response.json()
    key = made.pop("key")
    assert response.status_code == 201
    assert response.headers["Cache-Control"] == "no-store"
    assert listed.json() == {"items": [made], "next_cursor": None}
    assert key.startswith(made["hint"])
    for text in (listed.text, export.text, await database.dump()):
        assert key[len(made["hint"]) :] not in text
    assert [row["name"] for row in export.json()["records"]["api_keys"]] == ["backup"]
    assert "hash" not in response.text + listed.text + export.text


async def test_a_key_needs_a_recent_sign_in(alice: Person, database: Inspector) -> None:
    """KEY-03: whoever finds an open browser cannot leave a key for later."""
    await age_sessions(database, timedelta(minutes=11))

    response = await create_key(alice)

    assert response.status_code == 403
    assert response.json()["code"] == "reauthentication_required"
    assert await database.count("api_keys") == 0


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": "", "scopes": ["read"]},
        {"name": "x" * 101, "scopes": ["read"]},
        {"name": "a\0b", "scopes": ["read"]},
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["read", "read"]},
        {"name": "x", "scopes": ["admin"]},
        {"name": "x", "scopes": "read"},
        {"name": "x", "scopes": ["read"], "expires_at": 2_000_000_000},
        {"name": "x", "scopes": ["read"], "expires_at": "2099-01-01"},
        {"name": "x", "scopes": ["read"], "owner_id": "00000000-0000-7000-8000-000000000000"},
        {"name": "x", "scopes": ["read"], "key": "mine"},
    ],
)
async def test_an_odd_key_is_not_made(
    alice: Person, database: Inspector, body: dict[str, object]
) -> None:
    """KEY-04."""
    response = await alice.client.post("/api-keys", json=body)

    assert response.status_code == 422
    assert await database.count("api_keys") == 0


@pytest.mark.parametrize(
    ("days", "status"), [(-1, 422), (0, 422), (1, 201), (364, 201), (366, 422), (2_000_000, 422)]
)
async def test_a_key_expires(alice: Person, days: int, status: int) -> None:
    """KEY-04: within a year at the latest."""
    expires_at = (utc_now() + timedelta(days=days)).isoformat()

    response = await create_key(alice, expires_at=expires_at)

    assert response.status_code == status


@pytest.mark.environment(API_KEY_MAX_DAYS="30")
async def test_the_operator_shortens_the_life_of_keys(alice: Person) -> None:
    """KEY-04: also of those that name no end."""
    made = (await create_key(alice)).json()

    assert made["expires_at"] < (utc_now() + timedelta(days=30, minutes=1)).isoformat()


@pytest.mark.environment(MAX_API_KEYS_PER_USER="3")
async def test_the_number_of_keys_is_bounded(alice: Person, bob: Person) -> None:
    """KEY-05: also for requests that come at once; and one may go to make place."""
    responses = await asyncio.gather(*(create_key(alice) for _ in range(6)))

    assert sorted(response.status_code for response in responses) == [201] * 3 + [409] * 3
    assert (await create_key(bob)).status_code == 201
    made = [response.json() for response in responses if response.status_code == 201]
    await alice.client.delete(f"/api-keys/{made[0]['id']}")
    assert (await create_key(alice)).status_code == 201


async def test_keys_are_listed_in_pages_newest_first(alice: Person, bob: Person) -> None:
    """KEY-06."""
    made = [(await create_key(alice)).json()["id"] for _ in range(3)]
    await create_key(bob)

    first = (await alice.client.get("/api-keys?limit=2")).json()
    rest = {"limit": "2", "cursor": first["next_cursor"]}
    second = (await alice.client.get("/api-keys", params=rest)).json()

    assert [key["id"] for key in first["items"] + second["items"]] == made[::-1]
    assert second["next_cursor"] is None
    assert (await bob.client.get("/api-keys", params=rest)).status_code == 422


async def test_somebody_elses_key_looks_like_none(
    alice: Person, bob: Person, browser: Browser
) -> None:
    """KEY-06."""
    made = (await create_key(alice)).json()

    theirs = await bob.client.delete(f"/api-keys/{made['id']}")
    nobodys = await bob.client.delete(f"/api-keys/{uuid4()}")

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() | {"request_id": ""} == nobodys.json() | {"request_id": ""}
    assert (await with_key(browser, made["key"]).get("/users/me")).status_code == 200


async def test_making_and_revoking_is_recorded(alice: Person, database: Inspector) -> None:
    """KEY-07."""
    made = (await create_key(alice, "read")).json()
    await alice.client.delete(f"/api-keys/{made['id']}")

    rows = await database.rows(
        "SELECT event, actor_id, target FROM audit_events WHERE event LIKE 'api_key%' ORDER BY seq"
    )
    assert [row.event for row in rows] == ["api_key_created", "api_key_revoked"]
    assert {row.target for row in rows} == {made["id"]}
    assert {str(row.actor_id).replace("-", "") for row in rows} == {alice.id.hex}


async def test_a_key_goes_with_its_owner(alice: Person, database: Inspector) -> None:
    """KEY-08."""
    await new_key(alice)

    assert (await alice.client.delete("/users/me")).status_code == 204
    assert await database.count("api_keys") == 0
