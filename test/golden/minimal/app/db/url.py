"""From the URL that people write to the one that our drivers understand."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}
TLS_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


class InvalidDatabaseURL(ValueError):
    """A sentence without the URL, which holds a password."""


@dataclass(frozen=True, slots=True)
class Database:
    """Where the data is, and how the connection proves that it is the right place."""

    url: URL
    tls_mode: str = ""
    tls_root_certificate: str = field(default="", repr=False)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def is_local(self) -> bool:
        # An absolute path is a Unix socket.
        host = self.url.host or str(self.url.query.get("host", ""))
        return host in LOCAL_HOSTS or host.startswith("/") or not host

    def tls(self) -> ssl.SSLContext | str | None:
        """Translate ``sslmode``: asyncpg wants a context, and verifies nothing by name alone."""
        if self.tls_mode in ("verify-full", "verify-ca"):
            context = ssl.create_default_context(cafile=self.tls_root_certificate or None)
            context.minimum_version = ssl.TLSVersion.TLSv1_2
            context.check_hostname = self.tls_mode == "verify-full"
            return context
        return self.tls_mode or None


def read_database_url(text: str, root: Path) -> Database:
    """Complete a URL with our driver; a relative SQLite path starts at the project."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise InvalidDatabaseURL("is not a database URL") from None
    driver = DRIVERS.get(url.drivername)
    if driver is None:
        raise InvalidDatabaseURL("names neither postgresql:// nor sqlite:///")
    url = url.set(drivername=driver)
    if driver == "sqlite+aiosqlite":
        return Database(url.set(database=_sqlite_file(url.database, root)))
    if url.host and "host" in url.query:
        # The driver takes the second; whoever reads the URL, and our check of TLS, the first.
        raise InvalidDatabaseURL("names a host twice")
    mode = str(url.query.get("sslmode", ""))
    if mode and mode not in TLS_MODES:
        raise InvalidDatabaseURL("has an sslmode that PostgreSQL does not know")
    certificate = str(url.query.get("sslrootcert", ""))
    if certificate == "system":
        certificate = ""
    url = url.difference_update_query(["sslmode", "sslrootcert"])
    return Database(url, mode, certificate)


def _sqlite_file(database: str | None, root: Path) -> str:
    if not database or database == ":memory:":
        raise InvalidDatabaseURL("names no file; a database in memory is lost between connections")
    return str(root / database)
