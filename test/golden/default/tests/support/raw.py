"""Requests as bytes on a socket: what no HTTP library would send."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import h11

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    closed: bool
    """The server ended the connection instead of waiting for the next request."""

    def header(self, name: str) -> str | None:
        values = [value for key, value in self.headers if key == name]
        assert len(values) < 2, f"{name} came twice"
        return values[0] if values else None


def request(
    method: str, target: str, headers: Headers = (), *, host: str | None = "localhost"
) -> bytes:
    lines = [f"{method} {target} HTTP/1.1"]
    lines += [] if host is None else [f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def send(port: int, *pieces: bytes, wait: float = 5.0) -> Answer:
    """Write the pieces and read one response; a server that has heard enough may hang up."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
        except OSError:
            pass
        return _read(connection, expects_body=not pieces[0].startswith(b"HEAD"))


def _read(connection: socket.socket, *, expects_body: bool) -> Answer:
    parser = h11.Connection(h11.CLIENT)
    # The parser only reads: what was sent may not be HTTP at all.
    method = "GET" if expects_body else "HEAD"
    parser.send(h11.Request(method=method, target="/", headers=[("Host", "localhost")]))
    parser.send(h11.EndOfMessage())
    start: Any = None
    body = b""
    while True:
        event = parser.next_event()
        if event is h11.NEED_DATA:
            parser.receive_data(_receive(connection))
        elif isinstance(event, h11.Response):
            start = event
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
        elif isinstance(event, h11.EndOfMessage):
            break
        else:
            raise ConnectionError("no answer")
    headers = [(name.decode(), value.decode("latin-1")) for name, value in start.headers]
    return Answer(start.status_code, headers, body, ("connection", "close") in headers)


def _receive(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65_536)
    except ConnectionResetError:
        return b""
