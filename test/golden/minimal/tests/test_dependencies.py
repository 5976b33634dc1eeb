"""DEPS: what the project is made of is declared, locked and used."""

import re
import sys
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement

from tests.support.environment import ROOT
from tests.support.source import modules

OUTDATED = ("python-jose", "passlib", "psycopg2-binary", "psycopg2", "trafaret", "slowapi", "ecdsa")
USED_BY_NAME = {
    "aiosqlite": "driver in the URL of a SQLite database",
    "asyncpg": "driver in the URL of a PostgreSQL database",
    "fastapi-offline": "its copy of Swagger UI, served under /docs",
    "gunicorn": "serves production",
    "h11": "the strict HTTP parser that uvicorn is told to use",
    "python-multipart": "reads the form of the sign-in",
    "redis": "storage of the limiter, by its URL",
    "uvicorn": "serves development",
    "uvicorn-worker": "uvicorn as gunicorn's worker, in gunicorn.conf.py",
}


def requirements() -> list[Requirement]:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    texts = (line.partition("#")[0].strip() for line in lines)
    return [Requirement(text) for text in texts if text]


def declared() -> set[str]:
    return {requirement.name.lower() for requirement in requirements()}


def locked(name: str) -> dict[str, str]:
    """Return each package of a lock file with the lines that belong to it."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = re.finditer(r"^([a-z0-9][\w.-]*)==(.*)$", text, re.MULTILINE)
    return {match[1]: match[2] for match in entries}


def imported() -> set[str]:
    """Return the distributions that the application imports, under their names on the index."""
    distributions = packages_distributions()
    own = set(sys.stdlib_module_names) | {"app"}
    packages = {name for module in modules("app", "alembic") for name in module.imports()} - own
    # uuid_utils is declared for the Pythons that need it, and absent from the others.
    names = {name for package in packages for name in distributions.get(package, [package])}
    return {re.sub(r"[-_.]+", "-", name).lower() for name in names}


def test_every_import_is_declared() -> None:
    """DEPS-05: a package that only comes along with another one may go with it."""
    assert imported() <= declared()


def test_every_declared_package_is_used() -> None:
    """DEPS-05: what nobody uses is attacked all the same."""
    assert declared() - imported() <= USED_BY_NAME.keys()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_a_version_and_hashes(name: str) -> None:
    """DEPS-01: the same bytes everywhere, whatever the index serves."""
    packages = locked(name)

    assert len(packages) > 20
    assert all("--hash=sha256:" in rest for rest in packages.values())


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_no_index_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not re.search(r"^\s*(--(extra-)?index-url|--find-links|-e |file:|https?:)", text, re.M)


def test_the_lock_holds_what_is_declared() -> None:
    assert declared() <= locked("requirements.txt").keys()


def test_the_lock_keeps_the_bounds_that_are_declared() -> None:
    """A bound that the lock breaks says what nobody has tried."""
    versions = locked("requirements.txt")

    for requirement in requirements():
        version = versions[requirement.name.lower()].split()[0]
        assert requirement.specifier.contains(version), requirement.name


def test_what_is_used_by_private_names_stays_below_the_next_release() -> None:
    """app/db/sqlite_driver.py reaches into aiosqlite, which may rename what is its own."""
    (driver,) = (one for one in requirements() if one.name == "aiosqlite")

    assert "<" in {bound.operator for bound in driver.specifier}


def test_both_locks_agree() -> None:
    mine, theirs = locked("requirements.txt"), locked("requirements-dev.txt")

    for name in mine.keys() & theirs.keys():
        assert mine[name].split()[0] == theirs[name].split()[0], name


@pytest.mark.parametrize("name", OUTDATED)
def test_no_abandoned_package_is_locked(name: str) -> None:
    """DEPS-02: replaced for the reasons that the README gives."""
    assert name not in locked("requirements.txt") | locked("requirements-dev.txt")
