"""A route with a side effect, to be repeated with and without an Idempotency-Key."""

import asyncio
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient

from app.api.idempotency import RepeatableDep
from app.api.routing import SecureRoute
from app.core.errors import Conflict
from app.schemas.base import Input, RecordOut
from app.utils.helpers import new_id, utc_now


class NoteCreate(Input):
    text: str


class NoteOut(RecordOut):
    text: str


def add_slips(api: FastAPI) -> list[UUID]:
    """What a route with side effects has made."""
    made: list[UUID] = []

    async def create_note(data: NoteCreate, repeatable: RepeatableDep) -> NoteOut:
        """Create a note, slowly."""

        async def create() -> NoteOut:
            await asyncio.sleep(0.05)
            if data.text == "taken":
                raise Conflict
            note = NoteOut(id=new_id(), created_at=utc_now(), updated_at=utc_now(), text=data.text)
            made.append(note.id)
            return note

        return await repeatable.once(data, create, NoteOut)

    for path in ("/slips", "/cards"):
        api.router.routes.append(SecureRoute(f"/api/v1{path}", create_note, methods=["POST"]))
    return made


async def send(client: AsyncClient, key: str | None, text: str = "a", path: str = "/slips") -> str:
    headers = {} if key is None else {"Idempotency-Key": key}
    response = await client.post(path, json={"text": text}, headers=headers)
    return str(response.json()["id"]) if response.status_code == 200 else str(response.status_code)
