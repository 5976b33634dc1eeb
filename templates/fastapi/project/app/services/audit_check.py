"""Whether the audit chain is whole, and if not, which row is the first that tells."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.core.audit_chain import GENESIS, ChainKeys, Entry
from app.core.config import SecuritySettings
from app.crud import audit as crud

BATCH = 500
# Not proof of a change, but no proof of anything else either.
UNKNOWN_KEY = "is signed with a key that is not in SECRET_KEY or SECRET_KEY_PREVIOUS"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``seq`` is the first bad row, or, of a whole chain, the last row."""

    seq: int
    mac: str
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.problem

    @property
    def anchor(self) -> str:
        return f"{self.seq}:{self.mac}"

    @property
    def lacks_key(self) -> bool:
        return self.problem == UNKNOWN_KEY


class Walk:
    """Follows the chain row by row until one does not fit."""

    def __init__(self, chain: ChainKeys, anchors: dict[int, str]) -> None:
        self._chain = chain
        self._anchors = anchors
        self.seq = 0
        self.mac = GENESIS

    def step(self, entry: Entry, mac: str) -> str:
        """Take the next row; return what is wrong with it, if anything."""
        if entry.seq > self.seq + 1:
            self.seq += 1
            return "is missing"
        repeated = entry.seq <= self.seq
        self.seq = entry.seq
        if repeated:
            return "exists twice"
        if self._chain.is_of_unknown_key(mac):
            return UNKNOWN_KEY
        if not self._chain.is_row(self.mac, entry, mac):
            return "was changed, moved or inserted"
        if self._anchors.get(entry.seq, mac) != mac:
            return "is not the row that was anchored"
        self.mac = mac
        return ""

    def end(self, head: tuple[int, str, str] | None) -> str:
        """Compare with the head; without it nobody would miss the last rows."""
        if head is None:
            return "ends a chain whose head is missing"
        seq, row_mac, mac = head
        if seq > self.seq or any(anchored > self.seq for anchored in self._anchors):
            self.seq += 1
            return "is missing"
        if not self._chain.is_head(seq, row_mac, mac):
            return "ends a chain whose head was changed"
        if (seq, row_mac) != (self.seq, self.mac):
            self.seq = seq + 1
            return "was inserted after the head"
        return ""


async def verify(
    engine: AsyncEngine, settings: SecuritySettings, anchors: dict[int, str]
) -> Verdict:
    """Read the whole chain in one snapshot, so that rows may be written meanwhile."""
    walk = Walk(ChainKeys(settings), anchors)
    async with engine.connect() as plain:
        connection = await plain.execution_options(isolation_level="SERIALIZABLE")
        problem = await _walk(connection, walk)
    return Verdict(walk.seq, walk.mac, problem)


async def _walk(connection: AsyncConnection, walk: Walk) -> str:
    head = await crud.get_head(connection)
    while rows := await crud.get_batch(connection, walk.seq, BATCH):
        for entry, mac in rows:
            if problem := walk.step(entry, mac):
                return problem
    return walk.end(head)
