"""One administrator who can sign in always remains."""

import asyncio
from typing import Any

import pytest

from tests.support.inspector import Inspector
from tests.support.people import Person, promote


@pytest.mark.parametrize(
    ("method", "body"),
    [
        pytest.param("PATCH", {"role": "user"}, id="demoted"),
        pytest.param("PATCH", {"is_active": False}, id="deactivated"),
        pytest.param("PATCH", {"role": "user", "is_active": True}, id="demoted, active"),
        pytest.param("DELETE", None, id="deleted"),
    ],
)
async def test_the_last_administrator_stays(admin: Person, method: str, body: Any) -> None:
    """AUTHZ-09."""
    by_id = await admin.client.request(method, f"/users/{admin.id}", json=body)
    own = await admin.client.delete("/users/me")

    assert (by_id.status_code, own.status_code) == (409, 409)
    assert by_id.json()["code"] == "last_admin"
    assert (await admin.client.get("/users")).status_code == 200


async def test_an_inactive_administrator_does_not_count(
    admin: Person, alice: Person, database: Inspector
) -> None:
    await promote(alice, database)
    await admin.client.patch(f"/users/{alice.id}", json={"is_active": False})

    response = await admin.client.patch(f"/users/{admin.id}", json={"role": "user"})

    assert response.status_code == 409


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_two_who_remove_each_other_leave_one(
    admin: Person, alice: Person, database: Inspector, method: str
) -> None:
    """AUTHZ-09: at the same moment."""
    await promote(alice, database)
    body = {"role": "user"} if method == "PATCH" else None

    answers = await asyncio.gather(
        admin.client.request(method, f"/users/{alice.id}", json=body),
        alice.client.request(method, f"/users/{admin.id}", json=body),
    )

    succeeded = [answer for answer in answers if answer.is_success]
    assert len(succeeded) == 1
    assert await database.scalar("SELECT count(*) FROM users WHERE role = 'admin'") == 1
