"""How many messages a WebSocket connection may send, and how long they may be."""

import time

MOST_BYTES = 65_536
BURST = 20
PER_SECOND = 5.0


class MessageRate:
    """A bucket of messages that fills again as time goes by."""

    def __init__(self) -> None:
        self._left = float(BURST)
        self._seen = time.monotonic()

    def allows(self) -> bool:
        now = time.monotonic()
        self._left = min(BURST, self._left + (now - self._seen) * PER_SECOND)
        self._seen = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
