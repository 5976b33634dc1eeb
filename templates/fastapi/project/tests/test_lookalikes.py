"""Domains that look like others, and domains that only look foreign."""

import pytest

from app.core.identifiers import InvalidEmail, normalize_email

# Letters that one cannot tell from Latin ones are written as escapes.
APPLE = "\u0430\u0440\u0440\u04cf\u0435"


@pytest.mark.parametrize(
    "domain",
    [
        pytest.param("p\u0430ypal.com", id="Cyrillic among Latin"),
        pytest.param("g\u03bfogle.com", id="Greek among Latin"),
        pytest.param("\u0561pple.com", id="Armenian among Latin"),
        pytest.param("\u13a0pple.com", id="Cherokee among Latin"),
        pytest.param("\u03b1\u0440.com", id="Greek among Cyrillic"),
        pytest.param(f"{APPLE}.com", id="all Cyrillic, all like Latin"),
        pytest.param("xn--80ak6aa92e.com", id="the same as an A-label"),
        pytest.param("XN--80AK6AA92E.com", id="the same in capitals"),
        pytest.param(f"{APPLE}-1.com", id="with a digit"),
        pytest.param(f"mail.{APPLE}.co.uk", id="in the middle"),
        pytest.param("\u03bf\u03c1\u03b1.com", id="all Greek, all like Latin"),
        pytest.param("\u03cc\u03c1\u03b1.com", id="the same with an accent"),
        pytest.param("\u0261oogle.com", id="IPA"),
        pytest.param("\u0251pple.com", id="IPA alpha"),
        pytest.param("googl\u01c0.com", id="a click"),
        pytest.param("\u1d00pple.com", id="a small capital"),
        pytest.param("\u0e01a.com", id="Thai among Latin"),
    ],
)
def test_a_domain_that_reads_as_another_is_refused(domain: str) -> None:
    """INPUT-16, UTS 39."""
    with pytest.raises(InvalidEmail):
        normalize_email(f"a@{domain}")


@pytest.mark.parametrize(
    "domain",
    [
        pytest.param("münchen.de", id="German"),
        pytest.param("straße.de", id="German sharp s"),
        pytest.param("googłe.com", id="Polish"),
        pytest.param("việtnam.vn", id="Vietnamese"),
        pytest.param("diyarbak\u0131r.tr", id="Turkish dotless i"),
        pytest.param("bacău.ro", id="Romanian"),
        pytest.param("azərbaycan.az", id="Azerbaijani"),
        pytest.param("例え.jp", id="Japanese"),
        pytest.param("日本語ー.jp", id="Japanese prolonged sound"),
        pytest.param("abc例え.jp", id="Japanese beside Latin"),
        pytest.param("한국.kr", id="Korean"),
        pytest.param("россия.рф", id="Russian"),
        pytest.param("\u0445\u043e\u0440.рф", id="Russian that reads as Latin, at home"),
        pytest.param("\u0440\u0443\u0441.ru", id="the same below a country"),
        pytest.param("ελλάδα.gr", id="Greek"),
        pytest.param("σόφος.com", id="Greek elsewhere"),
        pytest.param("नमस्ते.भारत", id="Hindi"),
        pytest.param("مثال.إختبار", id="Arabic"),
        pytest.param("שלום.co.il", id="Hebrew"),
        pytest.param("l·l.cat", id="Catalan"),
    ],
)
def test_a_domain_of_one_language_is_taken(domain: str) -> None:
    """INPUT-16: in its own letters and as the A-label, which is stored."""
    stored = normalize_email(f"a@{domain}")

    assert stored.isascii()
    assert normalize_email(stored) == stored
