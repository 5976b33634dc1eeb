"""ETag and If-Match: a change is meant for the version that was read."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from fastapi import FastAPI, Response
from httpx import AsyncClient

from app.api.preconditions import RequiredIfMatchDep, VersionsDep, created
from app.api.routing import PublicRoute
from app.schemas.base import RecordOut
from app.services.versions import VersionChanged, require_version, tag_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ID = UUID("018f0000-0000-7000-8000-000000000001")


class NoteOut(RecordOut):
    text: str


def note(text: str = "one", updated_at: datetime = NOW) -> NoteOut:
    return NoteOut(id=ID, created_at=NOW, updated_at=updated_at, text=text)


def test_every_change_changes_the_tag() -> None:
    tags = {tag_of(note()), tag_of(note("two")), tag_of(note(updated_at=NOW.replace(second=1)))}

    assert len(tags) == 3
    assert tag_of(note()) in tags


@pytest.mark.parametrize("expected", [None, {"*"}, {tag_of(note())}, {'"other"', tag_of(note())}])
def test_the_version_that_was_read_may_be_changed(expected: set[str] | None) -> None:
    require_version(note(), expected)


@pytest.mark.parametrize(
    "expected", [set(), {'"other"'}, {f"W/{tag_of(note())}"}, {tag_of(note()).strip('"')}]
)
def test_another_version_may_not(expected: set[str]) -> None:
    """DATA-07: a weak tag equals nothing (RFC 9110, 13.1.1)."""
    with pytest.raises(VersionChanged):
        require_version(note(), expected)


@pytest.fixture
def routes(api: FastAPI) -> None:
    async def change(versions: VersionsDep) -> NoteOut:
        """Change."""
        require_version(note(), versions.expected)
        return versions.tagged(note("two"))

    async def change_strictly(expected: RequiredIfMatchDep) -> list[str]:
        """Change what was read."""
        return sorted(expected)

    async def create(response: Response) -> NoteOut:
        """Create."""
        return created(response, "/notes", note())

    for path, endpoint in (
        ("/change", change),
        ("/strict", change_strictly),
        ("/create", create),
    ):
        route = PublicRoute(f"/api/v1{path}", endpoint, methods=["POST"])
        api.router.routes.append(route)


@pytest.mark.usefixtures("routes")
@pytest.mark.parametrize(
    ("if_match", "status"),
    [
        (None, 200),
        ("*", 200),
        (tag_of(note()), 200),
        (f'"a", {tag_of(note())}', 200),
        ('"a"', 412),
        (f"W/{tag_of(note())}", 412),
        ("a", 422),
        ("", 422),
        ('"' * 3, 422),
        ('"a",' * 500, 422),
    ],
)
async def test_the_header_decides(client: AsyncClient, if_match: str | None, status: int) -> None:
    """DATA-07."""
    headers = {} if if_match is None else {"If-Match": if_match}

    response = await client.post("/change", headers=headers)

    assert response.status_code == status, response.text
    if status == 200:
        assert response.headers["ETag"] == tag_of(note("two"))


@pytest.mark.usefixtures("routes")
async def test_a_version_can_be_required(client: AsyncClient) -> None:
    """DATA-07: 428 where a change without If-Match is refused."""
    assert (await client.post("/strict")).status_code == 428
    sent = await client.post("/strict", headers={"If-Match": 'W/"a" , "b"'})
    assert sent.json() == ['"b"', 'W/"a"']


@pytest.mark.usefixtures("routes")
async def test_a_new_row_says_where_it_is(client: AsyncClient) -> None:
    """CORS-06: without a host, which a request could have chosen."""
    response = await client.post("/create")

    assert response.headers["Location"] == f"/api/v1/notes/{ID}"
    assert response.headers["ETag"] == tag_of(note())
