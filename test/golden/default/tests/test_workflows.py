"""DEPS-04: what runs on the way to production is pinned and has no rights to lose."""

import re
from pathlib import Path

import pytest

from tests.support.environment import ROOT

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_digest(path: Path) -> None:
    """DEPS-04: a tag can be moved to other code, a digest cannot."""
    used = re.findall(r"uses: (\S+)", path.read_text(encoding="utf-8"))

    assert used
    assert all(re.search(r"@[0-9a-f]{40}$", action) for action in used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_the_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE)
    assert text.count("uses: actions/checkout") == text.count("persist-credentials: false")
    assert "secrets." not in text


def test_updates_wait_out_a_cooldown() -> None:
    """Most malicious releases are found within days."""
    text = (GITHUB / "dependabot.yml").read_text(encoding="utf-8")

    assert text.count("package-ecosystem:") == text.count("    cooldown:")
