"""What the tests of signing in do again and again."""

from httpx import AsyncClient, Response

from tests.support.people import Person, log_in

COOKIE = "refresh_token"
WRONG = "another long passphrase"


def token_of(person: Person) -> str:
    return person.client.cookies[COOKIE]


async def refresh(client: AsyncClient, token: str | None = None) -> Response:
    """Refresh with the cookie of the client, or with another token."""
    if token is not None:
        client.cookies.clear()
        client.cookies.set(COOKIE, token)
    return await client.post("/auth/refresh")


async def fail(client: AsyncClient, name: str, times: int) -> list[Response]:
    return [await log_in(client, name, WRONG) for _ in range(times)]
