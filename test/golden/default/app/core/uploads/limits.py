"""What no upload may exceed, whatever an operator sets. Light: every process imports it."""

MAX_PIXELS = 25_000_000
