"""Encrypts everything anew with the first of ENCRYPTION_KEYS, while the application runs."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.constants import AuditEvent, Outcome
from app.core.encryption import DecryptionFailed, key_ring, open_field, seal_field
from app.crud import encrypted as crud
from app.db.session import Sessions, unit_of_work
from app.models.base import Base
from app.models.encrypted import Encrypted
from app.services import audit

# Rows of one batch are locked while they are worked on: small enough not to be noticed.
BATCH = 200


@dataclass(slots=True)
class Rotation:
    """How many values were encrypted anew, and which could not be read."""

    values: int = 0
    unreadable: list[str] = field(default_factory=list)


async def rotate(sessions: Sessions) -> Rotation:
    rotation = Rotation()
    for model, encrypted in crud.encrypted_fields():
        after: UUID | None = None
        while True:
            async with unit_of_work(sessions) as session:
                after = await _rotate_batch(session, (model, encrypted), after, rotation)
            if after is None:
                break
    await _record(sessions, rotation)
    return rotation


async def _rotate_batch(
    session: AsyncSession,
    place: tuple[type[Base], Encrypted],
    after: UUID | None,
    rotation: Rotation,
) -> UUID | None:
    """Return the last id of the batch, or nothing when there was none left."""
    prefix = key_ring().current_prefix
    rows = await crud.get_outdated(session, place, prefix=prefix, after=after, limit=BATCH)
    model, encrypted = place
    for row_id, sealed in rows:
        try:
            text = open_field(encrypted.column, row_id, sealed)
        except DecryptionFailed as failed:
            # Left as it is: evidence, and perhaps a key that is missing from the ring.
            rotation.unreadable.append(failed.place)
            continue
        values = {encrypted.ciphertext: seal_field(encrypted.column, row_id, text)}
        if encrypted.index is not None:
            values[encrypted.index] = encrypted.indexed(text)
        await crud.replace(session, model, row_id, values)
        rotation.values += 1
    return rows[-1][0] if rows else None


async def _record(sessions: Sessions, rotation: Rotation) -> None:
    async with unit_of_work(sessions) as session:
        for place in rotation.unreadable:
            await audit.record(session, AuditEvent.DECRYPTION_FAILED, Outcome.FAILURE, target=place)
        await audit.record(
            session,
            AuditEvent.KEYS_ROTATED,
            Outcome.FAILURE if rotation.unreadable else Outcome.SUCCESS,
            target=key_ring().current_id,
            details={"values": rotation.values, "unreadable": len(rotation.unreadable)},
        )
