"""Which database is used, and how the connection to it is made."""

import ssl
from pathlib import Path

import pytest

from app.core.config import PROJECT_ROOT
from app.db.engine import create_engine
from app.db.postgres import connect_args, migration_connect_args
from app.db.url import InvalidDatabaseURL, read_database_url
from tests.support.configured import production_settings, settings_from

HOST = "u:p@db.example.com:5433/app"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_postgres_is_completed_with_our_driver(scheme: str) -> None:
    url = read_database_url(f"{scheme}://{HOST}?sslmode=require", PROJECT_ROOT).url

    assert url.render_as_string(hide_password=False) == f"postgresql+asyncpg://{HOST}"


def test_a_relative_file_belongs_to_the_project_and_an_absolute_one_to_nobody(
    tmp_path: Path,
) -> None:
    relative = read_database_url("sqlite:///./var/app.db", tmp_path)
    absolute = read_database_url(f"sqlite:///{tmp_path}/other.db", PROJECT_ROOT)

    assert relative.url.drivername == "sqlite+aiosqlite"
    assert Path(relative.url.database or "") == tmp_path / "var" / "app.db"
    assert Path(absolute.url.database or "") == tmp_path / "other.db"


@pytest.mark.parametrize(
    "text",
    ["", "app.db", "mysql://a@b/c", "sqlite://", "sqlite:///:memory:", "://", "postgres://h:x/a"],
)
def test_anything_else_is_refused_without_the_url(text: str) -> None:
    with pytest.raises(InvalidDatabaseURL) as refused:
        read_database_url(text, PROJECT_ROOT)

    assert not text or text not in str(refused.value)


@pytest.mark.parametrize(
    ("variables", "host"),
    [
        ({"ENVIRONMENT": "development"}, "dev"),
        ({"ENVIRONMENT": "test"}, "dev"),
        ({"ENVIRONMENT": "production"}, "prod"),
        ({"ENVIRONMENT": "production", "DATABASE_URL": "postgres://one/app"}, "one"),
        ({"ENVIRONMENT": "development", "DATABASE_URL": "postgres://one/app"}, "one"),
    ],
)
def test_the_general_variable_wins(variables: dict[str, str], host: str) -> None:
    urls = {"DATABASE_URL_DEV": "postgres://dev/app", "DATABASE_URL_PROD": "postgres://prod/app"}

    settings = settings_from(urls | variables)

    assert settings.database.url.host == host
    assert settings.migrations_database.url.host == host


def test_another_role_may_migrate() -> None:
    settings = production_settings(DATABASE_URL_MIGRATIONS=f"postgres://owner:p@{HOST[4:]}")

    assert settings.database.url.username == "app"
    assert settings.migrations_database.url.username == "owner"


def test_verified_tls_checks_the_name() -> None:
    """DATA-08: sslmode=require would encrypt for whoever answers."""
    context = read_database_url(f"postgres://{HOST}?sslmode=verify-full", PROJECT_ROOT).tls()

    assert isinstance(context, ssl.SSLContext)
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_weaker_modes_keep_their_meaning() -> None:
    def tls(query: str) -> ssl.SSLContext | str | None:
        return read_database_url(f"postgres://{HOST}{query}", PROJECT_ROOT).tls()

    authority = tls("?sslmode=verify-ca&sslrootcert=system")
    assert isinstance(authority, ssl.SSLContext)
    assert not authority.check_hostname
    assert authority.verify_mode is ssl.CERT_REQUIRED
    assert tls("?sslmode=require") == "require"
    assert tls("") is None


def test_requests_have_time_limits_and_migrations_have_none() -> None:
    """DOS-07."""
    database = production_settings().database

    limits = connect_args(database)["server_settings"]
    assert limits["statement_timeout"] == "5s"
    assert limits["lock_timeout"] == "2s"
    assert limits["idle_in_transaction_session_timeout"] == "10s"
    assert "statement_timeout" not in migration_connect_args(database)["server_settings"]


def test_parameters_are_in_no_error_and_no_log() -> None:
    """LOG-01."""
    engine = create_engine(production_settings())

    assert engine.sync_engine.hide_parameters
    assert not engine.echo
