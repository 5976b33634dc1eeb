"""Settings from given variables alone, whatever the machine and its ``.env`` say."""

import os
import secrets
from base64 import b64encode
from collections.abc import Mapping
from unittest.mock import patch

from app.config import Settings
from tests.support.environment import make_environment, without_settings


def settings_from(variables: Mapping[str, str]) -> Settings:
    with patch.dict(os.environ, {**without_settings(os.environ), **variables}, clear=True):
        return Settings(_env_file=None)


def cheap_settings(**changes: str) -> Settings:
    return settings_from(make_environment("sqlite:///./unused.db", **changes))


def production_settings(**changes: str) -> Settings:
    return settings_from(
        {
            "ENVIRONMENT": "production",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "ENCRYPTION_KEYS": new_encryption_key("k1"),
            "DATABASE_URL": "postgresql://app:kT9vW2@db.example.com/app?sslmode=verify-full",
            "REDIS_URL": "redis://redis.example.com/0",
        }
        | changes
    )


def new_encryption_key(name: str) -> str:
    return f"{name}:{b64encode(secrets.token_bytes(32)).decode()}"
