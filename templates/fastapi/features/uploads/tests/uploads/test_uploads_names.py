"""What a file is called: it is shown again, and decides about nothing but its ending."""

from pathlib import Path

from tests.support.people import Person
from tests.uploads.samples import image, pdf, send, sent, stored

SHOWN = [
    ("../../etc/x.pdf", "x.pdf"),
    ("..\\..\\x.pdf", "x.pdf"),
    ("C:\\x.pdf", "x.pdf"),
    ("/abs.pdf", "abs.pdf"),
    ("con.pdf", "con.pdf"),
    ("x.php.pdf", "x.php.pdf"),
    ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ("a\u202efdp.pdf", "afdp.pdf"),
    ("zero\u200bwidth.PDF", "zerowidth.PDF"),
    ("Ü\u0308b er.pdf", "Ü\u0308b er.pdf"),
    # Browsers write a quote like this, so that it cannot end the header.
    ('quo"te;.pdf', "quo%22te;.pdf"),
]
REFUSED = [".htaccess", "a.png\0.html", "x\u202egnp.exe", "..", "/", "\n", "a.png.html"]


async def test_a_name_is_shown_and_never_used(
    alice: Person, tmp_path: Path, upload_folder: Path
) -> None:
    """UPLOAD-04: whatever it says, one file appears, and that in the folder of uploads."""
    content = pdf()
    for filename, shown in SHOWN:
        before = set(stored(tmp_path))

        file = await sent(alice, content, filename)

        assert file["filename"] == shown
        appeared = set(stored(tmp_path)) - before
        # A mail about the registration may arrive meanwhile.
        [new] = [path for path in appeared if "outbox" not in path.parent.name]
        assert new.is_relative_to(upload_folder)


async def test_a_name_that_is_none_of_ours_is_refused(alice: Person) -> None:
    """UPLOAD-04, INPUT-01."""
    for filename in REFUSED:
        response = await send(alice, image(), filename, "image/png")

        assert response.status_code in (400, 415, 422), filename
