"""Which other sites may read answers."""

import pytest
from httpx import AsyncClient, Response

ORIGIN = "https://app.example.com"

pytestmark = pytest.mark.environment(CORS_ORIGINS=ORIGIN)

ALLOW = "Access-Control-Allow-Origin"


async def ask(
    client: AsyncClient, origin: str, path: str = "/users/me", **headers: str
) -> Response:
    return await client.get(path, headers={"Origin": origin} | headers)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "https://app.example.com.evil.io",
        "https://evilapp.example.com",
        "http://app.example.com",
        "https://app.example.com:8443",
        "https://APP.example.com",
        "https://app.example.com/",
    ],
)
async def test_a_strange_origin_is_told_nothing(client: AsyncClient, origin: str) -> None:
    """CORS-01, CORS-02: by exact name only."""
    response = await ask(client, origin)

    assert not [name for name in response.headers if name.startswith("access-control-")]
    assert response.headers["Vary"] == "Origin"


@pytest.mark.environment(CORS_ORIGINS="")
async def test_nobody_is_listed_unless_the_operator_says_so(client: AsyncClient) -> None:
    """CORS-01: the default list is empty."""
    assert ALLOW not in (await ask(client, ORIGIN)).headers


@pytest.mark.parametrize(("path", "status"), [("/users/me", 401), ("/nope", 404)])
async def test_a_listed_origin_may_read_errors_too(
    client: AsyncClient, path: str, status: int
) -> None:
    """CORS-03, CORS-05: else a browser shows the page a network error instead."""
    response = await ask(client, ORIGIN, path)

    assert response.status_code == status
    assert response.headers[ALLOW] == ORIGIN
    assert response.headers["Access-Control-Allow-Credentials"] == "true"
    assert response.headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        pytest.param("/users%2fme", {}, 400, id="path"),
        pytest.param("/users/me", {"Host": "evil.example"}, 400, id="host"),
        pytest.param("/users/me", {"Content-Encoding": "gzip"}, 415, id="encoding"),
        pytest.param("/users/me", {"X-Long": "x" * 20_000}, 431, id="size"),
    ],
)
async def test_a_listed_origin_may_read_what_is_refused_at_the_door(
    client: AsyncClient, path: str, headers: dict[str, str], status: int
) -> None:
    """CORS-03, CORS-05: of every answer, since a cache keeps them all apart by origin."""
    response = await ask(client, ORIGIN, path, **headers)
    other = await ask(client, "https://evil.example", path, **headers)

    assert response.status_code == other.status_code == status
    assert response.headers[ALLOW] == ORIGIN
    assert ALLOW not in other.headers
    assert response.headers["Vary"] == other.headers["Vary"] == "Origin"


async def test_a_bug_can_be_read_by_a_listed_origin(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CORS-05."""
    monkeypatch.setattr("app.api.v1.health.HealthOut", None)

    response = await ask(client, ORIGIN, "https://localhost/health/live")

    assert response.status_code == 500
    assert response.headers[ALLOW] == ORIGIN


async def preflight(client: AsyncClient, origin: str, method: str, headers: str = "") -> Response:
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    if headers:
        asked["Access-Control-Request-Headers"] = headers
    return await client.options("/users/me", headers=asked)


async def test_a_preflight_lists_what_is_allowed(client: AsyncClient) -> None:
    """CORS-04: nothing that was asked for is echoed."""
    response = await preflight(client, ORIGIN, "PATCH", "Authorization, Content-Type")

    assert response.status_code == 204
    assert response.headers[ALLOW] == ORIGIN
    assert response.headers["Access-Control-Allow-Methods"] == "GET, POST, PATCH, PUT, DELETE"
    assert "*" not in response.headers["Access-Control-Allow-Headers"]
    assert int(response.headers["Access-Control-Max-Age"]) <= 7200
    assert "Access-Control-Allow-Private-Network" not in response.headers


@pytest.mark.parametrize(
    ("origin", "method", "headers"),
    [
        pytest.param("https://evil.example", "GET", "", id="origin"),
        pytest.param(ORIGIN, "TRACE", "", id="method"),
        pytest.param(ORIGIN, "GET", "authorization, x-csrf", id="header"),
    ],
)
async def test_a_preflight_for_anything_else_is_refused(
    client: AsyncClient, origin: str, method: str, headers: str
) -> None:
    """CORS-04."""
    response = await preflight(client, origin, method, headers)

    assert response.status_code == 403
    assert "Access-Control-Allow-Methods" not in response.headers


@pytest.mark.parametrize(("origin", "status"), [(ORIGIN, 204), ("https://evil.example", 403)])
@pytest.mark.parametrize("body", [{"Content-Length": "9"}, {"Transfer-Encoding": "chunked"}])
async def test_a_preflight_with_a_body_ends_the_connection(
    client: AsyncClient, origin: str, status: int, body: dict[str, str]
) -> None:
    """DOS-01: nobody reads it, and the server would swallow it, however long it is."""
    asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
    response = await client.options("/users/me", headers=asked | body)

    assert (response.status_code, response.headers.get("Connection")) == (status, "close")


async def test_a_preflight_to_another_host_is_refused(client: AsyncClient) -> None:
    """CORS-06: whatever is asked, the name comes first."""
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET", "Host": "evil.example"}
    response = await client.options("/users/me", headers=asked)

    assert response.status_code == 400
    assert "Access-Control-Allow-Methods" not in response.headers
