"""Enough of a personal value to recognise it, not enough to use it."""

MASK = "***"
# Shorter numbers would show most of themselves.
PHONE_SHOWN = 3
PHONE_SHORTEST = 8


def mask_email(email: str) -> str:
    """``alice@example.com`` becomes ``a***@example.com``: the domain names no person."""
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}{MASK}@{domain}" if at and local else MASK


def mask_phone(phone: str | None) -> str | None:
    """``+4915112345678`` becomes ``+49***678``."""
    if phone is None:
        return None
    if len(phone) < PHONE_SHORTEST:
        return MASK
    return f"{phone[:PHONE_SHOWN]}{MASK}{phone[-PHONE_SHOWN:]}"
