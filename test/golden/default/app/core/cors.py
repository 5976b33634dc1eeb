"""Which other sites may read our answers: those listed, by exact name, and no others."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.refusal import Header, OnRefused, Refusal, refuse, unread

METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")
REQUEST_HEADERS = (
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "x-request-id",
)
RESPONSE_HEADERS = b"ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-ID"
MAX_AGE_SECONDS = 600

# On every answer, also to strangers: a cache must not hand them somebody else's.
VARY: Header = (b"vary", b"Origin")


class Cors:
    """Says on every answer who may read it; refusals and errors are answers too."""

    def __init__(self, app: ASGIApp, origins: Iterable[str]) -> None:
        self._app = app
        self._answers = {
            origin.encode(): [
                VARY,
                (b"access-control-allow-origin", origin.encode()),
                # The refresh token is a cookie.
                (b"access-control-allow-credentials", b"true"),
                (b"access-control-expose-headers", RESPONSE_HEADERS),
            ]
            for origin in origins
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._answers.get(_header(scope, b"origin"), [VARY])

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *answer]
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Preflight:
    """Answers a browser's question before a request; behind the check of the host."""

    def __init__(self, app: ASGIApp, origins: Iterable[str], on_refused: OnRefused) -> None:
        self._app = app
        self._on_refused = on_refused
        self._origins = frozenset(origin.encode() for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "OPTIONS":
            await self._app(scope, receive, send)
            return
        origin = _header(scope, b"origin")
        wanted = _header(scope, b"access-control-request-method").decode("latin-1")
        if not origin or not wanted:
            await self._app(scope, receive, send)
        elif origin in self._origins and wanted in METHODS and _asks_for_listed_headers(scope):
            headers = [*PREFLIGHT, *unread(scope)]
            await send({"type": "http.response.start", "status": 204, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._on_refused(scope, NOT_LISTED)
            await refuse(scope, send, NOT_LISTED)


NOT_LISTED = Refusal(403, "cors_refused", "Not from that site, or not like that.", ())
PREFLIGHT: list[Header] = [
    (b"access-control-allow-methods", ", ".join(METHODS).encode()),
    (b"access-control-allow-headers", ", ".join(REQUEST_HEADERS).encode()),
    (b"access-control-max-age", str(MAX_AGE_SECONDS).encode()),
]


def _asks_for_listed_headers(scope: Scope) -> bool:
    asked = _header(scope, b"access-control-request-headers").decode("latin-1").lower()
    return {name.strip() for name in asked.split(",") if name.strip()} <= {*REQUEST_HEADERS}


def _header(scope: Scope, name: bytes) -> bytes:
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found
    return b""
