"""Time for what a busy machine is slow at: that is not a store which failed."""

import pytest

from app.db import postgres, sqlite

SECONDS = 60


def be_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.rate_limit.REDIS_TIMEOUT_SECONDS", float(SECONDS))
    monkeypatch.setattr("app.db.engine.POOL_TIMEOUT_SECONDS", float(SECONDS))
    waits = f"PRAGMA busy_timeout={SECONDS * 1000}"
    monkeypatch.setattr(sqlite, "PRAGMAS", (*sqlite.PRAGMAS, waits))
    limits = dict.fromkeys(postgres.SESSION_LIMITS, f"{SECONDS}s")
    monkeypatch.setattr(postgres, "SESSION_LIMITS", limits)
