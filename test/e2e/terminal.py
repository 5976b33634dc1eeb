"""Run a program on a pseudo-terminal, type what a script says when it says so, and report how it ended.

Standard input holds one JSON object: argv, cwd, env, steps of [expected text, keys to send], and
seconds. Standard output gets one: exit_code and output (escape sequences taken out).
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>78])")


def read(fd: int, seconds: float) -> str | None:
    """What the program wrote, an empty string when it wrote nothing in time, None when it has ended."""
    if not select.select([fd], [], [], seconds)[0]:
        return ""
    try:
        data = os.read(fd, 65536)
    except OSError:
        return None
    return data.decode("utf-8", "replace") if data else None


def converse(fd: int, steps: list[list[str]], deadline: float) -> str:
    raw, seen, waiting = "", 0, list(steps)
    while time.monotonic() < deadline:
        chunk = read(fd, 0.1)
        if chunk is None:
            break
        raw += chunk
        shown = ESCAPES.sub("", raw)
        if waiting and waiting[0][0] in shown[seen:]:
            _, keys = waiting.pop(0)
            time.sleep(0.15)  # the prompt draws itself before it listens
            seen = len(shown)
            os.write(fd, keys.encode())
    output = ESCAPES.sub("", raw).replace("\r\n", "\n")
    return output if not waiting else f"{output}\n<never said: {waiting[0][0]!r}>"


def main() -> None:
    job = json.load(sys.stdin)
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(job["cwd"])
        os.execve(job["argv"][0], job["argv"], job["env"])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    output = converse(fd, job["steps"], time.monotonic() + job["seconds"])
    ended, status = os.waitpid(pid, os.WNOHANG)
    for _ in range(50):
        if ended:
            break
        time.sleep(0.1)
        ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    print(json.dumps({"exitCode": os.waitstatus_to_exitcode(status), "output": output}))


main()
