"""Names in a PDF, each sign of which may be written as ``#hh``."""

END_OF_NAME = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|\Z)"


def names(*known: str) -> bytes:
    """Write a pattern for names, however they are spelled."""
    spelled = ["".join(f"(?:{sign}|#(?i:{ord(sign):02x}))" for sign in name) for name in known]
    return b"/(?:" + "|".join(spelled).encode() + b")" + END_OF_NAME
