"""Use cases: what may be done, by whom, and what follows."""
