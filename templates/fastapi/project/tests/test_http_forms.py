"""The sign-in form, read in one way only, as JSON is."""

import pytest
from httpx import AsyncClient, Response

from tests.support.people import Browser, register

FORM = "application/x-www-form-urlencoded"


async def post(client: AsyncClient, content: bytes) -> Response:
    return await client.post("/auth/login", content=content, headers={"Content-Type": FORM})


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"username=a&username=alice&password=b", id="a name twice"),
        pytest.param(b"username=a&user%6eame=alice&password=b", id="twice in two spellings"),
        pytest.param(b"username=a&password=%ed%a0%80", id="lone surrogate"),
        pytest.param(b"username=%ff&password=b", id="not UTF-8"),
        pytest.param(b"username=\xff&password=b", id="raw bytes that are not UTF-8"),
        pytest.param(b"&".join(b"a%d=1" % number for number in range(200)), id="many names"),
    ],
)
async def test_a_form_that_two_parsers_read_differently_is_refused(
    client: AsyncClient, body: bytes
) -> None:
    """INPUT-02, INPUT-07: with replacement characters, two passwords would be one."""
    response = await post(client, body)

    assert response.status_code == 400
    assert response.json()["code"] == "malformed_form"


@pytest.mark.parametrize("sent", ["cafés lantern harbour", "caf%C3%A9s+lantern%20harbour"])
async def test_a_form_is_utf_8_written_in_either_way(browser: Browser, sent: str) -> None:
    """curl -d sends the letters as they are."""
    await register(browser(), "carol", "cafés lantern harbour")

    response = await post(browser(), f"username=carol&password={sent}".encode())

    assert response.status_code == 200
