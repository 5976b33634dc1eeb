"""How the environment is read."""

from ipaddress import ip_network

import pytest
from pydantic import ValidationError

from app.config import Settings
from app.core.constants import Environment, Role
from tests.support.configured import cheap_settings, new_encryption_key, settings_from


def test_nothing_set_means_production_and_its_defaults() -> None:
    """CONF-03: whoever forgets a variable gets the strict side of every switch."""
    settings = settings_from({})

    assert settings.environment is Environment.PRODUCTION
    assert settings.force_https
    assert not settings.shows_docs
    assert not settings.debug
    assert settings.log_format == "json"
    assert settings.cors_origins == ()
    assert settings.trusted_proxies == ()


@pytest.mark.parametrize("name", ["prod", "Production ", "PRODUCTION", "dev", "", "testing"])
def test_any_other_environment_is_refused(name: str) -> None:
    """CONF-03: a misspelt name is never development."""
    with pytest.raises(ValidationError):
        settings_from({"ENVIRONMENT": name})


def test_development_shows_the_docs_and_speaks_plain_http() -> None:
    settings = settings_from({"ENVIRONMENT": "development"})

    assert settings.shows_docs
    assert not settings.force_https
    assert settings.log_format == "console"


def test_switches_obey_in_both_directions() -> None:
    development = settings_from({"ENVIRONMENT": "development", "ENABLE_DOCS": "false"})
    production = settings_from({"ENABLE_DOCS": "true", "FORCE_HTTPS": "false"})

    assert not development.shows_docs
    assert production.shows_docs
    assert not production.force_https


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


def test_administrators_sign_in_more_often() -> None:
    settings = cheap_settings()

    assert settings.session_idle(Role.USER).days == 14
    assert settings.session_lifetime(Role.USER).days == 30
    assert settings.session_idle(Role.ADMIN).total_seconds() == 12 * 3600
    assert settings.session_lifetime(Role.ADMIN).days == 1


def test_no_secret_is_in_the_text_of_the_settings() -> None:
    """LOG-01: a settings object that ends up in a log line tells nothing."""
    settings = cheap_settings(
        DATABASE_URL="postgresql://app:hidden-word@db/app", SECRET_KEY_PREVIOUS="older-word"
    )

    shown = repr(settings) + str(settings.model_dump())
    secrets = settings.secret_values()

    assert {"hidden-word", "older-word"} <= secrets
    assert [secret for secret in secrets if secret in shown] == []


def test_settings_do_not_change_while_the_application_runs() -> None:
    settings: Settings = cheap_settings()

    with pytest.raises(ValidationError):
        settings.debug = True  # type: ignore[misc]  # the point of the test
