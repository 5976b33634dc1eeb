"""What the tests of signing in do again and again."""

from httpx import AsyncClient, Response

from tests.support.people import Browser, Person, log_in, sign_in

COOKIE = "refresh_token"
WRONG = "another long passphrase"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


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


async def signed_in(browser: Browser, name: str, agent: str = FIREFOX) -> AsyncClient:
    """Sign in with a browser of its own."""
    client = browser()
    client.headers["User-Agent"] = agent
    await sign_in(client, name)
    return client


async def is_signed_in(client: AsyncClient) -> tuple[bool, bool]:
    """Say whether the access token is still good, and whether the cookie is."""
    me = await client.get("/users/me")
    refreshed = await client.post("/auth/refresh")
    return me.status_code == 200, refreshed.status_code == 200
