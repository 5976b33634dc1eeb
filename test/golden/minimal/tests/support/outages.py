"""What tests of an outage begin with: Redis at the end of a line that they can cut."""

from collections.abc import AsyncIterator

import pytest

from tests.support.environment import REDIS_URL
from tests.support.wire import Wire, wire_to


@pytest.mark.skipif(not REDIS_URL, reason="TEST_REDIS_URL is not set")
class OnWireToRedis:
    @pytest.fixture
    async def wire(self) -> AsyncIterator[Wire]:
        async with wire_to(REDIS_URL) as wire:
            yield wire

    @pytest.fixture
    def environment(self, environment: dict[str, str], wire: Wire) -> dict[str, str]:
        """The variables of this test, as everywhere, with the line."""
        return environment | {"REDIS_URL": wire.url}
