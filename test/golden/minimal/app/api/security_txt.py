"""Where to report a vulnerability (RFC 9116). Mounted where ``SECURITY_CONTACT`` is set."""

from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from app.core.constants import SECURITY_TXT_PATH
from app.dependencies import SettingsDep
from app.utils.helpers import utc_now

# The RFC recommends less than a year, so that a forgotten file does not mislead for ever.
VALID_FOR = timedelta(days=180)

router = APIRouter(include_in_schema=False)


@router.get(SECURITY_TXT_PATH)
async def get_security_txt(settings: SettingsDep) -> PlainTextResponse:
    """Say whom to tell about a vulnerability."""
    expires = (utc_now() + VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.security_contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.public_base_url.rstrip('/')}{SECURITY_TXT_PATH}",
        "Preferred-Languages: en",
    ]
    return PlainTextResponse("\n".join(lines) + "\n")
