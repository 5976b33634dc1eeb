"""What the client was told has happened, has happened: also when the power goes."""

from tests.support.people import log_in, register, sign_up
from tests.support.server import Server


async def test_a_refresh_survives_the_death_of_the_server(server: Server) -> None:
    """SESS-16: the commit precedes the response, so a killed server forgets nothing it said."""
    async with server.client() as client:
        await sign_up(client, "survivor")
        assert (await client.post("/auth/refresh")).status_code == 200

        server.kill()
        server.start()

        assert (await client.post("/auth/refresh")).status_code == 200


async def test_what_was_created_can_be_read_on_another_connection(server: Server) -> None:
    """DATA-06: read your write, at once."""
    async with server.client() as writer, server.client() as reader:
        assert (await register(writer, "written-now")).status_code == 201
        assert (await log_in(reader, "written-now")).status_code == 200


async def test_a_wait_after_failures_survives_a_restart(server: Server) -> None:
    """AUTH-01: failures are counted in the database, not in the process."""
    async with server.client() as client:
        for _ in range(5):
            assert (await log_in(client, "forgetful", "not the password")).status_code == 401

        server.kill()
        server.start()

        assert (await log_in(client, "forgetful", "not the password")).status_code == 429
