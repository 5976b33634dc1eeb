"""Refuses requests that are malformed, oversized or meant for somebody else, before any work.

It looks at raw headers: frameworks merge, reorder and guess, and two programs that guess
differently are how requests get smuggled.
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.refusal import Refusal, refuse
from app.core.request_target import check_target, host_name, https_url

MAX_HEADERS = 100
MAX_HEADER_BYTES = 16_384

# What may come once only. The server has already refused differing lengths.
SINGLE = frozenset(
    {
        b"authorization",
        b"content-encoding",
        b"content-length",
        b"content-type",
        b"host",
        b"origin",
        b"sec-fetch-site",
        b"transfer-encoding",
        b"x-api-key",
    }
)
CREDENTIALS = (b"authorization", b"cookie", b"x-api-key")
# A load balancer asks from inside the network, where there is no TLS.
OPEN_TO_PLAIN_HTTP = ("/health/live", "/health/ready")

TokenInClear = Callable[[], Awaitable[None]]


class RequestGuard:
    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_hosts: tuple[str, ...],
        force_https: bool,
        on_token_in_clear: TokenInClear,
    ) -> None:
        self._app = app
        self._any_host = "*" in allowed_hosts
        self._hosts = frozenset(host.lower().strip("[]") for host in allowed_hosts)
        self._suffixes = tuple(host[1:].lower() for host in allowed_hosts if host[:2] == "*.")
        self._force_https = force_https
        self._on_token_in_clear = on_token_in_clear

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            found = check_headers(scope)
            check_target(scope, found)
            host = self._check_host(found)
            if self._force_https and scope["scheme"] in ("http", "ws"):
                await self._refuse_plain_http(scope, found, host)
        except Refusal as refusal:
            await refuse(scope, send, refusal)
            return
        await self._app(scope, receive, send)

    def _check_host(self, found: Mapping[bytes, bytes]) -> str:
        host = host_name(found.get(b"host", b""))
        if host in self._hosts or host.endswith(self._suffixes) or (host and self._any_host):
            return host
        raise Refusal(400, "invalid_host", "This server does not answer to that name.")

    async def _refuse_plain_http(
        self, scope: Scope, found: Mapping[bytes, bytes], host: str
    ) -> None:
        if scope["path"] in OPEN_TO_PLAIN_HTTP:
            return
        only_reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if only_reads and not any(name in found for name in CREDENTIALS):
            location = (b"location", https_url(scope, host))
            raise Refusal(308, "https_required", "Use https.", [location])
        if found.get(b"authorization", b"")[:7].lower() == b"bearer ":
            await self._on_token_in_clear()
        # No redirect: a client that follows it would go on sending its token in clear.
        raise Refusal(403, "https_required", "Use https. What you sent can have been read.")


def check_headers(scope: Scope) -> dict[bytes, bytes]:
    """Return the headers, of which those that decide something came once."""
    found: dict[bytes, bytes] = {}
    size = 0
    for name, value in scope["headers"]:
        size += len(name) + len(value)
        if name in found and name in SINGLE:
            raise Refusal(400, "repeated_header", "A header came twice that may come once only.")
        found[name] = value
    if size > MAX_HEADER_BYTES or len(scope["headers"]) > MAX_HEADERS:
        raise Refusal(431, "headers_too_large", "The headers are too large.")
    if b"transfer-encoding" in found and b"content-length" in found:
        raise Refusal(400, "ambiguous_length", "The length of the body is given in two ways.")
    if found.get(b"content-encoding", b"identity").lower() != b"identity":
        # A kilobyte can unpack to a gigabyte.
        raise Refusal(415, "unsupported_encoding", "Send the body without compression.")
    return found
