"""The people of the tests, each with a browser of their own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from httpx import AsyncClient, Response

from tests.support.inspector import Inspector

Browser = Callable[[], AsyncClient]

# Neither holds the name of this project, which a password may not.
PASSWORD = "violet anchor meadow lantern"
NEW_PASSWORD = "copper willow harbour thimble"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in: their client sends the access token and keeps the cookie."""

    id: UUID
    email: str
    username: str
    password: str
    client: AsyncClient

    @property
    def access_token(self) -> str:
        return self.client.headers["Authorization"].removeprefix("Bearer ")


async def register(client: AsyncClient, name: str, password: str = PASSWORD) -> Response:
    body = {"email": f"{name}@example.com", "username": name, "password": password}
    return await client.post("/auth/register", json=body)


async def log_in(client: AsyncClient, username: str, password: str = PASSWORD) -> Response:
    return await client.post("/auth/login", data={"username": username, "password": password})


async def sign_in(client: AsyncClient, username: str, password: str = PASSWORD) -> None:
    """Sign in, and let the client send the access token from now on."""
    response = await log_in(client, username, password)
    assert response.status_code == 200, response.text
    client.headers["Authorization"] = f"Bearer {response.json()['access_token']}"


async def sign_up(client: AsyncClient, name: str) -> Person:
    """Register somebody and sign them in."""
    response = await register(client, name)
    assert response.status_code == 201, response.text
    await sign_in(client, name)
    user = response.json()
    return Person(UUID(user["id"]), user["email"], user["username"], PASSWORD, client)


async def promote(person: Person, database: Inspector) -> Person:
    """Make somebody an administrator, as ``create-admin`` would, and sign them in anew."""
    statement = "UPDATE users SET role = 'admin' WHERE username = :username"
    await database.execute(statement, username=person.username)
    await sign_in(person.client, person.username)
    return person


@asynccontextmanager
async def as_admin(person: Person, database: Inspector) -> AsyncIterator[None]:
    """Let somebody administrate for a moment: the role counts from one request to the next."""
    change = "UPDATE users SET role = :role WHERE username = :username"
    of = "SELECT role FROM users WHERE username = :username"
    role = await database.scalar(of, username=person.username)
    await database.execute(change, role="admin", username=person.username)
    yield
    await database.execute(change, role=role, username=person.username)
