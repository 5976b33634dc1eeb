"""When a key is dead, and how it does not travel."""

from collections.abc import Awaitable, Callable

import pytest
from httpx import AsyncClient

from app.core.api_keys import new_api_key
from tests.support.api_keys import create_key, expire_keys, new_key, with_key
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person

Kill = Callable[[Person, Person, str, Inspector], Awaitable[object]]


async def revoke(alice: Person, _: Person, key_id: str, __: Inspector) -> None:
    assert (await alice.client.delete(f"/api-keys/{key_id}")).status_code == 204


async def expire(alice: Person, _: Person, __: str, database: Inspector) -> None:
    await expire_keys(database, alice.id)


async def deactivate(alice: Person, admin: Person, _: str, __: Inspector) -> None:
    for is_active in (False, True):
        change = {"is_active": is_active}
        await admin.client.patch(f"/users/{alice.id}", json=change)


async def switch_off(alice: Person, _: Person, __: str, database: Inspector) -> None:
    statement = "UPDATE users SET is_active = false WHERE username = :username"
    await database.execute(statement, username=alice.username)


async def delete(alice: Person, admin: Person, _: str, __: Inspector) -> None:
    assert (await admin.client.delete(f"/users/{alice.id}")).status_code == 204


@pytest.mark.parametrize("kill", [revoke, expire, deactivate, switch_off, delete])
async def test_a_dead_key_is_like_one_that_never_was(
    alice: Person, admin: Person, browser: Browser, database: Inspector, kill: Kill
) -> None:
    """KEY-08, KEY-13: at once, and for good: a reactivated account has no keys."""
    made = (await create_key(alice)).json()
    program = with_key(browser, made["key"])
    assert (await program.get("/users/me")).status_code == 200

    await kill(alice, admin, made["id"], database)
    dead = await program.get("/users/me")
    unknown = await with_key(browser, new_api_key()).get("/users/me")
    odd = await with_key(browser, "my key").get("/users/me")

    assert dead.status_code == 401
    assert dead.headers["WWW-Authenticate"] == "Bearer"
    for other in (unknown, odd):
        assert other.status_code == 401
        assert other.json() | {"request_id": ""} == dead.json() | {"request_id": ""}
        assert other.headers.keys() == dead.headers.keys()


async def test_one_credential_is_enough(alice: Person, browser: Browser) -> None:
    """KEY-14: with two, somebody would go by the wrong one."""
    key = await new_key(alice)
    twice = [("X-API-Key", key), ("X-API-Key", key)]

    both = await alice.client.get("/users/me", headers={"X-API-Key": key})
    repeated = await browser().get("/users/me", headers=twice)

    assert (both.status_code, both.json()["code"]) == (400, "ambiguous_credentials")
    assert repeated.status_code == 400


@pytest.mark.parametrize("name", ["api_key", "X-API-Key", "key", "access_token"])
async def test_a_key_is_not_read_from_an_address(
    alice: Person, client: AsyncClient, name: str
) -> None:
    """KEY-14."""
    key = await new_key(alice)

    response = await client.get("/users/me", params={name: key})

    assert response.status_code == 401
    as_bearer = await client.get("/users/me", headers={"Authorization": f"Bearer {key}"})
    assert as_bearer.status_code == 401
