"""Password hashing and opaque tokens: pure, with the settings as argument."""

import asyncio
import hashlib
import os
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from app.core.config import SecuritySettings
from app.core.constants import (
    BCRYPT_MAX_BYTES,
    HASH_WAIT_SECONDS,
    OPAQUE_TOKEN_BYTES,
    PASSWORD_MAX_BYTES,
    PASSWORD_MAX_LENGTH,
)
from app.core.errors import ServiceUnavailable
from app.core.keys import keyed_hash
from app.core.tokens import AccessClaims, issue_access_token, read_access_token

__all__ = [
    "AccessClaims",
    "PasswordHasher",
    "VerifyResult",
    "digest",
    "issue_access_token",
    "keyed_hash",
    "new_token",
    "normalize_password",
    "read_access_token",
]

T = TypeVar("T")


def new_token() -> str:
    """Make an opaque token of 256 random bits, as base64url."""
    return secrets.token_urlsafe(OPAQUE_TOKEN_BYTES)


def digest(token: str) -> str:
    """Return what is stored of a token. It is random, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def normalize_password(password: str) -> str:
    # NFC, not NFKC: one way of typing an accent, but no two characters become one
    # (RFC 8265, OpaqueString; CVE-2026-19611).
    return unicodedata.normalize("NFC", password)


@dataclass(frozen=True, slots=True)
class VerifyResult:
    ok: bool
    new_hash: str | None = None
    """Set when the stored hash is of an older kind: store this one instead."""


class PasswordHasher:
    """Argon2id in threads of its own, so that a burst of sign-ins costs bounded memory."""

    def __init__(self, settings: SecuritySettings) -> None:
        argon2 = Argon2Hasher(
            memory_cost=settings.argon2_memory_kib,
            time_cost=settings.argon2_time_cost,
            parallelism=settings.argon2_parallelism,
        )
        # The first one hashes. bcrypt is only verified, for imported users.
        self._hashes = PasswordHash((argon2, BcryptHasher()))
        slots = max(2, os.cpu_count() or 1)
        self._slots = asyncio.Semaphore(slots)
        self._threads = ThreadPoolExecutor(slots, thread_name_prefix="password")
        self._dummy = _unmatchable_hash(settings)

    async def hash(self, password: str) -> str:
        return await self._run(partial(self._hashes.hash, normalize_password(password)))

    async def verify(self, password: str, stored: str | None) -> VerifyResult:
        """Compare with what is stored; without it, work as long and answer no."""
        normal = normalize_password(password)
        if len(normal) > PASSWORD_MAX_LENGTH or len(normal.encode()) > PASSWORD_MAX_BYTES:
            # No account has it. The answer depends on the input alone, so it tells nothing.
            return VerifyResult(ok=False)
        return await self._run(partial(self._verify, normal, stored or self._dummy))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password: str, stored: str) -> VerifyResult:
        if BcryptHasher.identify(stored) and len(password.encode()) > BCRYPT_MAX_BYTES:
            # bcrypt would compare the first 72 bytes and call two passwords the same.
            stored = self._dummy
        try:
            return VerifyResult(*self._hashes.verify_and_update(password, stored))
        except UnknownHashError:
            return VerifyResult(*self._hashes.verify_and_update(password, self._dummy))

    async def _run(self, work: Callable[[], T]) -> T:
        try:
            async with asyncio.timeout(HASH_WAIT_SECONDS):
                await self._slots.acquire()
        except TimeoutError:
            raise ServiceUnavailable(retry_after=1) from None
        future = self._threads.submit(work)
        loop = asyncio.get_running_loop()
        # The slot is free when the thread is, which may be long after the client hung up.
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._slots.release))
        return await asyncio.wrap_future(future)


def _unmatchable_hash(settings: SecuritySettings) -> str:
    """Write down a hash of no password: verifying against it costs as much as a real one."""
    salt, tag = (b64encode(os.urandom(size)).decode().rstrip("=") for size in (16, 32))
    memory, passes = settings.argon2_memory_kib, settings.argon2_time_cost
    return f"$argon2id$v=19$m={memory},t={passes},p={settings.argon2_parallelism}${salt}${tag}"
