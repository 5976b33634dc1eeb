"""Finds links of a PDF that are scripts: viewers within a browser may run them.

An address is a text in brackets, with escapes, or in hexadecimal digits. Where it stands in an
object of its own it is not looked for but refused: programs write it where it is used.
"""

import re

from app.core.uploads.pdf_names import names

# ``Base`` is what the others of the document are relative to.
ADDRESS = re.compile(
    names("URI", "Base") + rb"[\x00\s]*+(?:(?P<elsewhere>[0-9%])"
    rb"|\((?P<text>(?:[^()\\]++|\\.)*+)"
    rb"|<(?P<digits>[^<>]*+))",
    re.DOTALL,
)
SCRIPTS = (b"javascript:", b"vbscript:")
SHORTEST = min(len(script) for script in SCRIPTS)

ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|[\r\nnrtbf]|(.))", re.DOTALL)
NO_DIGIT = re.compile(rb"[^0-9A-Fa-f]+")
# What browsers pass over, and the marks and halves of other encodings.
IGNORED = bytes([*range(0x21), 0x7F, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF])


def opens_script(data: bytes) -> bool:
    """Tell whether a link runs something, or its address cannot be read where it is."""
    return any(_is_script(found) for found in ADDRESS.finditer(data))


def _is_script(found: re.Match[bytes]) -> bool:
    if found["elsewhere"]:
        return True
    text, digits = found["text"], found["digits"]
    if len(text or digits or b"") < SHORTEST:
        return False
    address = _from_digits(digits) if text is None else ESCAPE.sub(_plain, text)
    return address.translate(None, IGNORED).lower().startswith(SCRIPTS)


def _from_digits(digits: bytes) -> bytes:
    digits = NO_DIGIT.sub(b"", digits)
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _plain(escape: re.Match[bytes]) -> bytes:
    """Read an escape; that of a line end or of a control is passed over, like these."""
    if escape[1]:
        return bytes([int(escape[1], 8) & 0xFF])
    return escape[2] or b""
