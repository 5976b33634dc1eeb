"""Names and fixed limits. A change here needs a review; what an operator may tune is config."""

from datetime import timedelta
from enum import StrEnum, auto

PROJECT_NAME = "My API"
PROJECT_SLUG = "my-api"
API_PREFIX = "/api/v1"
SECURITY_TXT_PATH = "/.well-known/security.txt"


class Environment(StrEnum):
    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class Role(StrEnum):
    USER = "user"
    ADMIN = "admin"


class Outcome(StrEnum):
    SUCCESS = "success"
    FAILURE = "failure"


class AuditEvent(StrEnum):
    """What leaves a row in ``audit_events``."""

    LOGIN_SUCCEEDED = auto()
    LOGIN_FAILED = auto()
    LOGIN_LOCKED = auto()
    LOGOUT = auto()
    REFRESH_REUSE = auto()
    REGISTERED = auto()
    PASSWORD_CHANGED = auto()
    EMAIL_CHANGED = auto()
    ROLE_CHANGED = auto()
    USER_DEACTIVATED = auto()
    SESSION_REVOKED = auto()
    ACCESS_DENIED = auto()
    RATE_LIMITED = auto()
    ADMIN_READ = auto()
    SENSITIVE_READ = auto()
    DATA_EXPORTED = auto()
    ACCOUNT_DELETED = auto()
    KEYS_ROTATED = auto()
    TOKEN_IN_CLEAR = auto()
    DECRYPTION_FAILED = auto()


# Passwords: NIST SP 800-63B-4 (at least 64 permitted), OWASP ASVS 6.2.9.
PASSWORD_MAX_LENGTH = 128
PASSWORD_MAX_BYTES = 512
# bcrypt reads no further; longer input is refused, never cut (OWASP Password Storage).
BCRYPT_MAX_BYTES = 72
HASH_WAIT_SECONDS = 2.0

# Access tokens: RFC 9068 for type and claims, RFC 8725 for exactness.
JWT_TYPE = "at+jwt"
JWT_ISSUER = PROJECT_SLUG
JWT_AUDIENCE = f"{PROJECT_SLUG}/api"
JWT_LEEWAY_SECONDS = 10
JWT_MAX_MINUTES = 30
JWT_MAX_CHARACTERS = 2048
OPAQUE_TOKEN_BYTES = 32

# Sessions: NIST AAL1 re-authenticates within 30 days; administrators stay nearer to AAL2.
SESSION_LIFETIME = timedelta(days=30)
ADMIN_SESSION_LIFETIME = timedelta(days=1)
ADMIN_SESSION_IDLE = timedelta(hours=12)
SESSIONS_PER_USER = 10
RECENT_SIGN_IN = timedelta(minutes=10)

# Login throttle: NIST SP 800-63B-4 allows at most 100 consecutive failures; a wait instead of a
# lock, so that nobody can keep the owner out (OWASP ASVS 6.1.1).
LOGIN_FREE_FAILURES = 5
LOGIN_FIRST_WAIT = timedelta(seconds=30)
LOGIN_LONGEST_WAIT = timedelta(minutes=15)
LOGIN_MAX_FAILURES = 100

# Lists: OWASP API4, unrestricted resource consumption.
PAGE_SIZE = 20
PAGE_SIZE_MAX = 100
SORT_FIELDS_MAX = 3
# Room for as many texts of 255 characters, of four bytes each, in base64.
CURSOR_MAX_CHARACTERS = 4800

# RFC 3339 with nanoseconds and an offset; a fraction of any length would be read and cut.
TIMESTAMP_MAX_LENGTH = len("2026-01-31T12:00:00.123456789+00:00")

# Idempotency-Key: a client that repeats a POST for longer than this has lost count.
IDEMPOTENCY_LIFETIME = timedelta(days=1)

# JSON bodies: checked before and while parsing (OWASP ASVS 15.2.2).
JSON_MAX_DEPTH = 32
JSON_MAX_KEYS = 1000
JSON_MAX_VALUES = 20_000
JSON_MAX_DIGITS = 20
