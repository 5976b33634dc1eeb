"""Forgets a password, and sets a new one with the link in the mail."""

from httpx import AsyncClient, Response

from tests.support.mail import Mailbox, token_in
from tests.support.people import NEW_PASSWORD

RESET = "Choose a new password"


async def forget(client: AsyncClient, email: str) -> Response:
    return await client.post("/auth/forgot-password", json={"email": email})


async def reset(client: AsyncClient, token: str, password: str = NEW_PASSWORD) -> Response:
    body = {"token": token, "new_password": password}
    return await client.post("/auth/reset-password", json=body)


async def ask(client: AsyncClient, mailbox: Mailbox, email: str, count: int = 1) -> str:
    assert (await forget(client, email)).status_code == 202
    return token_in(await mailbox.last(email, RESET, count))
