"""Runs the migrations of a copy of the program, as a deployment does."""

import os
from pathlib import Path
from subprocess import CompletedProcess

from tests.support.environment import make_environment, without_settings
from tests.support.interpreter import run_module


class Alembic:
    def __init__(self, program: Path) -> None:
        self._program = program

    def run(self, url: str, *command: str) -> CompletedProcess[str]:
        variables = without_settings(os.environ) | make_environment(url)
        return run_module("alembic", *command, folder=self._program, environment=variables)

    def upgrade(self, url: str) -> None:
        result = self.run(url, "upgrade", "head")
        if result.returncode != 0:
            raise RuntimeError(f"The migrations failed:\n{result.stdout}{result.stderr}")
