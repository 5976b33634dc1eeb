"""Where files are opened: in a process of its own each, with little memory and little time.

What decodes a stranger's bytes may crash, hang or grow. Then it is that process that ends, and
the file is refused.
"""

import asyncio
import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from threading import BoundedSemaphore

from app.core.errors import AppError
from app.core.uploads.errors import ActiveContent, ImageTooLarge, InvalidFile, UploadsBusy
from app.core.uploads.images import TooManyPixels
from app.core.uploads.pdf import DoesSomething

if sys.platform != "win32":
    import resource

PROCESSES = 2
# So many wait for one of them; whoever comes then is asked to come back.
WAITING = 8
CPU_SECONDS = 20
# Longer, for a busy machine; shorter than a request may take.
SECONDS = 25
MEMORY_BYTES = 1536 * 1024**2

DONE, LATE, BROKEN = b"done", b"late", b"broken"
TOO_MANY_PIXELS, ACTIVE = b"pixels", b"active"
REFUSALS: dict[bytes, type[AppError]] = {
    TOO_MANY_PIXELS: ImageTooLarge,
    ACTIVE: ActiveContent,
    BROKEN: InvalidFile,
    LATE: UploadsBusy,
}

# Forked from a server that has imported all of this, where there is fork: 15 ms instead of 190.
if sys.platform == "win32":
    CONTEXT = multiprocessing.get_context("spawn")
else:
    CONTEXT = multiprocessing.get_context("forkserver")
    CONTEXT.set_forkserver_preload([__name__])

Task = Callable[..., None]


class Workshop:
    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(PROCESSES, thread_name_prefix="uploads")
        self._places = BoundedSemaphore(PROCESSES + WAITING)

    async def work(self, task: Task, *arguments: object) -> None:
        """Run a function of a module by itself; refuse the file when it does not come to an end."""
        if not self._places.acquire(blocking=False):
            raise UploadsBusy
        job = self._threads.submit(run_apart, task, arguments)
        # Also when the request is cancelled: the place is taken until the process has ended.
        job.add_done_callback(lambda _: self._places.release())
        outcome = await asyncio.wrap_future(job)
        if outcome != DONE:
            raise REFUSALS.get(outcome, InvalidFile)


@cache
def workshop() -> Workshop:
    return Workshop()


def run_apart(task: Task, arguments: tuple[object, ...], seconds: float = SECONDS) -> bytes:
    receiver, sender = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_work, args=(sender, task, arguments), daemon=True)
    process.start()
    sender.close()
    try:
        # Bytes, not objects: to unpickle what a taken-over process sends would be its way out.
        return receiver.recv_bytes(16) if receiver.poll(seconds) else LATE
    except (EOFError, OSError):
        return BROKEN
    finally:
        receiver.close()
        process.kill()
        process.join()
        process.close()


def _work(sender: Connection, task: Task, arguments: tuple[object, ...]) -> None:
    _limit_resources()
    outcome = BROKEN
    try:
        task(*arguments)
        outcome = DONE
    except TooManyPixels:
        outcome = TOO_MANY_PIXELS
    except DoesSomething:
        outcome = ACTIVE
    except Exception:
        # Decoders raise whatever they stumble over, from SyntaxError to MemoryError.
        outcome = BROKEN
    sender.send_bytes(outcome)


def _limit_resources() -> None:
    if sys.platform == "win32":
        return
    for limit, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS)):
        # Not every system keeps every limit; the time limit of the parent holds everywhere.
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
