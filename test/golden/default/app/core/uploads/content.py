"""A stored file that is open, until its last piece or until it is closed."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Content:
    """To be iterated over, or closed: a generator that never starts would close nothing."""

    read: Callable[[], Awaitable[bytes]]
    close: Callable[[], None]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            while chunk := await self.read():
                yield chunk
        finally:
            self.close()


async def _end() -> bytes:
    return b""


# For whoever asks about a file, and not for it.
NOTHING = Content(_end, lambda: None)
