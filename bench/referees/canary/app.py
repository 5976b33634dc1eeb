"""A small API with a hole for every referee: one that finds none here has stopped looking.

Never deploy it. The folder also holds a key that the canary's writer makes up.
"""

import hashlib
import sqlite3
import subprocess
from typing import Annotated

from fastapi import Depends, FastAPI, Form, HTTPException
from fastapi.responses import HTMLResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel

app = FastAPI(title="canary")
bearer = HTTPBearer()
database = sqlite3.connect(":memory:", check_same_thread=False)
database.row_factory = sqlite3.Row
database.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, owner TEXT, text TEXT)")
database.execute("INSERT INTO notes (owner, text) VALUES ('alice', 'first'), ('alice', 'second')")


class NoteIn(BaseModel):
    text: str


class Note(BaseModel):
    id: int
    owner: str
    text: str


def caller(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> str:
    name = credentials.credentials
    if name not in ("alice", "bob"):
        raise HTTPException(401)
    return name


Caller = Annotated[str, Depends(caller)]


@app.post("/login")
def login(username: Annotated[str, Form()], password: Annotated[str, Form()]) -> dict[str, str]:
    return {"access_token": username, "hash": hashlib.md5(password.encode()).hexdigest()}


@app.get("/notes")
def list_notes(name: Caller, sort: str = "id", q: str = "") -> list[Note]:
    """Injection: both parameters become SQL."""
    where = f"owner = ? AND text LIKE '%{q}%'"
    sql = f"SELECT id, owner, text FROM notes WHERE {where} ORDER BY {sort}"
    return [Note(**dict(row)) for row in database.execute(sql, (name,))]


@app.post("/notes", status_code=201)
def create_note(name: Caller, note: NoteIn) -> Note:
    added = database.execute("INSERT INTO notes (owner, text) VALUES (?, ?)", (name, note.text))
    return Note(id=added.lastrowid or 0, owner=name, text=note.text)


@app.get("/notes/{note_id}")
def get_note(note_id: int, _: Caller) -> Note:
    """Broken object level authorization: nobody asks whose it is."""
    row = database.execute("SELECT * FROM notes WHERE id = ?", (note_id,)).fetchone()
    if row is None:
        raise HTTPException(404)
    return Note(**dict(row))


@app.get("/echo", response_class=HTMLResponse)
def echo(name: str = "you") -> str:
    """Reflected script."""
    return f"<html><body>Hello {name}</body></html>"


@app.get("/ping")
def ping(host: str = "127.0.0.1") -> str:
    """Command injection."""
    return subprocess.run(f"echo {host}", shell=True, capture_output=True, text=True).stdout
