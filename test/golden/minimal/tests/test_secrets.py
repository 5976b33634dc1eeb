"""CONF-04: secrets stay on the machine that they belong to."""

import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import Settings
from tests.support.environment import ROOT

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
GIT = shutil.which("git")


@pytest.mark.skipif(GIT is None, reason="needs git")
@pytest.mark.parametrize(
    ("path", "is_ignored"),
    [
        (".env", True),
        (".env.production", True),
        ("var/app.db", True),
        ("server.key", True),
        (".env.example", False),
        ("app/main.py", False),
    ],
)
def test_git_ignores_secrets_and_data(path: str, is_ignored: bool, tmp_path: Path) -> None:
    assert GIT is not None
    shutil.copy(ROOT / ".gitignore", tmp_path)
    subprocess.run([GIT, "init", "--quiet"], cwd=tmp_path, check=True)

    result = subprocess.run([GIT, "check-ignore", "--quiet", path], cwd=tmp_path, check=False)

    assert (result.returncode == 0) is is_ignored


def test_the_example_explains_every_variable() -> None:
    """A variable that nobody can find is a defence that nobody turns on."""
    explained = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", EXAMPLE, re.MULTILINE))

    assert {name.upper() for name in Settings.model_fields} <= explained


def test_the_example_holds_no_secret() -> None:
    keys = ("SECRET_KEY", "SECRET_KEY_PREVIOUS", "ENCRYPTION_KEYS")
    for name in (*keys, "POSTGRES_PASSWORD", "APP_PASSWORD"):
        values = re.findall(rf"^#? ?{name}=(.*)$", EXAMPLE, re.MULTILINE)
        assert set(values) <= {""}, name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
@pytest.mark.skipif(not (ROOT / ".env").exists(), reason="there is no .env here")
def test_only_the_owner_reads_the_secrets_of_this_machine() -> None:
    mode = stat.S_IMODE((ROOT / ".env").stat().st_mode)

    assert mode & 0o077 == 0
