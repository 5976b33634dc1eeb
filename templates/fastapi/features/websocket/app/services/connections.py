"""The open WebSocket connections of this worker, and how to reach a user wherever they are."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from app.core.errors import ServiceUnavailable, TooManyRequests
from app.core.identity import Caller
from app.core.live_settings import LiveSettings
from app.schemas.base import Output
from app.schemas.ws import SessionCount
from app.services.live_bus import Bus

# What a client that reads slowly has not read yet. Then it goes, and reads the rest anew.
MOST_UNSENT = 64
RETRY_SECONDS = 30


class TooManyConnections(TooManyRequests):
    code = "too_many_connections"
    detail = "You have as many connections as you may have. Close one first."


class Close(NamedTuple):
    code: int
    reason: str


class Ending(Enum):
    """Why a connection ends. 4401 is the private code for what 401 is to a request."""

    LEFT = Close(1000, "")
    SIGNED_OUT = Close(4401, "signed out")
    BROKEN_RULES = Close(1008, "too many errors")
    TOO_SLOW = Close(1008, "too slow")
    TOO_LARGE = Close(1009, "message too large")
    NO_TEXT = Close(1003, "text only")
    UNCHECKED = Close(1013, "try again later")


class Connection:
    """One client: what waits to be sent to it, and why it ends."""

    def __init__(self, caller: Caller) -> None:
        self.user_id = caller.user_id
        self.session_id = caller.session_id
        self.unsent: asyncio.Queue[str] = asyncio.Queue(MOST_UNSENT)
        self.ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()

    def send(self, text: str) -> None:
        try:
            self.unsent.put_nowait(text)
        except asyncio.QueueFull:
            self.end(Ending.TOO_SLOW)

    def end(self, why: Ending) -> None:
        if not self.ended.done():
            self.ended.set_result(why)


class Connections:
    """``publish`` reaches every connection of a user; ``deliver`` those of this worker."""

    def __init__(self, settings: LiveSettings, bus: Bus) -> None:
        self._most = settings.ws_connections
        self._most_per_user = settings.ws_connections_per_user
        self._bus = bus
        self._count = 0
        self._open: dict[UUID, set[Connection]] = {}
        self._session_counts: dict[UUID, int] = {}

    @contextmanager
    def open(self, caller: Caller) -> Iterator[Connection]:
        """Give a connection its place as long as it lasts, or refuse it."""
        if self._count >= self._most:
            raise ServiceUnavailable(retry_after=RETRY_SECONDS)
        if len(self._open.get(caller.user_id, ())) >= self._most_per_user:
            raise TooManyConnections(retry_after=RETRY_SECONDS)
        connection = Connection(caller)
        mine = self._open.setdefault(caller.user_id, set())
        mine.add(connection)
        self._count += 1
        # The next check tells the newcomer, too.
        self._session_counts.pop(caller.user_id, None)
        try:
            yield connection
        finally:
            self._count -= 1
            mine.remove(connection)
            if not mine:
                del self._open[caller.user_id]
                self._session_counts.pop(caller.user_id, None)

    async def publish(self, user_id: UUID, message: Output) -> None:
        """Send to all connections of a user, of every worker; who is away misses it."""
        await self._bus.publish(user_id, message.model_dump_json())

    def deliver(self, user_id: UUID, text: str) -> None:
        for connection in tuple(self._open.get(user_id, ())):
            connection.send(text)

    def __iter__(self) -> Iterator[Connection]:
        return iter([one for mine in self._open.values() for one in mine])

    def keep(self, checked: Iterable[Connection], live: Mapping[UUID, set[UUID]]) -> None:
        """End what was checked and is signed out; tell the others where they are signed in."""
        for connection in checked:
            if connection.session_id not in live[connection.user_id]:
                connection.end(Ending.SIGNED_OUT)
        for user_id in self._open.keys() & live.keys():
            count = len(live[user_id])
            if self._session_counts.get(user_id) != count:
                self._session_counts[user_id] = count
                self.deliver(user_id, SessionCount(count=count).model_dump_json())
