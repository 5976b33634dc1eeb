"""API keys of the tests, and clients that show one."""

from datetime import timedelta
from uuid import UUID

from httpx import AsyncClient, Response
from sqlalchemy import update

from app.models import ApiKey
from app.utils.helpers import utc_now
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person

BOTH = ("read", "write")


async def create_key(person: Person, *scopes: str, **more: str) -> Response:
    body = {"name": "backup", "scopes": list(scopes or BOTH), **more}
    return await person.client.post("/api-keys", json=body)


async def new_key(person: Person, *scopes: str) -> str:
    response = await create_key(person, *scopes)
    assert response.status_code == 201, response.text
    key: str = response.json()["key"]
    return key


def with_key(browser: Browser, key: str) -> AsyncClient:
    """Return a program that shows the key and nothing else."""
    client = browser()
    client.headers["X-API-Key"] = key
    return client


async def expire_keys(database: Inspector, owner_id: UUID) -> None:
    past = utc_now() - timedelta(seconds=1)
    await database.execute(
        update(ApiKey).where(ApiKey.owner_id == owner_id).values(expires_at=past)
    )
