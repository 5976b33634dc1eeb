"""What the form of signing in takes."""

from httpx import AsyncClient

from tests.support.people import PASSWORD


async def test_a_code_is_no_field_where_nobody_is_asked_for_one(client: AsyncClient) -> None:
    """AUTHZ-05: an unknown field is an error, not something that is ignored."""
    form = {"username": "alice", "password": PASSWORD, "otp": "123456"}

    response = await client.post("/auth/login", data=form)

    assert response.status_code == 422
    assert response.json()["errors"][0]["loc"] == ["body", "otp"]
