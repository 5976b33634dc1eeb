"""Run a program on a pseudo-terminal, type what a script says when it says so, and tell what was shown, and when.

Standard input holds one JSON object: argv, cwd, env, columns, rows, seconds, and steps of [expected text, keys].
Escape sequences count as text. Keys are typed at a person's pace where `pace` says so in seconds.
Standard output gets one: exitCode, and events of [seconds, text].
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


class Terminal:
    """The person's side of it: what was shown so far, and the keys."""

    def __init__(self, job: dict) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(job["cwd"])
            os.execve(job["argv"][0], job["argv"], job["env"])
        size = struct.pack("HHHH", job["rows"], job["columns"], 0, 0)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, size)
        self.began = time.monotonic()
        self.deadline = self.began + job["seconds"]
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.events: list[tuple[float, str]] = []
        self.seen = ""
        self.is_open = True

    def read(self, seconds: float) -> None:
        """Take what is shown during so long, or until the program ends."""
        end = time.monotonic() + seconds
        while self.is_open and (left := end - time.monotonic()) > 0:
            if not select.select([self.fd], [], [], left)[0]:
                return
            try:
                data = os.read(self.fd, 65536)
            except OSError:  # how Linux says that nobody is left on the other side
                data = b""
            self.is_open = data != b""
            text = self.decoder.decode(data)
            self.events.append((round(time.monotonic() - self.began, 3), text))
            self.seen += text

    def expect(self, text: str) -> None:
        while text not in self.seen:
            if not self.is_open or time.monotonic() > self.deadline:
                shown = "".join(text for _, text in self.events)
                raise SystemExit(f"never shown: {text!r}. Shown was:\n{shown}")
            self.read(0.1)
        self.seen = self.seen.split(text, 1)[1]

    def type(self, keys: str, pace: float) -> None:
        self.read(0.15 + 10 * pace)  # a prompt draws itself before it listens; a person reads first
        for key in keys if pace else [keys]:
            os.write(self.fd, key.encode())
            self.read(pace)

    def end(self) -> int:
        """The exit code; whoever is not done in time is killed."""
        while self.is_open and time.monotonic() < self.deadline:
            self.read(0.1)
        for _ in range(50):
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.1)
        os.kill(self.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def main() -> None:
    job = json.load(sys.stdin)
    terminal = Terminal(job)
    for text, keys in job["steps"]:
        terminal.expect(text)
        terminal.type(keys, job.get("pace", 0))
    exit_code = terminal.end()
    json.dump({"exitCode": exit_code, "events": terminal.events}, sys.stdout)


main()
