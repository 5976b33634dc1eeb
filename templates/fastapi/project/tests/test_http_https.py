"""What happens to requests that came without TLS, and who is believed about it."""

from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import ASGIApp

from tests.support.inspector import Inspector

HSTS = "Strict-Transport-Security"
BEARER = {"Authorization": "Bearer e30.e30.e30"}
IN_CLEAR = "SELECT count(*) FROM audit_events WHERE event = 'token_in_clear'"


@pytest.fixture
async def plain(app: ASGIApp) -> AsyncIterator[AsyncClient]:
    """Somebody who speaks http; the peer's address is 127.0.0.1."""
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://localhost") as client:
        yield client


@pytest.mark.environment(FORCE_HTTPS="true")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_whoever_has_shown_nothing_is_sent_to_https(plain: AsyncClient, method: str) -> None:
    """HDR-09: to the same host, which is one of ours."""
    response = await plain.request(method, "/api/v1/users/me?a=b", headers={"Host": "127.0.0.1:80"})

    assert response.status_code == 308
    assert response.headers["Location"] == "https://127.0.0.1/api/v1/users/me?a=b"
    assert HSTS not in response.headers


@pytest.mark.environment(FORCE_HTTPS="true")
@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", BEARER),
        ("GET", {"Cookie": "refresh_token=a"}),
        ("GET", {"X-API-Key": "a"}),
        ("POST", {}),
        ("OPTIONS", {}),
    ],
)
async def test_a_credential_in_clear_is_not_redirected(
    plain: AsyncClient, method: str, headers: dict[str, str]
) -> None:
    """HDR-09: a client that follows a redirect would go on sending it."""
    response = await plain.request(method, "/api/v1/users/me", headers=headers)

    assert response.status_code == 403
    assert response.json()["code"] == "https_required"
    assert "Location" not in response.headers


@pytest.mark.environment(FORCE_HTTPS="true")
@pytest.mark.parametrize(
    ("body", "ends"),
    [
        ({}, None),
        ({"Content-Length": "0"}, None),
        ({"Content-Length": "9"}, "close"),
        ({"Transfer-Encoding": "chunked"}, "close"),
    ],
)
async def test_a_body_that_nobody_reads_ends_the_connection(
    plain: AsyncClient, body: dict[str, str], ends: str | None
) -> None:
    """DOS-01: else the server swallows it, however long it is."""
    response = await plain.get("/api/v1/users/me", headers=body)

    assert response.status_code == 308
    assert response.headers.get("Connection") == ends


@pytest.mark.environment(FORCE_HTTPS="true")
async def test_a_token_in_clear_leaves_one_trace(plain: AsyncClient, database: Inspector) -> None:
    """HDR-09, LOG-02: one row, however often it is sent."""
    for _ in range(3):
        await plain.get("/api/v1/users/me", headers=BEARER)

    assert await database.scalar(IN_CLEAR) == 1


@pytest.mark.environment(FORCE_HTTPS="true")
async def test_a_load_balancer_may_ask_without_tls(plain: AsyncClient) -> None:
    """HDR-09."""
    assert (await plain.get("/health/live")).status_code == 200


@pytest.mark.environment(FORCE_HTTPS="true", TRUSTED_PROXIES="10.0.0.0/8")
async def test_a_stranger_cannot_say_that_it_was_https(plain: AsyncClient) -> None:
    """HDR-03, HDR-09: our proxies can, and this is none."""
    response = await plain.get("/api/v1/users/me", headers={"X-Forwarded-Proto": "https"})

    assert response.status_code == 308
    assert HSTS not in response.headers


@pytest.mark.environment(FORCE_HTTPS="true", TRUSTED_PROXIES="127.0.0.1")
@pytest.mark.parametrize(
    ("proto", "status"), [("https", 401), ("http, https", 401), ("https, http", 308), ("ftp", 308)]
)
async def test_a_trusted_proxy_says_whether_it_was_https(
    plain: AsyncClient, proto: str, status: int
) -> None:
    """HDR-03: the word of the nearest proxy counts, not of whoever wrote before it."""
    response = await plain.get("/api/v1/users/me", headers={"X-Forwarded-Proto": proto})

    assert response.status_code == status
    assert (HSTS in response.headers) is (status == 401)


async def test_https_is_remembered_for_two_years(client: AsyncClient) -> None:
    """HDR-03."""
    response = await client.get("/users/me")

    assert response.headers[HSTS] == "max-age=63072000; includeSubDomains"


async def test_plain_http_is_served_where_it_is_allowed(plain: AsyncClient) -> None:
    """HDR-03: development has no certificate, and no HSTS that would lock it out."""
    response = await plain.get("/api/v1/users/me")

    assert response.status_code == 401
    assert HSTS not in response.headers
