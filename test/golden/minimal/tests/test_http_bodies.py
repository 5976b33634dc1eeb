"""How much of a body a server reads, before it refuses and after."""

import pytest

from tests.support.raw import request, send
from tests.support.server import Server

REGISTER = "/api/v1/auth/register"
ME = "/api/v1/users/me"
JSON = ("Content-Type", "application/json")
CHUNKED = [JSON, ("Transfer-Encoding", "chunked")]
LIMIT = 1024**2

CHUNK = b"10000\r\n" + b"x" * 65_536 + b"\r\n"


def test_a_length_beyond_the_limit_is_refused_unread(server: Server) -> None:
    """DOS-01, UPLOAD-05: not a byte is waited for, and the connection ends."""
    answer = send(
        server.port, request("POST", REGISTER, [JSON, ("Content-Length", f"{LIMIT + 1}")])
    )

    assert answer.status == 413
    assert answer.closed


def test_a_body_of_unknown_length_is_counted(server: Server) -> None:
    """DOS-01, UPLOAD-06."""
    answer = send(server.port, request("POST", REGISTER, CHUNKED), *[CHUNK] * 64)

    assert answer.status == 413
    assert answer.closed


def test_a_body_within_the_limit_is_read(server: Server) -> None:
    headers = [JSON, ("Content-Length", f"{LIMIT}")]

    assert send(server.port, request("POST", REGISTER, headers), b"x" * LIMIT).status == 400


@pytest.mark.parametrize("headers", [CHUNKED, [JSON, ("Content-Length", "900000")]])
def test_a_stranger_is_refused_before_the_body(
    server: Server, headers: list[tuple[str, str]]
) -> None:
    """AUTHZ-01: nothing is parsed for somebody who may not come in."""
    answer = send(server.port, request("PATCH", ME, headers), CHUNK)

    assert answer.status == 401
    assert answer.closed


def test_a_small_body_costs_no_connection(server: Server) -> None:
    answer = send(server.port, request("PATCH", ME, [JSON, ("Content-Length", "9")]), b"{" * 9)

    assert answer.status == 401
    assert not answer.closed


def test_nobody_is_asked_to_send_a_body_in_vain(server: Server) -> None:
    """``Expect: 100-continue`` is answered with the refusal."""
    headers = [JSON, ("Content-Length", "100"), ("Expect", "100-continue")]

    assert send(server.port, request("PATCH", ME, headers)).status == 401


def test_more_than_the_length_said_is_another_request(server: Server) -> None:
    """DOS-01: the rest is read as HTTP, which it is not."""
    head = request("POST", REGISTER, [JSON, ("Content-Length", "2")])

    assert send(server.port, head, b"{}GARBAGE\r\n\r\n").status in (400, 422)
    assert send(server.port, request("GET", "/health/live")).status == 200
