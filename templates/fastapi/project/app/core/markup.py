"""HTML that people write, made harmless before it is stored (OWASP ASVS 1.3.1)."""

import re

import nh3

# Text as an editor for articles makes it: nothing that runs, loads, submits or hides.
TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "hr"),
    *("i", "ins", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "tbody", "td"),
    *("th", "thead", "tr", "u", "ul"),
}
ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}}
URL_SCHEMES = {"http", "https", "mailto"}
# Written by the cleaner itself: what opens must not reach back into the page (CWE-1022).
LINK_REL = "noopener noreferrer nofollow"

MOST_TAGS = 4000
# What is left open, a parser opens again in every paragraph, up to three times each, unless they
# differ in their attributes: then all of them, for seconds. So those go first; none may stay.
REOPENED = re.compile(
    r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)"
    r"""[\s/](?:[^>"']|"[^"]*"|'[^']*')*+>?""",
    re.IGNORECASE | re.ASCII,
)


def clean_html(text: str) -> str:
    """Keep what is on the lists. Scripts and styles go with what is inside them."""
    if text.count("<") > MOST_TAGS:
        raise ValueError("has too many tags")
    return nh3.clean(
        REOPENED.sub(r"<\1>", text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=URL_SCHEMES,
        link_rel=LINK_REL,
    )
