"""Whose address counts: RATE-02 and RATE-04."""

from ipaddress import ip_network

import pytest

from app.core.client_address import ProxyTrust, rate_key

NETWORKS = (ip_network("10.0.0.0/8"), ip_network("127.0.0.1"), ip_network("2001:db8:ffff::/48"))


def client_of(peer: str | None, *forwarded: str, trusted: bool = True) -> str:
    scope = {
        "type": "http",
        "scheme": "http",
        "client": None if peer is None else (peer, 1234),
        "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded],
    }
    return ProxyTrust(NETWORKS if trusted else ()).client_of(scope).address


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        pytest.param("10.1.1.1", ["6.6.6.6, 7.7.7.7"], "7.7.7.7", id="the right-most stranger"),
        pytest.param("10.1.1.1", ["6.6.6.6, 7.7.7.7, 10.2.2.2"], "7.7.7.7", id="two proxies"),
        pytest.param("10.1.1.1", ["6.6.6.6", "7.7.7.7"], "7.7.7.7", id="a header twice"),
        pytest.param("10.1.1.1", ["7.7.7.7:4711"], "7.7.7.7", id="with a port"),
        pytest.param("10.1.1.1", ["[2001:db8::1]:4711"], "2001:db8::1", id="IPv6 with a port"),
        pytest.param("10.1.1.1", ["7.7.7.7, unknown, 10.2.2.2"], "10.2.2.2", id="no address"),
        pytest.param("10.1.1.1", ["' OR 1=1--"], "10.1.1.1", id="nonsense"),
        pytest.param("10.1.1.1", [], "10.1.1.1", id="nothing forwarded"),
        pytest.param("2001:db8:ffff::1", ["7.7.7.7"], "7.7.7.7", id="IPv6 proxy"),
        pytest.param("::ffff:10.1.1.1", ["7.7.7.7"], "7.7.7.7", id="IPv4 in IPv6"),
        pytest.param("9.9.9.9", ["7.7.7.7"], "9.9.9.9", id="not our proxy"),
        pytest.param(None, ["7.7.7.7"], "7.7.7.7", id="unix socket"),
    ],
)
def test_the_client_is_the_right_most_address_that_is_no_proxy_of_ours(
    peer: str | None, forwarded: list[str], client: str
) -> None:
    assert client_of(peer, *forwarded) == client


def test_without_proxies_nobody_is_believed() -> None:
    assert client_of("127.0.0.1", "7.7.7.7", trusted=False) == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_line_is_counted_as_one(address: str, key: str) -> None:
    assert rate_key(address) == key
