"""Uploads of a test go to a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api import uploads
from tests.uploads.bucket import Bucket, new_bucket, start_s3


@pytest.fixture(autouse=True)
def no_sweep_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test sweep when it wants to. Servers in processes of their own do as they always do."""

    async def rest(*_: object) -> None:
        pass

    monkeypatch.setattr(uploads, "sweep_regularly", rest, raising=False)


@pytest.fixture
def upload_folder(tmp_path: Path) -> Path:
    return tmp_path / "uploads"


@pytest.fixture
def environment(environment: dict[str, str], upload_folder: Path) -> dict[str, str]:
    """The variables of this test, as everywhere, and the folder."""
    return environment | {"UPLOAD_DIR": str(upload_folder)}


@pytest.fixture(scope="session")
def s3_url() -> Iterator[str]:
    """A real S3 server on this machine."""
    with start_s3() as url:
        yield url


@pytest.fixture
def bucket(s3_url: str) -> Bucket:
    return new_bucket(s3_url)
