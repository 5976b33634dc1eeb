"""What work costs. Time of the processor, since a busy machine makes everybody wait."""

import time
import timeit
from collections.abc import Callable


def effort(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the seconds of the processor that ``work`` takes where nothing disturbs it.

    That is the least of some rounds: caches, collections of garbage and other threads only add.
    """
    return min(timeit.repeat(work, timer=time.process_time, number=1, repeat=rounds))
