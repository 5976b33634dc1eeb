"""What the lines of a running server say, and what they do not."""

import json

from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, log_in, sign_up
from tests.support.server import StartServer


async def test_the_log_of_a_server_holds_no_secret(
    start_server: StartServer, database: Inspector
) -> None:
    """LOG-01, AUTH-22: sign-ins, refreshes, query strings and an error of the database."""
    server = start_server(LOG_LEVEL="DEBUG", LOG_FORMAT="json")
    async with server.client() as client:
        alice = await sign_up(client, "alice")
        cookie = client.cookies["refresh_token"]
        await client.post("/auth/refresh")
        await client.get("/users/me", params={"access_token": alice.access_token})
        await log_in(client, "alice", "a wrong but long password")
        await database.execute("ALTER TABLE users RENAME TO hidden")
        broken = await log_in(client, "alice")
    server.stop()

    assert broken.status_code >= 500
    secrets = (PASSWORD, "a wrong but long", alice.access_token, cookie, "alice@example.com")
    assert [secret for secret in secrets if secret in server.log] == []
    assert server.environment["SECRET_KEY"] not in server.log


async def test_a_request_id_is_a_uuid_or_replaced(start_server: StartServer) -> None:
    """LOG-07: echoed and logged; anything else could forge a line."""
    server = start_server(LOG_FORMAT="json")
    known = "6f1f64a5-2b8c-4c8d-9a65-1f0a7e6d2c11"
    async with server.client() as client:
        echoed = await client.get("/users/me", headers={"X-Request-ID": known})
        replaced = await client.get("/users/me", headers={"X-Request-ID": f"{known}{{evil}}"})
    server.stop()

    made = replaced.headers["X-Request-ID"]
    logged = [json.loads(line) for line in server.log.splitlines() if line.startswith("{")]
    access = [line["request_id"] for line in logged if line["logger"] == "app.access"]
    assert echoed.headers["X-Request-ID"] == known
    assert {known, made} <= set(access)
    assert "evil" not in server.log
