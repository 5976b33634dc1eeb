"""How the value of a variable is written, and how it is read."""

from ipaddress import ip_network

import pytest

from tests.support.configured import cheap_settings, new_encryption_key, settings_from


def test_an_empty_variable_is_unset() -> None:
    settings = settings_from({"FORCE_HTTPS": "", "WEB_CONCURRENCY": "", "ALLOWED_HOSTS": ""})

    assert settings.force_https
    assert settings.web_concurrency == 2
    assert settings.allowed_hosts == ("localhost", "127.0.0.1")


def test_the_log_level_may_be_written_small() -> None:
    assert cheap_settings(LOG_LEVEL="debug").log_level == "DEBUG"


def test_lists_are_separated_by_commas() -> None:
    settings = settings_from(
        {
            "ALLOWED_HOSTS": "api.example.com, localhost,",
            "CORS_ORIGINS": "https://a.example.com,https://b.example.com",
            "TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.1, 2001:db8::/32",
            "SECRET_KEY_PREVIOUS": "one,two",
        }
    )

    assert settings.allowed_hosts == ("api.example.com", "localhost")
    assert settings.cors_origins == ("https://a.example.com", "https://b.example.com")
    assert settings.trusted_proxies == (
        ip_network("10.0.0.0/8"),
        ip_network("192.0.2.1/32"),
        ip_network("2001:db8::/32"),
    )
    assert [old.get_secret_value() for old in settings.secret_key_previous] == ["one", "two"]


def test_encryption_keys_have_an_id_and_32_bytes() -> None:
    settings = settings_from(
        {"ENCRYPTION_KEYS": f"{new_encryption_key('new')},{new_encryption_key('2025-old')}"}
    )

    assert [key.id for key in settings.encryption_keys] == ["new", "2025-old"]
    assert {len(key.secret) for key in settings.encryption_keys} == {32}


@pytest.mark.parametrize(
    ("url", "complete"),
    [
        ("redis://redis.example.com/0", "redis://redis.example.com:6379/0"),
        ("rediss://:secret@host", "rediss://:secret@host:6379"),
        ("redis://host:7000/2", "redis://host:7000/2"),
        ("", ""),
    ],
)
def test_the_port_of_redis_may_be_left_out(url: str, complete: str) -> None:
    assert settings_from({"REDIS_URL": url}).redis_url.get_secret_value() == complete
