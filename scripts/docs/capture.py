"""Run a shell in a pseudo-terminal, type into it as a person would, and print what it showed, with times.

Reads a JSON object from standard input: cwd, env, columns, rows, and steps of {wait, keys}: when the text of `wait`
has appeared since the step before, `keys` are typed. Prints one JSON object: a list of [seconds, text].
Only the standard library, and Python is needed here anyway.
"""

import codecs
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

TYPING_SECONDS = 0.05
THINKING_SECONDS = 0.7
LIMIT_SECONDS = 300.0


def start_shell(script: dict) -> tuple[int, int]:
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(script["cwd"])
        os.execve("/bin/sh", ["/bin/sh", "-i"], {**script["env"], "TERM": "xterm-256color"})
    size = struct.pack("HHHH", script["rows"], script["columns"], 0, 0)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
    return pid, terminal


class Recorder:
    """What the terminal showed so far, in events and as text since the last step."""

    def __init__(self, terminal: int) -> None:
        self.terminal = terminal
        self.began = time.monotonic()
        self.events: list[tuple[float, str]] = []
        self.seen = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def read(self, seconds: float) -> None:
        """Collect output for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.terminal], [], [], left)[0]:
                return
            text = self.decoder.decode(os.read(self.terminal, 65536))
            self.events.append((round(time.monotonic() - self.began, 3), text))
            self.seen += text

    def wait_for(self, text: str) -> None:
        while text not in self.seen:
            if time.monotonic() - self.began > LIMIT_SECONDS:
                raise SystemExit(f"{text!r} did not appear. What did:\n{self.seen}")
            self.read(0.05)
        self.seen = ""

    def type(self, keys: str) -> None:
        self.read(THINKING_SECONDS)
        for key in [keys] if keys.startswith("\x1b") else keys:
            os.write(self.terminal, key.encode())
            self.read(TYPING_SECONDS)


def main() -> None:
    script = json.load(sys.stdin)
    pid, terminal = start_shell(script)
    recorder = Recorder(terminal)
    try:
        for step in script["steps"]:
            recorder.wait_for(step["wait"])
            recorder.type(step["keys"])
    finally:
        # The shell alone: what it started ended before its last prompt appeared.
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    json.dump(recorder.events, sys.stdout)


main()
