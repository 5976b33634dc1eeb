"""Runs the migrations of a copy of the program, as a deployment does."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.environment import make_environment, without_settings


class Alembic:
    def __init__(self, program: Path) -> None:
        self._program = program

    def run(self, url: str, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "alembic", *command],
            cwd=self._program,
            env=without_settings(os.environ) | make_environment(url),
            check=False,
            capture_output=True,
            text=True,
        )

    def upgrade(self, url: str) -> None:
        result = self.run(url, "upgrade", "head")
        if result.returncode != 0:
            raise RuntimeError(f"The migrations failed:\n{result.stdout}{result.stderr}")
