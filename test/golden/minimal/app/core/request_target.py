"""What a request asks for, read in one way only."""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from starlette.types import Scope

from app.core.refusal import Refusal, Refused

MAX_URL_BYTES = 8192

# Written as %2F, a slash is one segment to a proxy and two to us; NUL ends strings in C.
AMBIGUOUS_IN_PATHS = re.compile(rb"%2f|%5c|%00|\\", re.IGNORECASE)

# Every operation declares 400; to a client a long address is one more value that is not valid.
URI_TOO_LONG = Refusal(400, "uri_too_long", "The address is too long.")
AMBIGUOUS_PATH = Refusal(400, "ambiguous_path", "The path can be read in two ways.")
NO_PROXY = Refusal(501, "not_implemented", "This server is no proxy.")
INVALID_TARGET = Refusal(400, "invalid_target", "The request line names another place.")

_HOST = re.compile(rb"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?", re.IGNORECASE)


def check_target(scope: Scope, found: Mapping[bytes, bytes]) -> None:
    if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_URL_BYTES:
        raise Refused(URI_TOO_LONG)
    if scope["raw_path"][:1] != b"/":
        _make_relative(scope, found)
    if AMBIGUOUS_IN_PATHS.search(scope["raw_path"]):
        raise Refused(AMBIGUOUS_PATH)


@lru_cache(maxsize=256)
def host_name(host: bytes) -> str:
    """Return the name in a Host header without its port, or nothing where it is no name."""
    match = _HOST.fullmatch(host)
    return match[1].decode().lower().strip("[]") if match else ""


def https_url(scope: Scope, host: str) -> bytes:
    """Return the same address on https, on its standard port: ours serves plain http."""
    authority = f"[{host}]" if ":" in host else host
    query: bytes = scope["query_string"]
    url: bytes = b"https://" + authority.encode() + scope["raw_path"]
    return url + b"?" + query if query else url


def _make_relative(scope: Scope, found: Mapping[bytes, bytes]) -> None:
    """Take the absolute form that proxies use, where it names the same host as the header."""
    if scope.get("method") == "CONNECT":
        raise Refused(NO_PROXY)
    raw_path: bytes = scope["raw_path"]
    try:
        target = urlsplit(raw_path)
    except ValueError:
        raise Refused(INVALID_TARGET) from None
    if target.scheme.lower() not in (b"http", b"https") or target.netloc != found.get(b"host"):
        raise Refused(INVALID_TARGET)
    scope["raw_path"] = target.path or b"/"
    scope["path"] = unquote(scope["raw_path"].decode("ascii"))
