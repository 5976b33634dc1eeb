"""Routes that read the cookie, asked by other sites: SESS-13 and AUTH-21."""

import json

import pytest
from httpx import AsyncClient, Response

from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, Person

LISTED = "https://app.example.com"
OWN = "https://localhost"

DENIED = "SELECT details FROM audit_events WHERE event = 'access_denied'"

pytestmark = pytest.mark.environment(CORS_ORIGINS=LISTED)

FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": OWN, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
]
OURS = [
    {},
    {"Origin": OWN},
    {"Origin": OWN, "Sec-Fetch-Site": "same-origin"},
    {"Origin": LISTED, "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-origin"},
]


async def log_in(client: AsyncClient, headers: dict[str, str]) -> Response:
    form = {"username": "alice", "password": PASSWORD}
    return await client.post("/auth/login", data=form, headers=headers)


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_another_site_cannot_sign_a_visitor_in(
    client: AsyncClient, headers: dict[str, str]
) -> None:
    response = await log_in(client, headers)

    assert response.status_code == 403
    assert response.json()["code"] == "cross_origin_refused"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_another_site_does_not_use_up_the_cookie(
    alice: Person, headers: dict[str, str]
) -> None:
    for path in ("/auth/refresh", "/auth/logout"):
        assert (await alice.client.post(path, headers=headers)).status_code == 403

    assert (await alice.client.post("/auth/refresh")).status_code == 200


@pytest.mark.parametrize("headers", OURS, ids=str)
async def test_our_own_pages_and_programs_may(
    alice: Person, client: AsyncClient, headers: dict[str, str]
) -> None:
    assert (await log_in(client, headers)).status_code == 200
    assert (await alice.client.post("/auth/refresh", headers=headers)).status_code == 200


async def test_a_refusal_is_recorded(alice: Person, database: Inspector) -> None:
    """LOG-02: a 403 leaves a row."""
    await alice.client.post("/auth/refresh", headers=FOREIGN[0])

    (row,) = await database.rows(DENIED)
    details = row.details if isinstance(row.details, dict) else json.loads(row.details)
    assert details == {
        "method": "POST",
        "path": "/api/v1/auth/refresh",
        "code": "cross_origin_refused",
    }


async def test_nobody_fills_the_record_without_signing_in(
    client: AsyncClient, database: Inspector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RATE-07, LOG-02: rows are never removed, so a stranger's repeats are one row."""
    # No window ends while this runs, except at midnight.
    monkeypatch.setattr("app.utils.door_audit.WINDOW_SECONDS", 86_400)
    for path in ("/auth/refresh", "/auth/logout"):
        for _ in range(5):
            assert (await client.post(path, headers=FOREIGN[0])).status_code == 403

    assert len(await database.rows(DENIED)) == 1
