"""What is written about the project is true: names exist, and the commands run."""

import os
import re
import shutil
import subprocess
from argparse import ArgumentParser
from functools import cache

import pytest

from app.cli import GROUPS
from tests.support.environment import ROOT
from tests.support.server import Server
from tests.support.source import modules

DOCUMENTS = ("README.md", "SECURITY.md", "AGENTS.md")
BASH, CURL = shutil.which("bash"), shutil.which("curl")
# Not in the project: notes for other places, and what is made while it runs.
ELSEWHERE = {"app/billing/{models,crud,services,schemas,api}.py", "app/api/v1/notes.py"}
ELSEWHERE |= {"app/services/note.py"}


@cache
def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def names_of_tests() -> set[str]:
    return {
        function.name
        for module in modules("tests")
        for function in module.functions()
        if function.name.startswith("test_")
    }


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_that_a_document_names_exists(document: str) -> None:
    """A claim without a test is an opinion."""
    files = {module.path.removeprefix("tests/").removesuffix(".py") for module in modules("tests")}
    named = set(re.findall(r"\btest_\w+", read(document)))

    assert named - names_of_tests() - files <= {"test_x"}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_exists(document: str) -> None:
    paths = set(re.findall(r"`((?:app|alembic|scripts|tests)/[^`\s:]*)`", read(document)))

    assert [path for path in paths - ELSEWHERE if not (ROOT / path).exists()] == []


def test_every_name_that_the_readme_finds_in_a_file_is_there() -> None:
    pairs = re.findall(r"`(\w+)` in `(app/[^`]+\.py)`", read("README.md"))

    assert pairs
    assert [pair for pair in pairs if pair[0] not in read(pair[1])] == []


def test_every_command_is_in_the_readme() -> None:
    commands = ArgumentParser().add_subparsers()
    for group in GROUPS:
        group.add_commands(commands)

    assert [name for name in commands.choices if f"app.cli {name}" not in read("README.md")] == []


def test_administrators_are_made_with_all_that_it_takes() -> None:
    """Without these two options the command explains its usage and ends with 2."""
    for line in re.findall(r"app\.cli create-admin.*", read("README.md")):
        assert "--email" in line, line
        assert "--username" in line, line


@pytest.mark.skipif(BASH is None or CURL is None, reason="needs bash and curl")
def test_the_first_requests_of_the_readme_work(server: Server) -> None:
    """A quick start that is wrong is the last thing that many people read."""
    section = read("README.md").partition("## First requests")[2]
    script = section.partition("```sh\n")[2].partition("```")[0]
    here = script.replace("http://127.0.0.1:8000", server.origin)

    result = subprocess.run(
        [str(BASH), "-euo", "pipefail", "-c", here],
        check=False,
        capture_output=True,
        env=os.environ,
        text=True,
    )

    assert result.returncode == 0, result.stderr
    assert result.stdout.count('"email":"you@example.com"') == 2
