"""CONF: what the program says at its start, and with which exit code, in a process of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.environment import production_environment, without_settings
from tests.support.interpreter import run_module

EX_CONFIG = 78


def start(program: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Do what a server does first: import the application. No port is open by then."""
    environment = without_settings(os.environ) | variables
    return run_module("app.main", folder=program, environment=environment)


def test_a_sound_configuration_starts_without_database_and_redis(program: Path) -> None:
    result = start(program, production_environment())

    assert result.returncode == 0, result.stderr


def test_whoever_has_no_contact_is_told_and_not_stopped(program: Path) -> None:
    """DOCS-04: one line at the start, and one from the command that asks beforehand."""
    contact = {"SECURITY_CONTACT": "mailto:security@example.com"}
    variables = production_environment()
    silent, told = start(program, variables | contact), start(program, variables)
    environment = without_settings(os.environ) | variables
    checked = run_module("app.cli", "check", folder=program, environment=environment)

    assert "SECURITY_CONTACT" not in silent.stdout + silent.stderr
    for result in (told, checked):
        said = [line for line in (result.stdout + result.stderr).splitlines() if "CONTACT" in line]
        assert (result.returncode, len(said)) == (0, 1)


def test_every_weakness_is_named_at_once_and_no_value(program: Path) -> None:
    """CONF-01, CONF-02: one start tells everything that has to be corrected."""
    weak = {
        "SECRET_KEY": "changeme",
        "ENCRYPTION_KEYS": "",
        "DATABASE_URL": "sqlite:///./tell-nobody.db",
        "DEBUG": "true",
        "CORS_ORIGINS": "*",
        "ALLOWED_HOSTS": "*",
        "REDIS_URL": "",
        "WEB_CONCURRENCY": "4",
        "PASSWORD_MIN_LENGTH": "8",
        "ARGON2_MEMORY_KIB": "64",
    }

    result = start(program, production_environment(**weak))

    assert result.returncode == EX_CONFIG
    assert [name for name in weak if name not in result.stderr] == []
    assert "changeme" not in result.stderr
    assert "tell-nobody" not in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_environment_is_never_development(program: Path) -> None:
    """CONF-03: misspelt is refused."""
    result = start(program, production_environment(ENVIRONMENT="prod"))

    assert result.returncode == EX_CONFIG
    assert "ENVIRONMENT" in result.stderr


def test_no_environment_means_production(program: Path) -> None:
    """CONF-03: nobody gets a development server by forgetting a variable."""
    variables = production_environment(SECRET_KEY="short")
    del variables["ENVIRONMENT"]

    result = start(program, variables)

    assert result.returncode == EX_CONFIG
    assert "SECRET_KEY" in result.stderr


def test_the_example_is_refused(program: Path, tmp_path: Path) -> None:
    """CONF-01: whoever deploys .env.example unchanged is told so."""
    copy = shutil.copytree(program, tmp_path / "copy")
    shutil.copy(Path(__file__).parents[1] / ".env.example", copy / ".env")

    result = start(copy, {"ENVIRONMENT": "production"})

    assert result.returncode == EX_CONFIG
    assert "SECRET_KEY" in result.stderr


def test_what_stands_in_the_env_file_takes_effect(program: Path, tmp_path: Path) -> None:
    """CONF-05: the file counts, whatever directory the process starts in."""
    copy = shutil.copytree(program, tmp_path / "copy")
    variables = production_environment()
    lines = [f"{name}={value}" for name, value in variables.items()]
    (copy / ".env").write_text("\n".join(lines), encoding="utf-8")
    show = "from app.config import get_settings as s; print(s().secret_key.get_secret_value())"

    result = subprocess.run(
        [sys.executable, "-c", show],
        cwd=tmp_path,
        env=without_settings(os.environ) | {"PYTHONPATH": str(copy)},
        check=False,
        capture_output=True,
        text=True,
    )

    assert result.stdout.strip() == variables["SECRET_KEY"]
