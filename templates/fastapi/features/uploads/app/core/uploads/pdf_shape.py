"""Whether a file is a PDF, and nothing else besides.

A file may be two things at once: a viewer finds its objects wherever they stand, a browser its
tags, an archiver its directory. Whoever is handed such a file may take it for the other thing.
"""

import re

from app.core.uploads.pdf_names import names

HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
# Nothing may follow the end: a second file would be hidden there.
END = re.compile(rb"%%EOF\s*\Z")
END_BYTES = 1024
# Bounded, so that a long number is not read again from each of its digits.
OBJECT = re.compile(rb"[0-9][\x00\s]{1,16}[0-9]{1,5}[\x00\s]{1,16}obj(?![A-Za-z])")
ROOT = re.compile(names("Root"))
TABLE = re.compile(rb"trailer(?![A-Za-z])|" + names("XRef"))
# Also within streams: that is where they would be put, and what they are in is for nobody but a
# viewer. Programs pack the text of a page, so none of these can be read in it.
PAGE_OR_PROGRAM = re.compile(
    rb"<(?:script|html|!doctype|\?php)[\x00\s/>]|__HALT_COMPILER\b", re.IGNORECASE
)
ZIP_ENTRY, ZIP_DIRECTORY_END = b"PK\x03\x04", b"PK\x05\x06"
TAR, TAR_POSITION = b"ustar", 257


def is_only_a_pdf(data: bytes) -> bool:
    return _is_pdf(data) and not (PAGE_OR_PROGRAM.search(data) or _is_archive(data))


def _is_pdf(data: bytes) -> bool:
    """Tell whether there is what every viewer needs: an object, and a table that says the first."""
    if HEADER.match(data) is None or END.search(data[-END_BYTES:]) is None:
        return False
    first = OBJECT.search(data)
    return (
        first is not None
        and data.find(b"endobj", first.end()) >= 0
        and ROOT.search(data) is not None
        and TABLE.search(data) is not None
    )


def _is_archive(data: bytes) -> bool:
    is_zip = ZIP_ENTRY in data and ZIP_DIRECTORY_END in data
    return is_zip or data.startswith(TAR, TAR_POSITION)
