"""What production refuses to start with. Every sentence names a variable, never its value."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from app.core.config import SecuritySettings
from app.core.constants import Environment
from app.core.guessability import is_guessable

SECRET_BYTES = 32
# A random key of 32 bytes has far more distinct characters, even in hexadecimal.
DISTINCT_CHARACTERS = 10
EXAMPLE_WORDS = ("change", "example", "secret", "insecure", "placeholder", "replace", "generate")
PASSWORD_MIN_LENGTH = 15
# As browsers write it: no name, no path, no capitals. Anything else would never match.
HTTPS_ORIGIN = re.compile(r"https://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
# OWASP ASVS, appendix C: memory in KiB and the passes that it needs at least.
ARGON2_FLOORS = ((47_104, 1), (19_456, 2))


def security_problems(settings: SecuritySettings) -> Iterator[str]:
    """Yield every reason at once, so that a deployment is corrected in one go."""
    if settings.environment is not Environment.TEST:
        yield from _hashing_problems(settings)
    if not settings.secret_key.get_secret_value():
        yield "SECRET_KEY is not set"
    if any("*" in host and host != "*" for host in settings.allowed_hosts):
        yield "ALLOWED_HOSTS contains a pattern; write out every name"
    if not settings.is_production:
        return
    yield from _secret_problems(settings)
    yield from _network_problems(settings)
    if settings.password_min_length < PASSWORD_MIN_LENGTH:
        yield f"PASSWORD_MIN_LENGTH is less than {PASSWORD_MIN_LENGTH}"
    if settings.web_concurrency > 1 and not settings.redis_url.get_secret_value():
        yield "REDIS_URL is not set, and WEB_CONCURRENCY is more than 1: limits would not be shared"


def security_advice(settings: SecuritySettings) -> Iterator[str]:
    """Yield what production starts without, and is not complete without."""
    if settings.is_production and not settings.security_contact:
        yield "SECURITY_CONTACT is not set: no security.txt says where to report a hole"


def _hashing_problems(settings: SecuritySettings) -> Iterator[str]:
    if not any(
        settings.argon2_memory_kib >= memory and settings.argon2_time_cost >= passes
        for memory, passes in ARGON2_FLOORS
    ):
        yield (
            "ARGON2_MEMORY_KIB and ARGON2_TIME_COST are less than 19456 with 2 passes; "
            "only ENVIRONMENT=test may go lower"
        )


def _secret_problems(settings: SecuritySettings) -> Iterator[str]:
    current = settings.secret_key.get_secret_value()
    previous = [secret.get_secret_value() for secret in settings.secret_key_previous]
    if current and (weakness := _weakness(current)):
        yield f"SECRET_KEY {weakness}"
    for weakness in {_weakness(secret) for secret in previous} - {""}:
        yield f"SECRET_KEY_PREVIOUS {weakness}"
    if current in previous or len(set(previous)) < len(previous):
        yield "SECRET_KEY_PREVIOUS repeats a key"
    if not settings.encryption_keys:
        yield "ENCRYPTION_KEYS is not set"
    encryption = [key.secret for key in settings.encryption_keys]
    if len(set(encryption)) < len(encryption):
        yield "ENCRYPTION_KEYS repeats a key"
    if any(len(set(secret)) < DISTINCT_CHARACTERS for secret in encryption):
        yield "ENCRYPTION_KEYS holds a key that is not random"
    if _same_material(settings):
        yield "ENCRYPTION_KEYS repeats SECRET_KEY; they must be independent"


def _weakness(secret: str) -> str:
    if len(secret.encode()) < SECRET_BYTES:
        return f"is shorter than {SECRET_BYTES} bytes"
    if len(set(secret)) < DISTINCT_CHARACTERS or _repeats(secret) or is_guessable(secret):
        return "is not random: it repeats itself, or is made of words"
    if any(word in secret.lower() for word in EXAMPLE_WORDS):
        return "is an example, not a secret"
    return ""


def _repeats(secret: str) -> bool:
    """Tell whether the text is one part, again and again."""
    return secret in (secret + secret)[1:-1]


def _same_material(settings: SecuritySettings) -> bool:
    secrets = (settings.secret_key, *settings.secret_key_previous)
    texts = {secret.get_secret_value().rstrip("=") for secret in secrets}
    return any(not texts.isdisjoint(key.spellings()) for key in settings.encryption_keys)


def _network_problems(settings: SecuritySettings) -> Iterator[str]:
    if not settings.allowed_hosts:
        yield "ALLOWED_HOSTS is empty"
    if "*" in settings.allowed_hosts:
        yield "ALLOWED_HOSTS contains *"
    if any("*" in origin for origin in settings.cors_origins):
        yield "CORS_ORIGINS contains *"
    if any(not _is_https_origin(origin) for origin in settings.cors_origins if "*" not in origin):
        yield "CORS_ORIGINS contains an origin that is not https://host"
    base = urlsplit(settings.public_base_url)
    if base.scheme != "https" and base.hostname not in ("localhost", "127.0.0.1"):
        yield "PUBLIC_BASE_URL is not https://"
    if any(network.prefixlen == 0 for network in settings.trusted_proxies):
        yield "TRUSTED_PROXIES trusts every address"


def _is_https_origin(origin: str) -> bool:
    return HTTPS_ORIGIN.fullmatch(origin) is not None
