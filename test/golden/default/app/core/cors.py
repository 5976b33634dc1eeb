"""Which other sites may read our answers: those listed, by exact name, and no others."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.refusal import Header, Refusal, refuse

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
    """Wrapped around the application, so that errors carry the headers too."""

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
        origin = _header(scope, b"origin")
        answer = self._answers.get(origin, [VARY]) if origin else [VARY]
        if origin and scope["method"] == "OPTIONS":
            wanted = _header(scope, b"access-control-request-method")
            if wanted:
                await self._preflight(scope, send, answer, wanted)
                return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *answer]
            await send(message)

        await self._app(scope, receive, send_with_headers)

    async def _preflight(
        self, scope: Scope, send: Send, answer: list[Header], wanted: bytes
    ) -> None:
        headers = _header(scope, b"access-control-request-headers").decode("latin-1").lower()
        names = {name.strip() for name in headers.split(",") if name.strip()}
        is_listed = len(answer) > 1
        if not is_listed or wanted.decode("latin-1") not in METHODS or names - {*REQUEST_HEADERS}:
            refusal = Refusal(403, "cors_refused", "Not from that site, or not like that.", answer)
            await refuse(scope, send, refusal)
            return
        start = {"type": "http.response.start", "status": 204, "headers": answer + PREFLIGHT}
        await send(start)
        await send({"type": "http.response.body", "body": b""})


PREFLIGHT: list[Header] = [
    (b"access-control-allow-methods", ", ".join(METHODS).encode()),
    (b"access-control-allow-headers", ", ".join(REQUEST_HEADERS).encode()),
    (b"access-control-max-age", str(MAX_AGE_SECONDS).encode()),
]


def _header(scope: Scope, name: bytes) -> bytes:
    for key, value in scope["headers"]:
        if key == name:
            found: bytes = value
            return found
    return b""
