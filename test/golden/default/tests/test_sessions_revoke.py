"""Sign-ins that end: from another one, and to make room for the next."""

from uuid import uuid4

import pytest

from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in
from tests.support.sign_ins import signed_in


async def test_a_sign_in_can_be_ended_from_another(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """SESS-04."""
    other = await signed_in(browser, "alice")
    newest = (await alice.client.get("/auth/sessions")).json()["items"][0]

    response = await alice.client.delete(f"/auth/sessions/{newest['id']}")

    assert response.status_code == 204
    assert (await other.get("/users/me")).status_code == 401
    assert (await other.post("/auth/refresh")).status_code == 401
    assert (await alice.client.get("/users/me")).status_code == 200
    assert len((await alice.client.get("/auth/sessions")).json()["items"]) == 1
    assert (await alice.client.delete(f"/auth/sessions/{newest['id']}")).status_code == 404
    revoked = "SELECT count(*) FROM audit_events WHERE event = 'session_revoked'"
    assert await database.scalar(revoked) == 1


async def test_somebody_elses_sign_in_looks_like_none(alice: Person, bob: Person) -> None:
    """AUTHZ-04."""
    hers = (await alice.client.get("/auth/sessions")).json()["items"][0]["id"]

    theirs = await bob.client.delete(f"/auth/sessions/{hers}")
    nobodys = await bob.client.delete(f"/auth/sessions/{uuid4()}")

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() | {"request_id": ""} == nobodys.json() | {"request_id": ""}
    assert (await alice.client.get("/users/me")).status_code == 200


async def test_the_eleventh_sign_in_ends_the_oldest(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """SESS-17: the number of rows is bounded too."""
    second = await signed_in(browser, "alice")
    for _ in range(8):
        await log_in(browser(), "alice")
    assert (await alice.client.get("/users/me")).status_code == 200

    await log_in(browser(), "alice")
    await log_in(browser(), "alice")

    assert (await alice.client.get("/users/me")).status_code == 401
    assert (await alice.client.post("/auth/refresh")).status_code == 401
    assert (await second.get("/users/me")).status_code == 401
    assert await database.count("sessions") == 10


@pytest.mark.parametrize("session_id", ["1", "2147483648", "9" * 40, "1e3", "x", "%00"])
async def test_an_odd_id_is_refused(alice: Person, session_id: str) -> None:
    """INPUT-04."""
    response = await alice.client.delete(f"/auth/sessions/{session_id}")

    assert response.status_code in (400, 404, 422)
