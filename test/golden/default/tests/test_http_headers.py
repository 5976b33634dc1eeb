"""The headers of every answer, whatever it says."""

import json

import pytest

from app.core.errors import PROBLEM_JSON
from tests.support.raw import request, send
from tests.support.server import Server

ORIGIN = ("Origin", "https://elsewhere.example")
JSON = ("Content-Type", "application/json")

EXPECTED = {
    "x-content-type-options": "nosniff",
    "content-security-policy": (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"
    ),
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
    "cache-control": "no-store",
    "vary": "Origin",
}
ABSENT = ("server", "x-powered-by", "x-xss-protection", "expect-ct", "feature-policy")
DENIED = ("camera", "microphone", "geolocation", "browsing-topics")

ANSWERS = {
    "200": request("GET", "/health/live"),
    "200 to HEAD": request("HEAD", "/health/live"),
    "204": request("POST", "/api/v1/auth/logout"),
    "400": request("POST", "/api/v1/auth/register", [JSON, ("Content-Length", "1")]) + b"{",
    "401": request("GET", "/api/v1/users/me"),
    "403": request("POST", "/api/v1/auth/refresh", [ORIGIN]),
    "404": request("GET", "/no-such-thing"),
    "405": request("PUT", "/health/live"),
    "413": request("POST", "/api/v1/auth/register", [JSON, ("Content-Length", "99999999")]),
    "415": request("POST", "/api/v1/auth/register", [("Content-Length", "2")]) + b"{}",
    "422": request("POST", "/api/v1/auth/register", [JSON, ("Content-Length", "2")]) + b"{}",
    "403 to a preflight": request(
        "OPTIONS", "/api/v1/users/me", [ORIGIN, ("Access-Control-Request-Method", "GET")]
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_carries_the_defences_once(server: Server, name: str) -> None:
    """HDR-01, HDR-02, HDR-04, HDR-05, HDR-06, HDR-07, HDR-08."""
    answer = send(server.port, ANSWERS[name])

    assert answer.status == int(name[:3])
    names = [key for key, _ in answer.headers]
    assert len(names) == len(set(names))
    assert EXPECTED.items() <= dict(answer.headers).items()
    assert not set(ABSENT) & set(names)
    policy = answer.header("permissions-policy") or ""
    assert all(f"{feature}=()" in policy for feature in DENIED)
    assert answer.header("x-request-id")


@pytest.mark.parametrize("name", [name for name in ANSWERS if name >= "4"])
def test_every_error_has_one_shape(server: Server, name: str) -> None:
    """ERR-03, HDR-07."""
    answer = send(server.port, ANSWERS[name])

    assert answer.header("content-type") == PROBLEM_JSON
    problem = json.loads(answer.body)
    assert problem.keys() >= {"type", "title", "status", "detail", "code", "request_id"}
    assert problem["status"] == answer.status
    assert problem["request_id"] == answer.header("x-request-id")


def test_an_empty_answer_has_no_type(server: Server) -> None:
    """HDR-07."""
    answer = send(server.port, ANSWERS["204"])

    assert answer.header("content-type") is None
    assert answer.body == b""


def test_head_is_get_without_the_body(server: Server) -> None:
    get, head = (send(server.port, ANSWERS[name]) for name in ("200", "200 to HEAD"))

    varying = {"date", "x-request-id"}
    assert {item for item in head.headers if item[0] not in varying} == {
        item for item in get.headers if item[0] not in varying
    }


def test_nothing_is_packed(server: Server) -> None:
    """DOS-08: a secret beside reflected input must not change the size of the answer."""
    answer = send(server.port, request("GET", "/openapi.json", [("Accept-Encoding", "gzip, br")]))

    assert answer.header("content-encoding") is None
