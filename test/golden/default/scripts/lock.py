"""Locks the requirements with hashes, for every platform and Python from 3.11 on.

python scripts/lock.py              after an edit of a .in file; pinned versions stay
python scripts/lock.py --upgrade    newest versions
python scripts/lock.py --upgrade-package NAME
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    # Installing must not run anybody's setup.py, so every package has to come as a wheel.
    "--no-build",
    "--custom-compile-command=python scripts/lock.py",
    "--quiet",
)


def main(arguments: list[str]) -> int:
    uv = shutil.which("uv")
    if uv is None:
        print("uv is not on PATH. Install it: python -m pip install uv", file=sys.stderr)
        return 1
    # The second is constrained by the first, so the order matters.
    for source in ("requirements.in", "requirements-dev.in", "requirements-installer.in"):
        target = source.removesuffix(".in") + ".txt"
        command = [uv, "pip", "compile", *OPTIONS, *arguments, source, "--output-file", target]
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
