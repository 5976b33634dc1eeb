"""A line to a service that tests can cut, mend and hold: what it is to be without the service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import make_url

PIECE = 65_536


class Wire:
    """Listens on this machine and passes on what it hears; ``url`` leads through it."""

    def __init__(self, url: str) -> None:
        self._far = make_url(url)
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._flows = asyncio.Event()
        self._flows.set()
        self._port = 0
        # The line breaks when a client says this: before it arrives, or before the answer does.
        self.breaks_before: bytes | None = None
        self.breaks_after: bytes | None = None

    @property
    def url(self) -> str:
        near = self._far.set(host="127.0.0.1", port=self._port)
        return near.render_as_string(hide_password=False)

    async def mend(self) -> None:
        self.breaks_before = self.breaks_after = None
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """End every connection, and refuse new ones."""
        if self._server is not None:
            self._server.close()
        for end in self._ends:
            end.transport.abort()

    def hold(self) -> None:
        """Keep the connections, and let nothing through."""
        self._flows.clear()

    def release(self) -> None:
        self._flows.set()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(self._far.host, self._far.port)
        ends = {writer, far_writer}
        self._ends |= ends
        with suppress(OSError):
            await asyncio.wait(
                {
                    asyncio.create_task(self._pass_on(reader, far_writer, is_client=True)),
                    asyncio.create_task(self._pass_on(far_reader, writer, is_client=False)),
                },
                return_when=asyncio.FIRST_COMPLETED,
            )
        self._ends -= ends
        for end in ends:
            end.transport.abort()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_client: bool
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                await self._flows.wait()
                if is_client and self._is_said(self.breaks_before, piece):
                    self.cut()
                    return
                writer.write(piece)
                await writer.drain()
                if is_client and self._is_said(self.breaks_after, piece):
                    # Time for the service to do it, and none for its answer.
                    self.hold()
                    await asyncio.sleep(0.2)
                    self.cut()
                    self.release()
                    return

    @staticmethod
    def _is_said(word: bytes | None, piece: bytes) -> bool:
        return word is not None and word in piece


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    wire = Wire(url)
    await wire.mend()
    yield wire
    wire.release()
    wire.cut()
