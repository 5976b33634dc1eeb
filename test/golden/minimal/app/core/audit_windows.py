"""Which events were recorded already in the present window, as far as this process knows."""

from weakref import WeakKeyDictionary

MOST_KEYS = 10_000


class Windows:
    """The last window of each key; forgets the oldest keys, never grows beyond a bound."""

    def __init__(self) -> None:
        self._windows: dict[str, int] = {}

    def opens(self, key: str, window: int) -> bool:
        """Tell whether the key is new in this window, and remember it."""
        if self._windows.pop(key, None) == window:
            self._windows[key] = window
            return False
        self._windows[key] = window
        if len(self._windows) > MOST_KEYS:
            del self._windows[next(iter(self._windows))]
        return True

    def forget(self, key: str) -> None:
        """Let the key be new again: what should have been recorded was not."""
        self._windows.pop(key, None)


# By the factory of sessions: one per application, and gone with it.
_windows: WeakKeyDictionary[object, Windows] = WeakKeyDictionary()


def windows_of(sessions: object) -> Windows:
    return _windows.setdefault(sessions, Windows())
