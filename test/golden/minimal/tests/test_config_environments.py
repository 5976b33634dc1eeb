"""CONF-01, CONF-02: what other environments refuse too, and all problems told at once."""

import pytest

from app.config import InvalidSettings
from tests.support.configured import cheap_settings, settings_from


def test_all_problems_are_told_at_once() -> None:
    settings = settings_from({"DEBUG": "true", "ALLOWED_HOSTS": "*", "CORS_ORIGINS": "*"})

    with pytest.raises(InvalidSettings) as refused:
        settings.checked()

    told = "\n".join(refused.value.problems)
    names = ("SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "REDIS_URL", "DEBUG")
    assert [name for name in (*names, "ALLOWED_HOSTS", "CORS_ORIGINS") if name not in told] == []


def test_only_tests_may_hash_cheaply() -> None:
    cheap = {"ARGON2_MEMORY_KIB": "8", "ARGON2_TIME_COST": "1"}

    assert cheap_settings(**cheap).validate_production() == []
    assert cheap_settings(ENVIRONMENT="development", **cheap).validate_production() != []


@pytest.mark.parametrize("hosts", ["localhost,*.example.com", "api.*"])
@pytest.mark.parametrize("environment", ["development", "test"])
def test_no_host_is_a_pattern_anywhere(environment: str, hosts: str) -> None:
    """CORS-06: nothing would match it."""
    hashing = {"ARGON2_MEMORY_KIB": "65536", "ARGON2_TIME_COST": "3"}
    settings = cheap_settings(ENVIRONMENT=environment, ALLOWED_HOSTS=hosts, **hashing)

    problem = "ALLOWED_HOSTS contains a pattern; write out every name"
    assert settings.validate_production() == [problem]


def test_development_needs_a_secret_too() -> None:
    problems = cheap_settings(SECRET_KEY="").validate_production()

    assert problems == ["SECRET_KEY is not set"]
