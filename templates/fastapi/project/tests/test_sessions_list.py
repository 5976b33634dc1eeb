"""Where somebody is signed in."""

import pytest

from tests.support.people import Browser, Person, log_in
from tests.support.sign_ins import signed_in


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
