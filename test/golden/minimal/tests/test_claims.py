"""The table of claims in SECURITY.md: what it promises, a test holds."""

import ast
import re

from tests.support.environment import ROOT
from tests.support.source import modules


def claimed_by(docstring: str | None) -> set[str]:
    """Return the ids that a first line starts with."""
    found = re.match(r"([A-Z]+-\d+\w?(?:, [A-Z]+-\d+\w?)*)[.:]", docstring or "")
    return set(found[1].split(", ")) if found else set()


def is_of_resource(path: str) -> bool:
    """Every resource brings the same tests: they hold for all of them, and are not listed."""
    return (ROOT / path).with_name("rows.py").exists()


def claims_of_tests() -> set[tuple[str, str]]:
    """Return each claim with the test that holds it, or the file where all its tests do."""
    return {
        (claim, name)
        for module in modules("tests")
        if not is_of_resource(module.path)
        for name, docstring in (
            (module.path, ast.get_docstring(module.tree)),
            *((function.name, ast.get_docstring(function)) for function in module.functions()),
        )
        for claim in claimed_by(docstring)
    }


def test_the_table_of_claims_is_what_the_tests_say() -> None:
    """A promise that no test holds, and a test that nobody hears of, are both found."""
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]+-\d+\w?) \|.*\| (.*) \|$", security, re.MULTILINE)
    listed = {(claim, name) for claim, names in rows for name in re.findall(r"`(.+?)`", names)}

    assert len(rows) > 50
    assert listed == claims_of_tests()
