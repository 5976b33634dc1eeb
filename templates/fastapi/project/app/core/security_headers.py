"""The headers that tell a browser to do nothing with our answers but read them."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.refusal import RESPONSE_STARTS, Header

HSTS: Header = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")
SECURITY_HEADERS: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (
        b"content-security-policy",
        b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
    ),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), "
        b"payment=(), usb=(), browsing-topics=()",
    ),
    (b"x-permitted-cross-domain-policies", b"none"),
    (b"cache-control", b"no-store"),
)


class SecurityHeaders:
    """Adds each header once, to every response; a route that sets its own keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._names = frozenset(name for name, _ in SECURITY_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Over plain http a browser ignores it, and whoever forges the scheme must not set it.
        transport = [HSTS] if scope.get("scheme") in ("https", "wss") else []

        async def send_with_headers(message: Message) -> None:
            if message["type"] in RESPONSE_STARTS:
                headers = message.get("headers", [])
                own = {name for name, _ in headers} & self._names
                missing = [header for header in SECURITY_HEADERS if header[0] not in own]
                message["headers"] = [*headers, *missing, *transport]
            await send(message)

        await self._app(scope, receive, send_with_headers)
