"""Requests that are malformed, oversized or meant for somebody else, over a real socket."""

import pytest

from app.core.errors import PROBLEM_JSON
from tests.support.raw import Answer, request, send
from tests.support.server import Server, StartServer

LIVE = "/health/live"
ME = "/api/v1/users/me"


def is_refused(answer: Answer, status: int) -> bool:
    """Refused before the application: with a problem, all defences on, and goodbye."""
    assert answer.header("content-type") == PROBLEM_JSON
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.closed
    return answer.status == status


STRANGE = ("evil.example", "localhost.", "localhost:99999999", "a@localhost", "localhost, evil")


@pytest.mark.parametrize("host", [*STRANGE, "", "[::1"])
def test_another_name_is_refused(server: Server, host: str) -> None:
    """CORS-06: no link, cookie or cache entry is ever made for a host that is not ours."""
    assert is_refused(send(server.port, request("GET", LIVE, host=host)), 400)


def test_any_name_is_ours_where_a_developer_says_so(start_server: StartServer) -> None:
    """A phone and a tunnel have names for this machine; production refuses to start with it."""
    server = start_server(ALLOWED_HOSTS="*")

    assert send(server.port, request("GET", LIVE, host="evil.example")).status == 200
    assert is_refused(send(server.port, request("GET", LIVE, host="a@localhost")), 400)


def test_a_name_with_a_port_is_ours(server: Server) -> None:
    assert send(server.port, request("GET", LIVE, host=f"LOCALHOST:{server.port}")).status == 200


@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_an_absolute_target_names_no_other_host(server: Server, host: str) -> None:
    """CORS-06: the host of the request line counts as much as the header."""
    other = request("GET", f"http://evil.example{LIVE}", host=host)

    assert is_refused(send(server.port, other), 400)
    assert send(server.port, request("GET", f"http://localhost{LIVE}")).status == 200


@pytest.mark.parametrize("target", ["http://[", "http://[::1", "http://a]/", "http://localhost:x/"])
def test_a_target_that_is_no_address_is_refused(server: Server, target: str) -> None:
    """CORS-06, ERR-01: what cannot be taken apart is refused, and not a bug."""
    assert is_refused(send(server.port, request("GET", target)), 400)


@pytest.mark.parametrize(
    "start",
    [
        "GET /health/live HTTP/1.0\r\n\r\n",
        "GET /health/live HTTP/1.1\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nHost : localhost\r\n\r\n",
        "NONSENSE\r\n\r\n",
    ],
)
def test_there_is_exactly_one_host(server: Server, start: str) -> None:
    """CORS-06: none or two is a question of who is asked first."""
    assert send(server.port, start.encode()).status == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param([("Transfer-Encoding", "chunked"), ("Content-Length", "3")], 400, id="both"),
        pytest.param([("Content-Length", "3"), ("Content-Encoding", "gzip")], 415, id="packed"),
        pytest.param([("Authorization", "Bearer a"), ("Authorization", "Bearer b")], 400, id="two"),
        pytest.param([("If-Match", '"1"'), ("If-Match", '"2"')], 400, id="two versions"),
        pytest.param([("Idempotency-Key", "a"), ("Idempotency-Key", "b")], 400, id="two keys"),
        pytest.param([("X-A", "a" * 20_000)], 431, id="a long header"),
        pytest.param([(f"X-{number}", "a") for number in range(1000)], 431, id="many headers"),
        pytest.param([("Cookie", "; ".join(["a=b"] * 10_000))], 431, id="many cookies"),
    ],
)
def test_headers_that_could_be_read_in_two_ways_or_without_end(
    server: Server, headers: list[tuple[str, str]], status: int
) -> None:
    """DOS-01, DOS-05, DOS-08, JWT-14."""
    assert is_refused(send(server.port, request("POST", ME, headers), b"abc"), status)


def test_a_long_address_is_refused(server: Server) -> None:
    """DOS-05."""
    assert is_refused(send(server.port, request("GET", f"{LIVE}?{'a' * 9000}")), 400)


@pytest.mark.parametrize("path", ["/users%2Fme", "/users%5Cme", "/users\\me", "/users/%00"])
def test_a_path_that_two_programs_read_differently_is_refused(server: Server, path: str) -> None:
    """AUTHZ-11, INPUT-01: what a proxy lets through as one segment is one here too."""
    assert is_refused(send(server.port, request("GET", f"/api/v1{path}")), 400)


@pytest.mark.parametrize(
    "path",
    ["//api/v1/users", "/api/v1/users/", "/API/V1/users", "/api/v1/%2e%2e/users", "/admin/..;/"],
)
def test_no_spelling_leads_around_the_door(server: Server, path: str) -> None:
    """AUTHZ-11: nothing is normalised, redirected or guessed."""
    answer = send(server.port, request("GET", path))

    assert answer.status == 404
    assert answer.header("location") is None


@pytest.mark.parametrize(
    "method", ["TRACE", "CONNECT", "PROPFIND", "JUNK", "get", "PUT", "OPTIONS"]
)
def test_a_method_that_the_address_does_not_take(server: Server, method: str) -> None:
    """HDR-10: Allow names all that is taken, whichever route it is on."""
    answer = send(server.port, request(method, ME))

    assert answer.status == 405
    assert answer.header("allow") == "GET, PATCH, DELETE, HEAD"


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "JUNK"])
def test_a_method_that_nobody_takes(server: Server, method: str) -> None:
    """HDR-10."""
    assert send(server.port, request(method, "/no-such-thing")).status == 501
    assert is_refused(send(server.port, request("CONNECT", "evil.example:443")), 501)


def test_the_method_cannot_be_overridden(server: Server) -> None:
    """AUTHZ-11."""
    headers = [("X-HTTP-Method-Override", "DELETE"), ("X-Method-Override", "DELETE")]

    assert send(server.port, request("POST", f"{ME}", headers)).status == 405


@pytest.mark.parametrize("sent", ["x" * 10_000, "<evil>", "01a20ad7", "", "{}"])
def test_a_request_id_is_a_uuid_or_ours(server: Server, sent: str) -> None:
    """LOG-07: nothing else gets into a log line through it."""
    ours = send(server.port, request("GET", LIVE, [("X-Request-ID", sent)])).header("x-request-id")

    assert ours is not None
    assert ours != sent
    echoed = send(server.port, request("GET", LIVE, [("X-Request-ID", ours)]))
    assert echoed.header("x-request-id") == ours
    assert ours in server.log
