"""Does what CI does, with the same tools in the same order: style, types, layers, holes, tests.

    python scripts/check.py              everything
    python scripts/check.py --offline    without the audit, which asks for known vulnerabilities
    python scripts/check.py --fix        format and fix first
    python scripts/check.py tests        only the named checks

TEST_DATABASE_URL and TEST_REDIS_URL run the tests on PostgreSQL and Redis.
"""

import argparse
import base64
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

Command = Sequence[str]

FIXES: Sequence[Command] = (
    (PYTHON, "-m", "ruff", "check", "--fix", "--quiet", "."),
    (PYTHON, "-m", "black", "--quiet", "."),
)
CHECKS: dict[str, Sequence[Command]] = {
    "lint": [(PYTHON, "-m", "ruff", "check", ".")],
    "format": [(PYTHON, "-m", "black", "--check", "--quiet", ".")],
    "types": [(PYTHON, "-m", "mypy")],
    "layers": [(PYTHON, "-c", LINT_IMPORTS)],
    "holes": [(PYTHON, "-m", "bandit", "--quiet", "-c", "pyproject.toml", "-r", "app")],
    "migrations": [
        (PYTHON, "-m", "alembic", "upgrade", "head"),
        (PYTHON, "-m", "alembic", "check"),
    ],
    "tests": [(PYTHON, "-m", "pytest", "-q")],
    # Without --strict, what could not be looked up would count as free of vulnerabilities.
    "audit": [
        (PYTHON, "-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes", "-r", file)
        for file in ("requirements.txt", "requirements-dev.txt")
    ],
}


def main() -> int:
    options = read_options()
    if options.fix:
        for command in FIXES:
            subprocess.run(command, cwd=ROOT, check=False)
    names = [name for name in options.checks or CHECKS if not (options.offline and name == "audit")]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | migration_environment(Path(folder))
        failed = [name for name in names if not passes(name, environment)]
    if failed:
        print(f"\nFailed: {', '.join(failed)}.")
        return 1
    print(f"\nAll {len(names)} checks passed.")
    return 0


def read_options() -> argparse.Namespace:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("checks", nargs="*", metavar="check", help=", ".join(CHECKS))
    parser.add_argument("--offline", action="store_true", help="leave out the audit")
    parser.add_argument("--fix", action="store_true", help="format and fix first")
    options = parser.parse_args()
    if unknown := set(options.checks) - set(CHECKS):
        parser.error(f"there is no check {', '.join(sorted(unknown))}")
    return options


def migration_environment(folder: Path) -> dict[str, str]:
    """Point the application at an empty database: nothing here may touch the developer's.

    The keys are of this run too: a fresh checkout, as in CI, has no ``.env``.
    """
    return {
        "ENVIRONMENT": "test",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ENCRYPTION_KEYS": f"check:{base64.b64encode(secrets.token_bytes(32)).decode()}",
        "DATABASE_URL": f"sqlite:///{folder / 'check.db'}",
        "DATABASE_URL_MIGRATIONS": "",
    }


def passes(name: str, environment: dict[str, str]) -> bool:
    print(f"\n-- {name}", flush=True)
    started = time.monotonic()
    passed = all(
        subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
        for command in CHECKS[name]
    )
    verdict = "passed" if passed else "FAILED"
    print(f"-- {name} {verdict} in {time.monotonic() - started:.1f} s", flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
