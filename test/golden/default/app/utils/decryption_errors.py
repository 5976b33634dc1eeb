"""Finds the decryption that failed inside of another error."""

from fastapi.exceptions import ResponseValidationError
from pydantic import ValidationError

from app.core.encryption import DecryptionFailed

# How Pydantic reports what an attribute raised while it read a model.
REPORTED = f"{DecryptionFailed.__name__}: "


def failed_place(error: Exception) -> str | None:
    """Return the ``table.column.row`` that did not open, if that is what happened."""
    if isinstance(error, DecryptionFailed):
        return error.place
    if isinstance(error, ValidationError | ResponseValidationError):
        for item in error.errors():
            cause = str(item.get("ctx", {}).get("error", ""))
            if cause.startswith(REPORTED):
                return cause.removeprefix(REPORTED)
    return None
