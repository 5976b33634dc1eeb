"""A commit that fails after the content was stored: what is known of the row decides."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from app.crud import file as crud
from app.models import File
from tests.support.inspector import Inspector
from tests.support.people import Person
from tests.uploads.samples import download, pdf, send, stored

Break = Callable[[bool, bool], None]


@pytest.fixture
def break_commit(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Break the commit of an upload: with or without a row, with or without its connection."""
    commit = AsyncSession.commit

    def break_it(has_row: bool, is_cut: bool) -> None:
        async def fail(self: AsyncSession) -> None:
            is_upload = any(isinstance(kept, File) for kept in self)
            if has_row or not is_upload:
                await commit(self)
            if is_upload:
                raise OperationalError(None, None, OSError(), connection_invalidated=is_cut)

        monkeypatch.setattr(AsyncSession, "commit", fail)

    return break_it


@pytest.mark.parametrize("is_cut", [True, False])
async def test_a_row_that_is_there_has_its_content(
    alice: Person, upload_folder: Path, database: Inspector, break_commit: Break, is_cut: bool
) -> None:
    """UPLOAD-13: whatever was said of the commit."""
    break_commit(True, is_cut)

    assert (await send(alice, pdf(), "a.pdf")).status_code >= 500

    assert len(stored(upload_folder)) == await database.count("files") == 1
    [file] = (await alice.client.get("/files")).json()["items"]
    assert await download(alice, file["id"]) == pdf()


async def test_a_commit_that_has_failed_leaves_no_content(
    alice: Person, upload_folder: Path, database: Inspector, break_commit: Break
) -> None:
    """UPLOAD-13: the database said no, and there is no row."""
    break_commit(False, False)

    assert (await send(alice, pdf(), "a.pdf")).status_code >= 500

    assert await database.count("files") == 0
    assert stored(upload_folder) == []


async def test_a_commit_that_is_cut_off_is_left_to_the_sweep(
    alice: Person, upload_folder: Path, break_commit: Break
) -> None:
    """UPLOAD-13: the database may still be at it, and the row appear in a moment."""
    break_commit(False, True)

    assert (await send(alice, pdf(), "a.pdf")).status_code >= 500

    assert len(stored(upload_folder)) == 1


async def test_where_nobody_can_look_the_sweep_decides(
    alice: Person, upload_folder: Path, break_commit: Break, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UPLOAD-13."""

    async def fail(*_: object) -> set[str]:
        raise OperationalError(None, None, OSError())

    break_commit(False, False)
    monkeypatch.setattr(crud, "known_keys", fail)

    assert (await send(alice, pdf(), "a.pdf")).status_code >= 500

    assert len(stored(upload_folder)) == 1
