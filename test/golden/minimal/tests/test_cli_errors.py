"""What the command line says when something else than the database fails."""

import pytest
from sqlalchemy.exc import OperationalError

from app.cli import main
from app.management import check


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FileNotFoundError(2, "No such file or directory", "var/gone"), "var/gone: No such file"),
        (OperationalError("SELECT 1", {}, OSError()), "The database refuses"),
    ],
)
@pytest.mark.usefixtures("settings")
def test_a_file_that_fails_is_not_blamed_on_the_database(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
    sentence: str,
) -> None:
    async def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(check, "check", fail)

    assert main(["check"]) == 1
    assert sentence in capsys.readouterr().err
