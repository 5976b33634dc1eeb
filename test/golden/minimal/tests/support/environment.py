"""The application's environment variables in tests, for this process and for those it starts."""

import base64
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

import redis

from app.config import Settings

ROOT = Path(__file__).parents[2]
PROGRAM = ("app", "alembic", "alembic.ini", "gunicorn.conf.py")


def redis_url() -> str:
    """Return the Redis database of this worker: each counts on from the one that was given."""
    given = os.environ.get("TEST_REDIS_URL", "")
    server, _, number = given.rpartition("/")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return f"{server}/{int(number) + int(worker)}" if given else ""


REDIS_URL = redis_url()


def empty_redis() -> None:
    """Let a test begin with counters at zero."""
    if REDIS_URL:
        with redis.Redis.from_url(REDIS_URL) as store:
            store.flushdb()


def make_environment(database_url: str, **changes: str) -> dict[str, str]:
    """Describe a test instance: cheap hashes, and limits that only the tests of limits reach."""
    return {
        "ENVIRONMENT": "test",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ENCRYPTION_KEYS": f"test:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "DATABASE_URL": database_url,
        "REDIS_URL": REDIS_URL,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "ARGON2_MEMORY_KIB": "8",
        "ARGON2_TIME_COST": "1",
        "RATE_LIMIT_AUTH": "100000/minute",
        "RATE_LIMIT_DEFAULT": "100000/minute",
    } | changes


def production_environment(**changes: str) -> dict[str, str]:
    """Describe what production accepts; nothing answers at its addresses."""
    return {
        "ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ENCRYPTION_KEYS": f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "DATABASE_URL": "postgresql://app:kT9vW2@db.example.com/app?sslmode=verify-full",
        "REDIS_URL": "redis://redis.example.com/0",
        "ALLOWED_HOSTS": "api.example.com",
        "PUBLIC_BASE_URL": "https://api.example.com",
    } | changes


def own_folders(folder: Path) -> dict[str, str]:
    """Give a test its own place for whatever the application writes to a folder that is set."""
    fields = Settings.model_fields.items()
    return {name.upper(): str(folder / name) for name, field in fields if field.annotation is Path}


def without_settings(variables: Mapping[str, str]) -> dict[str, str]:
    """Leave out what the developer has set for the application.

    Bytecode is kept, too: otherwise each of the many starts would compile everything anew.
    """
    ours = {name.upper() for name in Settings.model_fields} | {"PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in variables.items() if name not in ours}


def copy_program(folder: Path) -> Path:
    """Copy the application without ``.env``, so that a developer's file changes no test."""
    for name in PROGRAM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy2(source, folder / name)
    return folder
