"""How long API keys live and how many there may be."""

from datetime import timedelta

from pydantic import Field

from app.core.config import SecuritySettings

DEFAULT_DAYS = 90


class ApiKeySettings(SecuritySettings):
    # A key that nobody renews is a key that nobody remembers.
    api_key_max_days: int = Field(365, ge=1, le=366)
    max_api_keys_per_user: int = Field(20, ge=1, le=1000)

    @property
    def api_key_lifetime(self) -> timedelta:
        return timedelta(days=self.api_key_max_days)

    @property
    def api_key_default_lifetime(self) -> timedelta:
        return timedelta(days=min(DEFAULT_DAYS, self.api_key_max_days))
