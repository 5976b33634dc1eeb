"""Where files are kept. Names are random: they are guessed by nobody and tell nothing."""

import re
import secrets
from collections.abc import AsyncIterator
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from app.core.uploads.content import Content
from app.core.uploads.disk import Disk
from app.core.uploads.settings import UploadSettings

KEY = re.compile(r"[0-9a-f]{64}")


class Storage(Protocol):
    """Whoever keeps files elsewhere writes these. All raise ``StorageUnavailable``."""

    async def save(self, key: str, source: Path, content_type: str) -> None:
        """Keep a copy under a new name, whole or not at all. ``source`` may be gone then."""

    async def open(self, key: str) -> Content:
        """Return the content in pieces. Raises before the first one, not in the middle."""

    async def remove(self, key: str) -> None:
        """Forget a file; one that is not there is no error."""

    def keys_before(self, moment: datetime) -> AsyncIterator[str]:
        """List what was kept before a time, for the sweep."""


def new_key() -> str:
    return secrets.token_hex(32)


@lru_cache(maxsize=4)
def storage(settings: UploadSettings) -> Storage:
    if settings.upload_storage == "local":
        return Disk(settings)
    # Only now: importing the client of S3 takes half a second of every start.
    bucket: Storage = import_module("app.core.uploads.s3").S3(settings)
    return bucket
