"""What one body may take, in time and in bytes: by the route, decided before anything is read."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from app.core.body_limit import Allowance, BodyLimit


async def through(limit: BodyLimit, receive: Receive, path: str = "/", length: str = "9") -> int:
    """Return the status of one request, made by hand so that time can be short."""
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "headers": [(b"content-length", length.encode())],
    }
    statuses: list[int] = []

    async def keep_status(message: Message) -> None:
        statuses.append(message.get("status", 0))

    await limit(scope, receive, keep_status)
    return statuses[0]


async def read_all(_: Scope, receive: Receive, send: Send) -> None:
    """An application that answers 400 whatever goes wrong with the body, as FastAPI does."""
    status = 200
    try:
        while (await receive())["more_body"]:
            pass
    except Exception:  # the point is that this hides the reason
        status = 400
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def test_a_body_that_drips_is_cut_off() -> None:
    """DOS-02: the time is for the whole body; a byte now and then does not buy more."""
    drops = 0

    async def drip() -> Message:
        nonlocal drops
        await asyncio.sleep(0.02)
        drops += 1
        return {"type": "http.request", "body": b"x", "more_body": True}

    assert await through(BodyLimit(read_all, Allowance(10_000, 0.2), {}), drip) == 408
    # As many as fit, at the most: on a slow machine, fewer come.
    assert drops <= 10


async def test_a_route_may_take_more_than_the_others() -> None:
    """UPLOAD-05: by method and path, decided before anything is read."""
    larger = {("POST", "/files"): Allowance(1000)}
    limit = BodyLimit(read_all, Allowance(10), larger)

    async def whole() -> Message:
        return {"type": "http.request", "body": b"x" * 500, "more_body": False}

    assert await through(limit, whole, "/files", "500") == 200
    assert await through(limit, whole, "/notes", "500") == 413
    assert await through(limit, whole, "/files", "1001") == 413


async def test_a_route_may_hear_of_what_was_refused_in_front_of_it() -> None:
    """LOG-02: it never sees the request."""
    heard = 0

    async def hear() -> None:
        nonlocal heard
        heard += 1

    async def nothing() -> Message:
        raise AssertionError("not a byte is read")

    limit = BodyLimit(read_all, Allowance(10), {("POST", "/files"): Allowance(20, 1, hear)})

    assert await through(limit, nothing, "/files", "21") == 413
    assert await through(limit, nothing, "/notes", "21") == 413
    assert heard == 1
