"""Security policy: what a reviewer reads first. Each value is an environment variable.

Bounds written at a field hold everywhere; what only production refuses is in
``app.core.production``. The rest of the settings is in ``app.config``.
"""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.core.constants import (
    ADMIN_SESSION_IDLE,
    ADMIN_SESSION_LIFETIME,
    JWT_MAX_MINUTES,
    SESSION_LIFETIME,
    Environment,
    Role,
)
from app.core.settings_types import (
    EncryptionKeys,
    Names,
    Networks,
    RateLimit,
    RedisURL,
    in_production,
    outside_production,
    split_commas,
)

ENVIRONMENT = "environment"
PROJECT_ROOT = Path(__file__).resolve().parents[2]


class SecuritySettings(BaseSettings):
    model_config = SettingsConfigDict(
        # Absolute, so that .env counts whatever directory the process starts in.
        env_file=PROJECT_ROOT / ".env",
        env_file_encoding="utf-8",
        # .env also holds what other tools read.
        extra="ignore",
        # A value that is refused may be a secret with a typo in its name.
        hide_input_in_errors=True,
        frozen=True,
    )

    # Nobody becomes a development server by forgetting a variable.
    environment: Environment = Environment.PRODUCTION

    # Root of the keys in app.core.keys. Earlier ones verify only, so rotating logs nobody out.
    secret_key: SecretStr = SecretStr("")
    secret_key_previous: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    # The first encrypts, all decrypt. Apart from SECRET_KEY: changing that must not lose data.
    encryption_keys: EncryptionKeys = ()

    # One algorithm per key (RFC 8725, 3.1). The derived key has 32 bytes: right for HS256 only.
    algorithm: Literal["HS256"] = "HS256"
    access_token_expire_minutes: int = Field(15, ge=1, le=JWT_MAX_MINUTES)
    refresh_token_expire_days: int = Field(14, ge=1, le=90)
    # RFC 9700, 4.14.2: two tabs may refresh at once; nothing is issued inside the grace.
    refresh_reuse_grace_seconds: int = Field(10, ge=0, le=30)

    # NIST SP 800-63B-4 for a single factor. Composition rules cannot be turned on.
    password_min_length: int = Field(15, ge=8, le=64)
    # RFC 9106, second choice, with one lane since the thread pool is parallel already.
    argon2_memory_kib: int = Field(65_536, ge=8, le=1_048_576)
    argon2_time_cost: int = Field(3, ge=1, le=10)
    argon2_parallelism: int = Field(1, ge=1, le=8)

    allowed_hosts: Names = ("localhost", "127.0.0.1")
    cors_origins: Names = ()
    trusted_proxies: Networks = ()
    # Links are built from this, never from a request (CWE-644).
    public_base_url: str = "http://localhost:8000"
    force_https: bool = Field(default_factory=in_production)
    enable_docs: bool = Field(default_factory=outside_production)
    # For /.well-known/security.txt (RFC 9116); empty: there is none.
    security_contact: str = Field("", pattern=r"^(?:(?:mailto:|https://|tel:)[!-~]+)?$")

    # Empty: counters in the process, which is right for a single worker only.
    redis_url: RedisURL = SecretStr("")
    web_concurrency: int = Field(2, ge=1, le=256)
    # Empty: the limits of each route in app.core.rate_limit.
    rate_limit_auth: RateLimit = ""
    rate_limit_default: RateLimit = ""
    max_body_bytes: int = Field(1024**2, ge=1024, le=16 * 1024**2)
    max_rows_per_user: int | None = Field(None, ge=1)

    @model_validator(mode="before")
    @classmethod
    def empty_is_unset(cls, data: dict[str, object]) -> dict[str, object]:
        # FORCE_HTTPS= is no switch. An empty secret still hides the one in .env, and an empty
        # ENVIRONMENT stays, to be refused like every other name that does not exist.
        return {name: value for name, value in data.items() if value != "" or name == ENVIRONMENT}

    @field_validator("secret_key_previous", mode="before")
    @classmethod
    def split_secrets(cls, value: object) -> object:
        return split_commas(value)

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    @property
    def shows_docs(self) -> bool:
        return self.enable_docs

    @property
    def access_token_lifetime(self) -> timedelta:
        return timedelta(minutes=self.access_token_expire_minutes)

    @property
    def refresh_reuse_grace(self) -> timedelta:
        return timedelta(seconds=self.refresh_reuse_grace_seconds)

    def session_idle(self, role: Role) -> timedelta:
        """Return how long a session lives without being refreshed."""
        idle = timedelta(days=self.refresh_token_expire_days)
        return min(idle, ADMIN_SESSION_IDLE) if role is Role.ADMIN else idle

    def session_lifetime(self, role: Role) -> timedelta:
        """Return how long a session lives at most, however often it is refreshed."""
        idle = timedelta(days=self.refresh_token_expire_days)
        return ADMIN_SESSION_LIFETIME if role is Role.ADMIN else max(SESSION_LIFETIME, idle)
