"""How the defences in front of the application refuse, and what of it outlives the request."""

import gc
import weakref
from collections.abc import Iterator
from importlib import import_module

import pytest
from httpx import AsyncClient
from starlette.types import Message, Receive, Scope, Send

from app.core.body_limit import Allowance, BodyLimit
from app.core.refusal import Refused
from tests.support.source import modules

LIMIT = 10
LIVE = "https://localhost/health/live"


def kept_exceptions() -> Iterator[str]:
    """Find the exceptions that live as long as the program, in modules and in classes."""
    for path in {module.path for module in modules("app")}:
        module = import_module(path.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
        classes = [value for value in vars(module).values() if isinstance(value, type)]
        for holder in (module, *classes):
            for name, value in vars(holder).items():
                if isinstance(value, BaseException):
                    yield f"{path}: {name}"


def test_no_exception_is_made_before_it_is_raised() -> None:
    """DOS-01: its traceback would grow with every request, and keep what was sent."""
    assert not list(kept_exceptions())


class Body(bytearray):
    """Bytes, and unlike others of them, they can be asked for: are they still here?"""


async def keeps_what_it_reads(_: Scope, receive: Receive, __: Send) -> None:
    while True:
        message = await receive()
        assert message["type"] == "http.request"


async def test_nothing_of_a_refused_body_is_kept() -> None:
    """DOS-01: else a client fills the memory with bodies that are too large."""
    bodies: list[weakref.ref[Body]] = []
    refused = 0

    async def endless() -> Message:
        body = Body(b"x" * LIMIT)
        bodies.append(weakref.ref(body))
        return {"type": "http.request", "body": body, "more_body": True}

    async def unheard(_: Message) -> None:
        return None

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "headers": [(b"transfer-encoding", b"chunked")],
    }
    for _ in range(5):
        try:
            await BodyLimit(keeps_what_it_reads, Allowance(LIMIT), {})(scope, endless, unheard)
        except Refused:
            refused += 1
    gc.collect()

    assert (refused, len(bodies)) == (5, 10)
    assert [body() for body in bodies if body() is not None] == []


@pytest.mark.parametrize("defence", ["request_guard.check_target", "cors._asks_for_listed_headers"])
@pytest.mark.environment(CORS_ORIGINS="https://app.example")
async def test_a_bug_in_a_defence_is_a_problem_too(
    client: AsyncClient, monkeypatch: pytest.MonkeyPatch, defence: str
) -> None:
    """ERR-01, HDR-01: what stands in front of the application is code as well."""
    monkeypatch.setattr(f"app.core.{defence}", lambda *_: 1 / 0)
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "GET"}

    response = await client.options(LIVE, headers=asked)

    assert (response.status_code, response.json()["code"]) == (500, "internal_error")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Access-Control-Allow-Origin"] == "https://app.example"
    assert response.json()["request_id"] == response.headers["X-Request-ID"]
