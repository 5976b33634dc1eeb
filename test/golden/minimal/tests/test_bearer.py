"""JWT: how an access token is presented, and that its parts belong together."""

import pytest
from httpx import AsyncClient

from app.config import Settings
from tests.support.forge import Forger
from tests.support.people import Person


async def test_the_scheme_is_written_in_any_case(client: AsyncClient, alice: Person) -> None:
    """JWT-15: RFC 9110, 11.1."""
    headers = {"Authorization": f"bearer {alice.access_token}"}

    response = await client.get("/users/me", headers=headers)

    assert response.status_code == 200
    assert response.json()["id"] == str(alice.id)


@pytest.mark.parametrize("value", ["Bearer", "Bearer  x.y.z", "Basic eDp5", "Token x", "x.y.z"])
async def test_whoever_shows_no_token_is_not_told_that_it_is_bad(
    client: AsyncClient, value: str
) -> None:
    """JWT-15: the challenge has an error only where there was a token (RFC 6750, 3)."""
    response = await client.get("/users/me", headers={"Authorization": value})

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_a_token_elsewhere_is_none(client: AsyncClient, alice: Person) -> None:
    """JWT-14: addresses end up in logs and histories."""
    response = await client.get("/users/me", params={"access_token": alice.access_token})

    assert response.status_code == 401


async def test_user_and_session_of_a_token_belong_together(
    client: AsyncClient, alice: Person, bob: Person, settings: Settings
) -> None:
    """JWT-10: whoever could sign a token for one session gets nobody else's account with it."""
    forger = Forger(settings.secret_key.get_secret_value())
    sessions = (await alice.client.get("/auth/sessions")).json()["items"]
    sid = sessions[0]["id"]

    own = forger.token(sub=str(alice.id), sid=sid)
    mixed = forger.token(sub=str(bob.id), sid=sid)

    for token, status in ((own, 200), (mixed, 401)):
        headers = {"Authorization": f"Bearer {token}"}
        assert (await client.get("/users/me", headers=headers)).status_code == status
