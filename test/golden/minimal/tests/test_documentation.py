"""What is written about the project is true: names exist, and the commands run."""

import os
import re
import shutil
import subprocess
from functools import cache

import pytest

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


def test_every_claim_names_a_test() -> None:
    rows = [line for line in read("SECURITY.md").splitlines() if re.match(r"\| [A-Z]+-\d+", line)]

    assert len(rows) > 50
    assert [row for row in rows if "`test_" not in row] == []


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
