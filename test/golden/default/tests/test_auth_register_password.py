"""The password of a new account."""

import pytest
from httpx import AsyncClient

from tests.support.inspector import Inspector
from tests.support.people import PASSWORD, log_in, register

ALICE = {"email": "alice@example.com", "username": "alice", "password": PASSWORD}


@pytest.mark.parametrize("missing", ["email", "username"])
async def test_a_refusal_does_not_repeat_the_password(client: AsyncClient, missing: str) -> None:
    """ERR-02: a missing field is where the framework would echo the whole body."""
    body = {name: value for name, value in ALICE.items() if name != missing}

    response = await client.post("/auth/register", json=body)

    assert response.status_code == 422
    assert PASSWORD not in response.text


@pytest.mark.parametrize(
    ("password", "code"),
    [
        pytest.param(PASSWORD[:14], "password_too_short", id="14 characters"),
        pytest.param(f"{PASSWORD} " * 5, "password_too_long", id="more than 128"),
        pytest.param("password1234567", "password_common", id="common"),
        pytest.param("my alice wonderful", "password_contains_identity", id="user name"),
    ],
)
async def test_a_weak_password_is_refused_by_name(
    client: AsyncClient, database: Inspector, password: str, code: str
) -> None:
    """AUTH-08, AUTH-11, AUTH-12."""
    response = await client.post("/auth/register", json=ALICE | {"password": password})

    assert response.status_code == 422
    assert response.json()["code"] == code
    assert await database.count("users") == 0


@pytest.mark.parametrize(
    "password",
    [
        pytest.param(f"  {PASSWORD}  ", id="spaces at the ends"),
        pytest.param(f"{PASSWORD} é", id="composed accent"),
        pytest.param(f"{PASSWORD} " * 4, id="more than 100 characters"),
    ],
)
async def test_a_password_is_kept_as_it_was_chosen(client: AsyncClient, password: str) -> None:
    """AUTH-08, AUTH-10."""
    await register(client, "alice", password)

    assert (await log_in(client, "alice", password)).status_code == 200
    assert (await log_in(client, "alice", password.strip() + "x")).status_code == 401
