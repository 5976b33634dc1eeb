"""``scripts/check`` needs nothing of the developer's: a fresh checkout has no ``.env``."""

import os
import runpy
from pathlib import Path

from tests.support.environment import ROOT, without_settings
from tests.support.interpreter import run_module


def test_the_migrations_are_checked_without_an_env_file(program: Path, tmp_path: Path) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "check.py"))
    environment = without_settings(os.environ) | script["migration_environment"](tmp_path)

    results = [
        run_module(*command[2:], folder=program, environment=environment)
        for command in script["CHECKS"]["migrations"]
    ]

    assert [result.returncode for result in results] == [0, 0], [
        result.stderr for result in results
    ]
    assert (tmp_path / "check.db").exists()
