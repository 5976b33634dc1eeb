"""Whether somebody could tell two answers apart: by what they say, or by how long they take."""

import time
from collections.abc import Awaitable, Callable, Sequence
from statistics import quantiles

from httpx import Response

Ask = Callable[[int], Awaitable[Response]]
ROUNDS = 40


def visible(response: Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return all that reaches a client, without the number that every request has."""
    headers = [pair for pair in response.headers.multi_items() if pair[0] != "x-request-id"]
    return response.status_code, response.content, headers


async def usual_times(asks: Sequence[Ask]) -> list[float]:
    """Ask in turns, and return what time of the processor each takes where nothing disturbs it.

    A quarter of the rounds took less. The least would hang on one lucky round, the mean on the
    unlucky ones; waiting is left out, which other tests look for.
    """
    times: list[list[float]] = [[] for _ in asks]
    for number in range(ROUNDS):
        pairs = list(zip(asks, times, strict=True))
        # Whoever comes second finds warmer caches.
        for ask, taken in pairs if number % 2 else reversed(pairs):
            started = time.process_time()
            await ask(number)
            taken.append(time.process_time() - started)
    return [quantiles(taken, n=4)[0] for taken in times]
