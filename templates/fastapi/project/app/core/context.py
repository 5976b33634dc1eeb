"""Who is asking: known to the whole request without being passed through every function."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestContext:
    """What audit events and log lines say about a request."""

    request_id: str
    client: str
    """The full address of the client; shorten it with ``coarse_address`` before storing it."""
    scheme: str = "http"
    user_agent: str = ""
    wants_content: bool = True
    """Whether more than the head of the answer goes out."""


OUTSIDE_REQUESTS = RequestContext(request_id="", client="")

_current: ContextVar[RequestContext] = ContextVar("request_context", default=OUTSIDE_REQUESTS)


def current_context() -> RequestContext:
    return _current.get()


@contextmanager
def request_context(context: RequestContext) -> Iterator[None]:
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)
