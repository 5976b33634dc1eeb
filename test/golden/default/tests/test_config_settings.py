"""What the settings are in each environment, and what they show and allow."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.core.constants import Environment, Role
from tests.support.configured import cheap_settings, settings_from


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
    settings: Any = cheap_settings()

    with pytest.raises(ValidationError):
        settings.debug = True
