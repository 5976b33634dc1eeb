"""Bodies: one content type, one reading, and nothing of them in an error."""

import json
import time

import pytest
from httpx import AsyncClient, Response

from app.core.errors import PROBLEM_JSON
from app.core.strict_json import MalformedJson, parse_json

REGISTER = "/auth/register"
SECRET = "correct horse battery staple"
GOOD = {"email": "carol@example.com", "username": "carol", "password": SECRET}
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


async def post(client: AsyncClient, content: bytes, content_type: str | None = JSON) -> Response:
    headers = {} if content_type is None else {"Content-Type": content_type}
    return await client.post(REGISTER, content=content, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 1' + b"0" * 40 + b"}",
        b'{"a": 0.' + b"1" * 5000 + b"}",
        b'{"role": "user", "role": "admin"}',
        b"\xef\xbb\xbf{}",
        '{"a": 1}'.encode("utf-16"),
        b'"\xff"',
        b'{"a": "\x00"}',
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000 + b"]" * 100_000,
        b"{" + b",".join(b'"%d":1' % number for number in range(1001)) + b"}",
        b"[" + b"[]," * 300_000 + b"[]]",
    ],
)
async def test_json_that_two_parsers_read_differently_is_refused(
    client: AsyncClient, body: bytes
) -> None:
    """INPUT-03, INPUT-06, INPUT-07, INPUT-08: 400, at once, and the process lives on."""
    started = time.process_time()
    response = await post(client, body)

    assert response.status_code == 400
    assert response.json()["code"] == "malformed_json"
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"email": "a\\u0000b"}', id="NUL"),
        pytest.param('{"password": "\\ud800"}', id="half a pair"),
        pytest.param('{"\\ud800": 1}', id="half a pair in a name"),
        pytest.param("[]", id="a list"),
        pytest.param("null", id="null"),
        pytest.param('{"email": true, "username": 1, "password": ["a"]}', id="other types"),
    ],
)
async def test_well_formed_json_that_is_no_account(client: AsyncClient, body: str) -> None:
    """INPUT-01, INPUT-02, INPUT-10."""
    response = await post(client, body.encode())

    assert response.status_code == 422
    assert response.headers["Content-Type"] == PROBLEM_JSON
    assert response.json()["errors"]


def test_a_whole_surrogate_pair_is_a_character() -> None:
    assert parse_json(b'{"a": ["\\ud83d\\ude00", 1, -2.5, true, null]}') == {
        "a": ["\N{GRINNING FACE}", 1, -2.5, True, None]
    }


def test_brackets_in_a_string_are_no_nesting() -> None:
    text = '[{"' * 100_000
    assert parse_json(json.dumps({"a": text}).encode()) == {"a": text}
    with pytest.raises(MalformedJson):
        parse_json(b'"' + b'\\"[' * 100_000)


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "text/json",
        "application/json-patch+json",
        "application/json; charset=utf-16",
        "application/json, text/plain",
        FORM,
        "multipart/form-data; boundary=a",
    ],
)
async def test_json_says_that_it_is_json(client: AsyncClient, content_type: str | None) -> None:
    """INPUT-09: what a browser may send to another site without asking is not read."""
    response = await post(client, json.dumps(GOOD).encode(), content_type)

    assert response.status_code == 415
    assert response.headers["Content-Type"] == PROBLEM_JSON


@pytest.mark.parametrize("content_type", [JSON, "application/json; charset=utf-8"])
async def test_json_in_utf_8_is_read(client: AsyncClient, content_type: str) -> None:
    assert (await post(client, json.dumps(GOOD).encode(), content_type)).status_code == 201


@pytest.mark.parametrize(
    "body",
    [{"password": SECRET}, GOOD | {"username": "x y"}, GOOD | {"extra": SECRET}],
)
async def test_what_was_sent_is_not_repeated(client: AsyncClient, body: dict[str, str]) -> None:
    """ERR-02: not the password, and no other value."""
    response = await client.post(REGISTER, json=body)

    assert response.status_code == 422
    assert SECRET not in response.text
    assert {frozenset(error) for error in response.json()["errors"]} == {
        frozenset({"loc", "type", "msg"})
    }


async def test_the_echo_of_names_is_bounded(client: AsyncClient) -> None:
    """ERR-04."""
    body = {f"<script>{'x' * 5000}{number}": 1 for number in range(200)}
    response = await client.post(REGISTER, json=body)

    assert response.status_code == 422
    assert len(response.content) < 10_000
    assert len(response.json()["errors"]) == 20
