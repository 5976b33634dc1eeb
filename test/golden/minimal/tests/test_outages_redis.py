"""Redis goes away and comes back: what needs a count waits for it, everything else goes on."""

import asyncio

import pytest
from httpx import AsyncClient

from tests.support.outages import OnWireToRedis
from tests.support.people import Person, log_in
from tests.support.wire import Wire

READY = "https://localhost/health/ready"


@pytest.fixture
def short_pause(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings
    monkeypatch.setattr("app.core.rate_limit.REDIS_TIMEOUT_SECONDS", 2.0)
    monkeypatch.setattr("app.core.rate_limit.STORE_PAUSE_SECONDS", 0.1)
    monkeypatch.setattr("app.services.readiness.ANSWER_SECONDS", 0.0)


async def eventually_signs_in(client: AsyncClient) -> bool:
    for _ in range(600):
        if (await log_in(client, "alice")).status_code == 200:
            return True
        await asyncio.sleep(0.1)
    return False


@pytest.mark.usefixtures("short_pause")
class TestRedis(OnWireToRedis):
    @pytest.mark.parametrize("how", ["cut", "held"])
    async def test_nobody_guesses_uncounted_and_the_rest_goes_on(
        self, alice: Person, client: AsyncClient, wire: Wire, how: str
    ) -> None:
        """RATE-06, ERR-07: refused, or silent; when it is back, everything is."""
        if how == "cut":
            wire.cut()
        else:
            wire.hold()

        refused = await log_in(client, "alice")
        reading = await alice.client.get("/users/me")
        ready = await client.get(READY)
        if how == "cut":
            await wire.mend()
        else:
            wire.release()

        assert (refused.status_code, reading.status_code, ready.status_code) == (503, 200, 503)
        assert int(refused.headers["Retry-After"]) >= 1
        assert await eventually_signs_in(client)
        assert (await client.get(READY)).status_code == 200
