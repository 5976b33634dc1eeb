"""What the form of signing in takes."""

import pytest
from httpx import AsyncClient

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("otp", ["1" * 65, "12%0045", "%ff", "%ED%A0%80", "1&otp=2"])
async def test_a_code_that_is_no_short_text_is_refused(client: AsyncClient, otp: str) -> None:
    """INPUT-01, DOS-04."""
    form = f"username=alice&password=x&otp={otp}"

    response = await client.post("/auth/login", content=form, headers=FORM)

    assert response.status_code in (400, 422)
