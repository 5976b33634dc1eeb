"""The management commands, run as an operator runs them."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.environment import without_settings


def run_command(
    program: Path, environment: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=program,
        env=without_settings(os.environ) | environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
