"""The management commands, run as an operator runs them."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from subprocess import CompletedProcess

from tests.support.environment import without_settings
from tests.support.interpreter import run_module

Cli = Callable[..., Awaitable[CompletedProcess[str]]]


async def run_command(
    program: Path, environment: dict[str, str], *arguments: str, stdin: str = ""
) -> CompletedProcess[str]:
    """Run one while the application goes on: it may be in the middle of a transaction."""
    variables = without_settings(os.environ) | environment
    return await asyncio.to_thread(
        run_module, "app.cli", *arguments, folder=program, environment=variables, stdin=stdin
    )


def command_line(program: Path, environment: dict[str, str]) -> Cli:
    """Return what runs one, with variables changed by keyword."""

    async def run(*arguments: str, stdin: str = "", **changes: str) -> CompletedProcess[str]:
        return await run_command(program, environment | changes, *arguments, stdin=stdin)

    return run
