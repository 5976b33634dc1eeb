"""Where a key must not turn up."""

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.types import ASGIApp

from app.core.api_keys import new_api_key
from app.core.redaction import Redactor
from tests.support.api_keys import new_key
from tests.support.inspector import Inspector
from tests.support.people import sign_up
from tests.support.server import Server

IN_CLEAR = "SELECT count(*) FROM audit_events WHERE event = 'token_in_clear'"


@pytest.mark.parametrize(
    "text",
    ["{}", "no key like {}.", "GET /x?key={} HTTP/1.1", "/x/{}/y", "'X-API-Key': '{}'", "a={}&"],
)
def test_a_key_is_recognised_in_a_log_line(text: str) -> None:
    """KEY-17: by its shape, wherever it stands."""
    key = new_api_key()

    assert key[-20:] not in Redactor(()).value(text.format(key))


async def test_the_log_of_a_server_holds_no_key(server: Server) -> None:
    """KEY-17: as a header, in an address, in a body, right or wrong."""
    async with server.client() as client:
        person = await sign_up(client, "keykeeper")
        key = await new_key(person)
        del client.headers["Authorization"]
        for text in (key, key[:-1] + "?"):
            headers = {"X-API-Key": text}
            await client.get("/users/me", headers=headers)
            await client.get("/users/me", params={"api_key": text}, headers=headers)
            await client.get(f"/{text}", headers=headers)
            await client.post("/auth/login", json={"key": text}, headers=headers)

    assert key[:-6] not in server.log
    assert key[:-6] not in await server.database.dump()


@pytest.mark.environment(FORCE_HTTPS="true")
async def test_a_key_in_clear_is_refused_and_leaves_a_trace(
    app: ASGIApp, database: Inspector
) -> None:
    """KEY-18: whoever listened has it now."""
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://localhost") as plain:
        response = await plain.get("/api/v1/users/me", headers={"X-API-Key": new_api_key()})

    assert response.status_code == 403
    assert response.json()["code"] == "https_required"
    assert await database.scalar(IN_CLEAR) == 1
