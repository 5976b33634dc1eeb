"""Files in a bucket of S3, or of anything that speaks it. The client is synchronous: threads.

Importing it takes half a second, so ``app.core.uploads.storage`` does that only for a bucket.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from app.core.uploads.content import Content
from app.core.uploads.errors import storage_errors
from app.core.uploads.settings import UploadSettings
from app.core.uploads.storage import Storage

T = TypeVar("T")

PREFIX = "files/"
CHUNK_BYTES = 65_536
CONNECT_SECONDS = 3
READ_SECONDS = 10
ATTEMPTS = 2
# Of its own: a bucket that answers slowly holds up nothing else that is done in threads.
THREADS = 10


class S3(Storage):
    def __init__(self, settings: UploadSettings) -> None:
        self._settings = settings
        self._bucket = settings.s3_bucket
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="s3")

    async def save(self, key: str, source: Path, content_type: str) -> None:
        def put() -> None:
            with source.open("rb") as file:
                place = self._place(key)
                self._client.put_object(**place, Body=file, ContentType=content_type)

        await self._in_thread(put)

    async def open(self, key: str) -> Content:
        answer = await self._in_thread(lambda: self._client.get_object(**self._place(key)))
        body = answer["Body"]
        return Content(partial(self._in_thread, lambda: body.read(CHUNK_BYTES)), body.close)

    async def remove(self, key: str) -> None:
        await self._in_thread(lambda: self._client.delete_object(**self._place(key)))

    async def keys_before(self, moment: datetime) -> AsyncIterator[str]:
        pages = iter(await self._in_thread(self._pages))
        while (page := await self._in_thread(lambda: next(pages, None))) is not None:
            for item in page.get("Contents", ()):
                if item["LastModified"] < moment:
                    yield item["Key"].removeprefix(PREFIX)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        with storage_errors(BotoCoreError, ClientError, OSError):
            return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def _pages(self) -> Iterator[dict[str, Any]]:
        pages: Iterator[dict[str, Any]] = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=PREFIX
        )
        return pages

    def _place(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": PREFIX + key}

    @property
    def _client(self) -> BaseClient:
        # To make one takes long and is not safe in two threads; to use one is.
        with self._lock:
            return self._made_client

    @cached_property
    def _made_client(self) -> BaseClient:
        settings = self._settings
        return Session().create_client(
            "s3",
            region_name=settings.s3_region,
            endpoint_url=settings.s3_endpoint_url or None,
            aws_access_key_id=settings.s3_access_key_id or None,
            aws_secret_access_key=settings.s3_secret_access_key.get_secret_value() or None,
            config=Config(
                max_pool_connections=THREADS,
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
                # Other makers' servers know buckets by path, and not the newest checksums.
                s3={"addressing_style": "path" if settings.s3_endpoint_url else "auto"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )
