"""The file of SQLite is for its owner only."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.config import PROJECT_ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_the_file_and_its_folder_are_private(tmp_path: Path) -> None:
    """Whatever the umask is; the folder is made when it is needed, and not before."""
    code = (
        "import asyncio, os; os.umask(0)\n"
        "from app.config import Settings\n"
        "from app.db.engine import create_engine; from app.db.session import reading\n"
        "async def main():\n"
        "    engine = create_engine(Settings(_env_file=None))\n"
        "    assert not os.path.exists('folder')\n"
        "    async with reading(engine) as connection:\n"
        "        await connection.exec_driver_sql('CREATE TABLE one (id)')\n"
        "        modes = [os.stat(f'folder/app.db{end}').st_mode for end in ('', '-wal', '-shm')]\n"
        "    print(*map(oct, [os.stat('folder').st_mode, *modes]))\n"
        "asyncio.run(main())\n"
    )
    variables = {
        "ENVIRONMENT": "test",
        "DATABASE_URL": f"sqlite:///{tmp_path}/folder/app.db",
        "PYTHONPATH": str(PROJECT_ROOT),
    }

    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=variables,
        check=False,
        capture_output=True,
        text=True,
    )

    modes = [oct(stat.S_IMODE(int(mode, 8))) for mode in result.stdout.split()]
    assert modes == ["0o700", "0o600", "0o600", "0o600"], result.stderr
