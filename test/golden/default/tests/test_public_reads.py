"""Routes that everybody reads, signed in or not, and that only people who sign in change."""

import pytest
from fastapi import APIRouter, FastAPI
from httpx import AsyncClient

from app.api.deps import CurrentUser, Reader
from app.api.routing import PublicReadRoute
from tests.support.people import Person

PAPERS = "https://localhost/papers"

as_shipped = pytest.mark.environment(RATE_LIMIT_AUTH="", RATE_LIMIT_DEFAULT="")


@pytest.fixture(autouse=True)
def papers(api: FastAPI) -> None:
    router = APIRouter(prefix="/papers", route_class=PublicReadRoute)

    async def read(reader: Reader) -> dict[str, str | None]:
        return {"reader": None if reader is None else reader.username}

    async def write(user: CurrentUser) -> dict[str, str | None]:
        return {"writer": user.username}

    router.add_api_route("", read, methods=["GET"])
    for method in ("POST", "PATCH", "DELETE"):
        router.add_api_route("", write, methods=[method], name=f"write_{method}")
    api.include_router(router)


async def test_everybody_reads_and_nobody_is_taken_for_somebody(
    client: AsyncClient, alice: Person
) -> None:
    assert (await client.get(PAPERS)).json() == {"reader": None}
    assert (await alice.client.get(PAPERS)).json() == {"reader": "alice"}


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
async def test_only_who_signs_in_writes(client: AsyncClient, alice: Person, method: str) -> None:
    """AUTHZ-01: what is public is public to read."""
    assert (await client.request(method, PAPERS)).status_code == 401
    assert (await alice.client.request(method, PAPERS)).json() == {"writer": "alice"}


@pytest.mark.parametrize("token", ["Bearer e30.e30.e30", "Bearer", "Basic YTpi"])
async def test_a_token_that_is_no_good_is_refused(client: AsyncClient, token: str) -> None:
    """AUTHZ-01: whoever shows one hears that it has expired, and is not served as a stranger."""
    response = await client.get(PAPERS, headers={"Authorization": token})

    assert response.status_code == 401


@as_shipped
async def test_strangers_are_counted_by_address_and_people_by_name(
    client: AsyncClient, alice: Person
) -> None:
    """What strangers read takes nothing from those who sign in."""
    statuses = [(await client.get(PAPERS)).status_code for _ in range(61)]

    assert statuses == [200] * 60 + [429]
    assert (await alice.client.get(PAPERS)).status_code == 200
