"""The sign-in form, read in one way only, as JSON is."""

import pytest
from httpx import AsyncClient, Response

from app.config import Settings
from app.core.strict_form import FORM_BYTES, FormTooLong, parse_form
from tests.support.effort import effort
from tests.support.inspector import Inspector
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


async def test_a_large_form_is_refused_as_too_long(client: AsyncClient, settings: Settings) -> None:
    """DOS-04: by a 422, up to what any body may have."""
    longest = b"username=" + b"%41" * ((FORM_BYTES - 9) // 3)
    large = (FORM_BYTES + 1, settings.max_body_bytes, settings.max_body_bytes + 1)

    answers = [await post(client, longest)]
    answers += [await post(client, longest.ljust(size, b"x")) for size in large]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 413]
    codes = ["invalid_request", "form_too_long", "form_too_long", "content_too_large"]
    assert [answer.json()["code"] for answer in answers] == codes


def test_a_megabyte_of_form_is_not_read() -> None:
    """DOS-04: that would hold up everybody for a quarter of a second."""
    body = b"username=alice&password=" + b"%41" * 340_000

    def refuse() -> None:
        with pytest.raises(FormTooLong):
            parse_form(body)

    assert effort(refuse) < 0.001


async def test_a_megabyte_of_password_is_no_failed_sign_in(
    client: AsyncClient, database: Inspector
) -> None:
    """DOS-04: nothing is hashed, and nothing counted."""
    response = await post(client, b"username=alice&password=" + b"a" * 1_000_000)

    assert response.status_code == 422
    assert await database.count("login_throttles") == 0
