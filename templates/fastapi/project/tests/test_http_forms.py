"""The sign-in form, read in one way only, as JSON is."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.api.routing import FORM_BYTES, own_bodies
from app.config import Settings
from app.core.body_limit import Allowance
from tests.support.people import PASSWORD, Browser, register

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


@pytest.mark.parametrize("sent", ["é {}", "%C3%A9+{}", "%C3%A9%20{}"])
async def test_a_form_is_utf_8_written_in_either_way(browser: Browser, sent: str) -> None:
    """curl -d sends the letters as they are."""
    await register(browser(), "carol", f"é {PASSWORD}")

    password = sent.format(PASSWORD)
    response = await post(browser(), f"username=carol&password={password}".encode())

    assert response.status_code == 200


async def test_a_form_is_small(client: AsyncClient) -> None:
    """DOS-01: a megabyte of it would hold up everybody for a quarter of a second."""
    longest = b"username=" + b"%41" * ((FORM_BYTES - 9) // 3)

    assert (await post(client, longest)).status_code == 422
    assert (await post(client, longest.ljust(FORM_BYTES + 1, b"x"))).status_code == 413


async def test_no_form_is_larger_than_any_body(api: FastAPI, settings: Settings) -> None:
    small = settings.model_copy(update={"max_body_bytes": 1024})

    assert own_bodies(api, small)["POST", "/api/v1/auth/login"] == Allowance(1024)
