"""Who is at the other end, believing only the proxies that the operator named."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from starlette.types import Scope

Network = IPv4Network | IPv6Network

# A server on a unix socket sees no peer address; whoever reaches the socket is on this machine.
UNIX_SOCKET_PEER = "127.0.0.1"


class Client(NamedTuple):
    address: str
    scheme: str


class ProxyTrust:
    """Reads ``X-Forwarded-*`` where the peer is a trusted proxy, and ignores it elsewhere.

    The server's own parser stays off: uvicorn trusts 127.0.0.1 by default, so that any local
    process could choose its address.
    """

    def __init__(self, trusted: Iterable[Network]) -> None:
        self._trusted = tuple(trusted)

    def client_of(self, scope: Scope) -> Client:
        peer = scope["client"][0] if scope.get("client") else UNIX_SOCKET_PEER
        if not self._trusted or not self._is_trusted(peer):
            return Client(_normal(peer) or peer, scope["scheme"])
        headers = scope["headers"]
        return Client(
            self._right_most_untrusted(peer, _values(headers, b"x-forwarded-for")),
            _scheme(_values(headers, b"x-forwarded-proto")) or scope["scheme"],
        )

    def _is_trusted(self, address: str) -> bool:
        parsed = _parse(address)
        return parsed is not None and any(
            parsed in network for network in self._trusted if network.version == parsed.version
        )

    def _right_most_untrusted(self, peer: str, hops: list[str]) -> str:
        client = _normal(peer) or peer
        for hop in reversed(hops):
            address = _normal(_without_port(hop))
            if address is None:
                # Whoever wrote this hop is no proxy of ours: believe nothing further left.
                break
            client = address
            if not self._is_trusted(address):
                break
        return client


@lru_cache(maxsize=4096)
def rate_key(address: str) -> str:
    """Count an IPv6 customer as one: a /64 is what a single line gets, and it is free to roam."""
    parsed = _parse(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed.packed, 64), strict=False))
    return address


@lru_cache(maxsize=4096)
def _parse(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    return parsed


def _normal(address: str) -> str | None:
    parsed = _parse(address)
    return None if parsed is None else str(parsed)


def _without_port(hop: str) -> str:
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[str]:
    """Join repeated headers: a list split over two lines is one list (RFC 9110, 5.3)."""
    joined = b",".join(value for key, value in headers if key == name)
    return [part.strip() for part in joined.decode("latin-1").split(",") if part.strip()]


def _scheme(values: list[str]) -> str | None:
    """Take the last value: the one that the nearest, trusted proxy wrote."""
    last = values[-1].lower() if values else ""
    return last if last in ("http", "https") else None
