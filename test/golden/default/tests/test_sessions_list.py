"""Where somebody is signed in."""

from uuid import uuid4

import pytest
from httpx import AsyncClient

from tests.support.inspector import Inspector
from tests.support.people import Browser, Person, log_in, sign_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


async def signed_in(browser: Browser, name: str, agent: str = FIREFOX) -> AsyncClient:
    client = browser()
    client.headers["User-Agent"] = agent
    await sign_in(client, name)
    return client


@pytest.mark.usefixtures("bob")
async def test_sign_ins_are_listed_newest_first(alice: Person, browser: Browser) -> None:
    """SESS-04: device, time and coarse address, no token, and nobody else's."""
    await signed_in(browser, "alice")

    response = await alice.client.get("/auth/sessions")

    newest, oldest = response.json()["items"]
    assert response.json()["next_cursor"] is None
    assert newest["device"] == "Firefox on Linux"
    assert newest["address"] == "127.0.0.0/24"
    assert (newest["current"], oldest["current"]) == (False, True)
    assert newest["created_at"] > oldest["created_at"]
    names = {"id", "created_at", "last_used_at", "expires_at", "device", "address", "current"}
    assert newest.keys() == names


async def test_a_user_agent_is_never_repeated(alice: Person, browser: Browser) -> None:
    """LOG-03."""
    await signed_in(browser, "alice", 'x {"level":"critical"} \x1b[31m Firefox/1')

    newest = (await alice.client.get("/auth/sessions")).json()["items"][0]

    assert newest["device"] == "Firefox"


async def test_the_list_is_paged(alice: Person, browser: Browser) -> None:
    for _ in range(4):
        await log_in(browser(), "alice")
    whole = (await alice.client.get("/auth/sessions")).json()["items"]

    paged, cursor = [], None
    for _ in range(3):
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await alice.client.get("/auth/sessions", params=query)).json()
        paged += page["items"]
        cursor = page["next_cursor"]

    assert len(whole) == 5
    assert paged == whole
    assert cursor is None


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "cursor=x", "offset=1", "limit=1&limit=2", "sort=id"],
)
async def test_an_odd_query_is_refused(alice: Person, query: str) -> None:
    """INPUT-11, INPUT-12."""
    assert (await alice.client.get(f"/auth/sessions?{query}")).status_code == 422


async def test_a_cursor_is_good_for_its_reader_only(
    alice: Person, bob: Person, browser: Browser
) -> None:
    """INPUT-12."""
    await log_in(browser(), "alice")
    page = (await alice.client.get("/auth/sessions?limit=1")).json()

    stolen = {"limit": "1", "cursor": page["next_cursor"]}

    assert (await bob.client.get("/auth/sessions", params=stolen)).status_code == 422
    assert (await alice.client.get("/auth/sessions", params=stolen)).status_code == 200


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
