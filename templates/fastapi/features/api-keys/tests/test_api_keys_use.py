"""What a key opens, and what it never does."""

import pytest
from fastapi import APIRouter, FastAPI

from app.api.deps import AdminUser, CurrentUser
from app.api.routing import SecureRoute
from tests.support.api_keys import new_key, with_key
from tests.support.inspector import Inspector
from tests.support.people import Browser, Person
from tests.support.surface import ALL, Operation

KEY_SCHEME = "apiKey"
# Whatever else a project has, a key gets nowhere near these.
NEVER = ("/api-keys", "/audit-events", "/auth/", "/users", "/ws/")
WHO = "https://localhost/things"
ADMIN = "https://localhost/things/admin"


def takes_keys(operation: Operation) -> bool:
    return any(KEY_SCHEME in way for way in operation.spec.get("security", []))


@pytest.fixture
def things(api: FastAPI) -> None:
    """Routes as a project adds them: of everybody, and of administrators."""
    router = APIRouter(prefix="/things", route_class=SecureRoute)

    async def read(user: CurrentUser) -> dict[str, str]:
        return {"user_id": str(user.user_id), "role": user.role}

    async def write(_: CurrentUser) -> dict[str, str]:
        return {}

    async def administrate(_: AdminUser) -> dict[str, str]:
        return {}

    router.add_api_route("", read, methods=["GET"])
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        router.add_api_route("", write, methods=[method], name=f"write_{method}")
    router.add_api_route("/admin", administrate, methods=["GET"])
    api.include_router(router)


@pytest.mark.usefixtures("things")
async def test_a_key_acts_for_its_owner(alice: Person, browser: Browser) -> None:
    """KEY-09."""
    program = with_key(browser, await new_key(alice))

    assert (await program.get(WHO)).json() == {"user_id": str(alice.id), "role": "user"}
    assert (await program.get("/users/me")).json()["id"] == str(alice.id)
    assert (await program.head(WHO)).status_code == 200


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(("scope", "reading", "writing"), [("read", 200, 403), ("write", 403, 200)])
async def test_a_key_does_what_it_was_made_for(
    alice: Person, browser: Browser, scope: str, reading: int, writing: int
) -> None:
    """KEY-10."""
    program = with_key(browser, await new_key(alice, scope))

    reads = [(await program.request(method, WHO)).status_code for method in ("GET", "HEAD")]
    writes = [
        (await program.request(method, WHO)).status_code
        for method in ("POST", "PUT", "PATCH", "DELETE")
    ]

    assert (reads, writes) == ([reading] * 2, [writing] * 4)


@pytest.mark.usefixtures("things")
async def test_an_administrators_key_is_the_key_of_a_user(admin: Person, browser: Browser) -> None:
    """KEY-11: a program never administrates."""
    program = with_key(browser, await new_key(admin))

    assert (await admin.client.get(ADMIN)).status_code == 200
    assert (await program.get(ADMIN)).status_code == 403
    assert (await program.get(WHO)).json()["role"] == "user"


CLOSED = [
    operation
    for operation in ALL
    if operation.path.removeprefix("/api/v1").startswith(NEVER)
    and operation.spec.get("security")
    and operation.name != "GET /api/v1/users/me"
]


@pytest.mark.parametrize("operation", CLOSED, ids=[one.name for one in CLOSED])
async def test_a_key_never_decides_who_gets_in(
    admin: Person, browser: Browser, operation: Operation
) -> None:
    """KEY-11: no keys, sessions, passwords, accounts, exports or administration."""
    program = with_key(browser, await new_key(admin))

    response = await program.request(operation.method, operation.url)

    assert response.status_code == 403
    assert response.json()["code"] == "api_key_refused"
    assert not takes_keys(operation)


def test_something_is_closed_and_something_open() -> None:
    """KEY-11, KEY-12: the tests beside this one are about more than nothing."""
    assert len(CLOSED) >= 14
    assert any(takes_keys(operation) for operation in ALL)


OPEN = [operation for operation in ALL if takes_keys(operation)]


@pytest.mark.parametrize("operation", OPEN, ids=[one.name for one in OPEN])
async def test_the_specification_says_where_keys_work(
    alice: Person, browser: Browser, operation: Operation
) -> None:
    """KEY-12: and which scope is needed."""
    scopes = next(way[KEY_SCHEME] for way in operation.spec["security"] if KEY_SCHEME in way)
    other = {"read": "write", "write": "read"}[scopes[0]]

    allowed = with_key(browser, await new_key(alice, *scopes))
    refused = with_key(browser, await new_key(alice, other))

    assert (await allowed.request(operation.method, operation.url)).status_code not in (401, 403)
    assert (await refused.request(operation.method, operation.url)).status_code == 403


@pytest.mark.usefixtures("things")
async def test_what_a_key_may_not_do_is_recorded(
    alice: Person, browser: Browser, database: Inspector
) -> None:
    """KEY-07: and the key itself is not."""
    key = await new_key(alice, "read")

    await with_key(browser, key).post(WHO)

    rows = await database.rows(
        "SELECT actor_id, target FROM audit_events WHERE event = 'access_denied'"
    )
    assert [(str(row.actor_id).replace("-", ""), row.target) for row in rows] == [
        (alice.id.hex, "/things")
    ]
    assert key not in await database.dump()
