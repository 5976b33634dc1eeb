"""The management commands, run as an operator runs them."""

import asyncio
import os
from pathlib import Path
from subprocess import CompletedProcess

from tests.support.environment import without_settings
from tests.support.interpreter import run_module


async def run_command(
    program: Path, environment: dict[str, str], *arguments: str, stdin: str = ""
) -> CompletedProcess[str]:
    """Run one while the application goes on: it may be in the middle of a transaction."""
    variables = without_settings(os.environ) | environment
    return await asyncio.to_thread(
        run_module, "app.cli", *arguments, folder=program, environment=variables, stdin=stdin
    )
