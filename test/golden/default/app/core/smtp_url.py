"""How a mail server is written: ``smtp://user:password@host:587``, or ``smtps`` and 465."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
PARAMETERS = {"tls", "cafile"}

Security = Literal["none", "starttls", "tls"]


class InvalidSmtpUrl(ValueError):
    """A sentence that does not repeat the URL, which holds a password."""


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    cafile: str | None = None

    @property
    def is_this_machine(self) -> bool:
        return self.host in THIS_MACHINE


def read_smtp_url(url: str) -> SmtpServer:
    """Read ``smtp``, which demands STARTTLS from another machine, or ``smtps``."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
        parameters = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except (KeyError, ValueError):
        raise _misspelt() from None
    if not parts.hostname or parts.path.strip("/") or parameters.keys() - PARAMETERS:
        raise _misspelt()
    return SmtpServer(
        host=parts.hostname,
        port=port,
        security=_security(parts, parameters.get("tls")),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        cafile=parameters.get("cafile"),
    )


def _misspelt() -> InvalidSmtpUrl:
    form = "smtp://user:password@host:587 or smtps://user:password@host:465"
    return InvalidSmtpUrl(f"is written like {form}")


def _security(parts: SplitResult, wanted: str | None) -> Security:
    if parts.scheme == "smtps" and wanted is None:
        return "tls"
    if parts.scheme == "smtps" or wanted not in (None, "none", "starttls"):
        raise InvalidSmtpUrl("has tls=, which is none or starttls and belongs to smtp://")
    # What never leaves the machine cannot be listened to on its way.
    plain = wanted == "none" or (wanted is None and parts.hostname in THIS_MACHINE)
    return "none" if plain else "starttls"
