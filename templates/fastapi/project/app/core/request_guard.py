"""Refuses requests that are malformed, oversized or meant for somebody else, before any work.

It looks at raw headers: frameworks merge, reorder and guess, and two programs that guess
differently are how requests get smuggled.
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.refusal import OnRefused, Refusal, Refused, refuse
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
        b"idempotency-key",
        b"if-match",
        b"origin",
        b"sec-fetch-site",
        b"transfer-encoding",
        b"x-api-key",
    }
)
CREDENTIALS = (b"authorization", b"cookie", b"x-api-key")
# A load balancer asks from inside the network, where there is no TLS.
OPEN_TO_PLAIN_HTTP = ("/health/live", "/health/ready")

REPEATED_HEADER = Refusal(400, "repeated_header", "A header came twice that may come once only.")
HEADERS_TOO_LARGE = Refusal(431, "headers_too_large", "The headers are too large.")
AMBIGUOUS_LENGTH = Refusal(400, "ambiguous_length", "The length of the body is given in two ways.")
UNSUPPORTED_ENCODING = Refusal(415, "unsupported_encoding", "Send the body without compression.")
INVALID_HOST = Refusal(400, "invalid_host", "This server does not answer to that name.")
HTTPS_REQUIRED = Refusal(403, "https_required", "Use https. What you sent can have been read.")

TokenInClear = Callable[[], Awaitable[None]]


class RequestGuard:
    def __init__(
        self,
        app: ASGIApp,
        *,
        allowed_hosts: tuple[str, ...],
        force_https: bool,
        on_token_in_clear: TokenInClear,
        on_refused: OnRefused,
    ) -> None:
        self._app = app
        # For development, behind a tunnel or on a phone; production refuses to start with it.
        self._any_host = "*" in allowed_hosts
        self._hosts = frozenset(host.lower().strip("[]") for host in allowed_hosts)
        self._force_https = force_https
        self._on_token_in_clear = on_token_in_clear
        self._on_refused = on_refused

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
        except Refused as refused:
            await refuse(scope, send, refused.refusal)
            return
        await self._app(scope, receive, send)

    def _check_host(self, found: Mapping[bytes, bytes]) -> str:
        host = host_name(found.get(b"host", b""))
        if host in self._hosts or (host and self._any_host):
            return host
        raise Refused(INVALID_HOST)

    async def _refuse_plain_http(
        self, scope: Scope, found: Mapping[bytes, bytes], host: str
    ) -> None:
        if scope["path"] in OPEN_TO_PLAIN_HTTP:
            return
        only_reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if only_reads and not any(name in found for name in CREDENTIALS):
            location = (b"location", https_url(scope, host))
            raise Refused(Refusal(308, "https_required", "Use https.", (location,)))
        bearer = found.get(b"authorization", b"")[:7].lower() == b"bearer "
        if bearer or b"x-api-key" in found:
            await self._on_token_in_clear()
        else:
            await self._on_refused(scope, HTTPS_REQUIRED)
        # No redirect: a client that follows it would go on sending its token in clear.
        raise Refused(HTTPS_REQUIRED)


def check_headers(scope: Scope) -> dict[bytes, bytes]:
    """Return the headers, of which those that decide something came once."""
    found: dict[bytes, bytes] = {}
    size = 0
    for name, value in scope["headers"]:
        size += len(name) + len(value)
        if name in found and name in SINGLE:
            raise Refused(REPEATED_HEADER)
        found[name] = value
    if size > MAX_HEADER_BYTES or len(scope["headers"]) > MAX_HEADERS:
        raise Refused(HEADERS_TOO_LARGE)
    if b"transfer-encoding" in found and b"content-length" in found:
        raise Refused(AMBIGUOUS_LENGTH)
    if found.get(b"content-encoding", b"identity").lower() != b"identity":
        # A kilobyte can unpack to a gigabyte.
        raise Refused(UNSUPPORTED_ENCODING)
    return found
