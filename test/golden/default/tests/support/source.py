"""Reads the program's own source, for the tests of its rules."""

import ast
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.environment import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        """Count the lines, without fields and constants: a table has as many as it needs."""
        nodes = ast.walk(self.tree)
        scopes = (node for node in nodes if isinstance(node, ast.Module | ast.ClassDef))
        declared = {
            line
            for scope in scopes
            for node in scope.body
            if isinstance(node, ast.Assign | ast.AnnAssign)
            for line in lines_of(node)
        }
        return self.text.count("\n") - len(declared | entries_in(self.tree))

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def names(self) -> set[str]:
        """Return every name and attribute that the code mentions; comments do not count."""
        plain = {node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)}
        dotted = {node.attr for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)}
        imported = {
            alias.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        return plain | dotted | imported

    def imports(self) -> set[str]:
        """Return the top-level packages that are imported."""
        found: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
        return found

    def imported_from(self, package: str) -> set[str]:
        return {
            alias.name
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and node.module == package
            for alias in node.names
        }


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(_read(path) for path in paths)


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    # Before Python 3.11.8 parsing fails where the collector runs what parses too (gh-106905).
    gc.disable()
    try:
        return Module(path.relative_to(ROOT).as_posix(), text, ast.parse(text))
    finally:
        gc.enable()


def lines_of(node: ast.stmt | ast.expr) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def entries_in(node: ast.AST) -> set[int]:
    """Return the lines of dictionaries but for the first of each: they are data, not logic."""
    dictionaries = (inner for inner in ast.walk(node) if isinstance(inner, ast.Dict))
    return {line for dictionary in dictionaries for line in lines_of(dictionary)[1:]}


def length(function: Function) -> int:
    """Count the lines from ``def`` to the end: without decorators, and a dictionary as one."""
    return len(lines_of(function)) - len(entries_in(function))
