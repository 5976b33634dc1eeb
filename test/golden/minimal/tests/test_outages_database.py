"""The database goes away and comes back: requests say so, nothing is half done, work resumes."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient, Response

from tests.support.inspector import Inspector
from tests.support.people import Person, log_in, register
from tests.support.wire import Wire, wire_to

LIVE, READY = "https://localhost/health/live", "https://localhost/health/ready"
REVOKED = "SELECT count(*) FROM sessions WHERE revoked_at IS NOT NULL"
RECORDED = "SELECT count(*) FROM audit_events WHERE event = 'logout'"


@pytest.fixture
async def wire(database_url: str) -> AsyncIterator[Wire]:
    if not database_url.startswith("postgresql"):
        pytest.skip("SQLite is not reached over a network")
    async with wire_to(database_url) as wire:
        yield wire


@pytest.fixture
def environment(environment: dict[str, str], wire: Wire) -> dict[str, str]:
    """The variables of this test, as everywhere, with a line that can be cut."""
    return environment | {"DATABASE_URL": wire.url}


def says_come_back(response: Response) -> bool:
    return response.status_code == 503 and int(response.headers["Retry-After"]) >= 1


async def test_requests_say_so_and_work_resumes(
    alice: Person, client: AsyncClient, database: Inspector, wire: Wire
) -> None:
    """ERR-05, ERR-07: connections that stood open break, and new ones are refused."""
    wire.cut()
    away = [
        await alice.client.get("/users/me"),
        await log_in(client, "alice"),
        await register(client, "bob"),
        await alice.client.post("/auth/logout"),
    ]
    live, ready = await client.get(LIVE), await client.get(READY)
    await wire.mend()
    back = [await alice.client.get("/users/me"), await register(client, "bob")]

    assert all(map(says_come_back, away))
    assert (live.status_code, ready.status_code) == (200, 503)
    assert [response.status_code for response in back] == [200, 201]
    assert await database.count("users") == 2


async def test_a_server_that_says_nothing_is_not_waited_for(
    alice: Person, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ERR-05, DOS-07: the connection stands, and no answer comes."""
    monkeypatch.setattr("app.core.catch_all.REQUEST_SECONDS", 0.5)
    wire.hold()

    assert says_come_back(await alice.client.get("/users/me"))

    monkeypatch.setattr("app.core.catch_all.REQUEST_SECONDS", 60.0)
    wire.release()
    assert (await alice.client.get("/users/me")).status_code == 200


async def ended(database: Inspector) -> tuple[int, int]:
    """Count the sign-ins that have ended, and the records of it."""
    return await database.scalar(REVOKED), await database.scalar(RECORDED)


async def test_what_was_not_committed_has_not_happened(
    alice: Person, database: Inspector, wire: Wire
) -> None:
    """ERR-05: the line breaks before the commit gets there; the whole is undone."""
    wire.breaks_before = b"COMMIT"
    refused = await alice.client.post("/auth/logout")
    await wire.mend()

    assert says_come_back(refused)
    assert await ended(database) == (0, 0)
    assert (await alice.client.get("/users/me")).status_code == 200
    assert (await alice.client.post("/auth/logout")).status_code == 204


async def test_what_was_committed_is_whole(alice: Person, database: Inspector, wire: Wire) -> None:
    """ERR-05: the line breaks before the answer to the commit, so nobody here knows of it."""
    wire.breaks_after = b"COMMIT"
    unknown = await alice.client.post("/auth/logout")
    await wire.mend()

    assert says_come_back(unknown)
    revoked, recorded = await ended(database)
    assert revoked == recorded
    assert (await alice.client.post("/auth/logout")).status_code == 204
    assert await ended(database) == (1, 1)
