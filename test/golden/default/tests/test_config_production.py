"""CONF-01, CONF-02: what production refuses, each reason by name and never by value."""

from base64 import b64encode, urlsafe_b64encode

import pytest

from tests.support.configured import production_settings

RANDOM = bytes(range(7, 39))
ENCODED = b64encode(RANDOM).decode()
POSTGRES = "postgresql://app:kT9vW2@db.example.com/app"


def test_a_sound_configuration_has_no_problem() -> None:
    assert production_settings().validate_production() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("SECRET_KEY", "", id="unset"),
        pytest.param("SECRET_KEY", "changeme", id="a word"),
        pytest.param("SECRET_KEY", "a" * 64, id="one character"),
        pytest.param("SECRET_KEY", "kT9vW2xQ7bLm" * 4, id="a repetition"),
        pytest.param("SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789", id="a sequence"),
        pytest.param("SECRET_KEY", "monkey-dragon-shadow-2025202620272028", id="words"),
        pytest.param("SECRET_KEY", "kT9vW2xQ7bLmZ4pR8sYc3dHf6gJn1aE", id="31 bytes"),
        pytest.param("SECRET_KEY", "please-change-this-key-in-production-0123", id="an example"),
        pytest.param("SECRET_KEY_PREVIOUS", "weakling", id="a weak earlier key"),
        pytest.param("ENCRYPTION_KEYS", "", id="no encryption key"),
        pytest.param("ENCRYPTION_KEYS", "k1:" + b64encode(bytes(32)).decode(), id="zeros"),
        pytest.param("ENCRYPTION_KEYS", f"k1:{ENCODED},k2:{ENCODED}", id="the same key twice"),
        pytest.param("DATABASE_URL", "sqlite:///./var/app.db", id="sqlite"),
        pytest.param("DATABASE_URL", POSTGRES, id="no tls"),
        pytest.param("DATABASE_URL", f"{POSTGRES}?sslmode=require", id="tls unverified"),
        pytest.param("DATABASE_URL", f"{POSTGRES}?sslmode=verify-ca", id="any name"),
        pytest.param("DATABASE_URL", f"{POSTGRES}?sslmode=nonsense", id="unknown mode"),
        pytest.param(
            "DATABASE_URL", f"{POSTGRES}?sslmode=verify-full&sslrootcert=/no/such.pem", id="no ca"
        ),
        pytest.param("DATABASE_URL", "mysql://app@db.example.com/app", id="another database"),
        pytest.param(
            "DATABASE_URL",
            "postgresql://postgres:postgres@db.example.com/app?sslmode=verify-full",
            id="a default password",
        ),
        pytest.param(
            "DATABASE_URL",
            "postgresql://app:app@db.example.com/app?sslmode=verify-full",
            id="the user's name as password",
        ),
        pytest.param(
            "DATABASE_URL", "postgresql://app@127.0.0.1/app?host=db.example.com", id="two hosts"
        ),
        pytest.param("DATABASE_URL_MIGRATIONS", POSTGRES, id="migrations without tls"),
        pytest.param("DEBUG", "true", id="debug"),
        pytest.param("ALLOWED_HOSTS", "*", id="any host"),
        pytest.param("ALLOWED_HOSTS", "*.example.com", id="any host below"),
        pytest.param("CORS_ORIGINS", "*", id="any origin"),
        pytest.param("CORS_ORIGINS", "http://app.example.com", id="a plain origin"),
        pytest.param("CORS_ORIGINS", "https://app.example.com/", id="an origin with a path"),
        pytest.param("CORS_ORIGINS", "null", id="the null origin"),
        pytest.param("CORS_ORIGINS", "https://:8443", id="an origin without a host"),
        pytest.param("CORS_ORIGINS", "https://me@app.example.com", id="an origin with a name"),
        pytest.param("PUBLIC_BASE_URL", "http://api.example.com", id="plain links"),
        pytest.param("TRUSTED_PROXIES", "0.0.0.0/0", id="every proxy"),
        pytest.param("REDIS_URL", "", id="a limiter for each worker"),
        pytest.param("PASSWORD_MIN_LENGTH", "14", id="short passwords"),
        pytest.param("ARGON2_MEMORY_KIB", "19455", id="cheap hashes"),
    ],
)
def test_production_refuses(name: str, value: str) -> None:
    problems = production_settings(**{name: value}).validate_production()

    assert len(problems) == 1
    assert name in problems[0]
    assert len(value) < 9 or value not in problems[0]


@pytest.mark.parametrize("secret", [ENCODED, urlsafe_b64encode(RANDOM).decode(), RANDOM.hex()])
def test_two_purposes_never_share_a_key(secret: str) -> None:
    """CONF-01, DATA-03: whoever learns one key must not have learnt another."""
    equal = production_settings(SECRET_KEY=secret, ENCRYPTION_KEYS=f"k1:{ENCODED}")
    repeated = production_settings(SECRET_KEY=ENCODED, SECRET_KEY_PREVIOUS=ENCODED)

    assert any("ENCRYPTION_KEYS repeats SECRET_KEY" in text for text in equal.validate_production())
    assert repeated.validate_production() == ["SECRET_KEY_PREVIOUS repeats a key"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"DATABASE_URL": "postgresql://app:x@localhost/app"}, id="this machine"),
        pytest.param({"DATABASE_URL": "postgresql:///app?host=/run/postgresql"}, id="a socket"),
        pytest.param(
            {"DATABASE_URL": "postgres://app:x@db/app", "DB_TLS_EXEMPT_HOSTS": "db,other"},
            id="an exempt host",
        ),
        pytest.param(
            {"DATABASE_URL": "", "DATABASE_URL_PROD": f"{POSTGRES}?sslmode=verify-full"},
            id="the variable for production",
        ),
        pytest.param({"REDIS_URL": "", "WEB_CONCURRENCY": "1"}, id="one worker"),
        pytest.param({"FORCE_HTTPS": "false"}, id="https elsewhere"),
        pytest.param({"ARGON2_MEMORY_KIB": "19456", "ARGON2_TIME_COST": "2"}, id="the floor"),
        pytest.param({"ARGON2_MEMORY_KIB": "47104", "ARGON2_TIME_COST": "1"}, id="one pass"),
        pytest.param({"SECRET_KEY": "9c1e7a04d35bf28e6041c7d9ab83f520"}, id="hexadecimal"),
    ],
)
def test_production_accepts(changes: dict[str, str]) -> None:
    assert production_settings(**changes).validate_production() == []
