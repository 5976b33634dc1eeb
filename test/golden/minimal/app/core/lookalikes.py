"""Domains that read as another one: the same picture, spelt with letters of other alphabets.

After UTS 39, Unicode Security Mechanisms: section 5.2, level "highly restrictive", for what may
stand together in a label, and its list of confusables for what reads as Latin. The tables are cut
down to what IDNA lets into a domain: lower case, and no compatibility characters.
"""

import unicodedata

# Scripts that are written together. A label has one script, or those of one line.
TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
# The first word of a letter's name is its script, but for these.
NAMED_OTHERWISE = {"KATAKANA-HIRAGANA": "KATAKANA", "IDEOGRAPHIC": "CJK"}
# Between letters of any script: the okina, and an apostrophe that is a letter.
OF_NO_SCRIPT = "\u02bb\u02bc"

# Beyond Latin-1 and Latin Extended-A, accents aside, languages write these. The rest are signs of
# phoneticians, such as the g of U+0261, and letters that nobody writes any more.
FIRST_RARE_LATIN = "\u0180"
WRITTEN_LATIN = frozenset("ƙƴǝɓɔɖɗəɛɣɨɲʉʋ")

# What reads as Latin letters, and where it is at home: there it is a word like any other.
READS_AS_LATIN = {
    "CYRILLIC": frozenset("асԁегһіјӏопрԛѕуѵѡԝхъьҽ"),
    "GREEK": frozenset("αικνορτυχωϲ"),
}
AT_HOME = {
    "CYRILLIC": frozenset({"bg", "by", "kz", "ru", "su", "ua", "uz"}),
    "GREEK": frozenset({"gr"}),
}


def is_deceptive(domain: str) -> bool:
    """Tell whether a label is a fake. The domain has its letters, not its A-labels."""
    labels = domain.lower().split(".")
    return any(_is_fake(label, labels[-1]) for label in labels if not label.isascii())


def _is_fake(label: str, top: str) -> bool:
    # Without its accents, a letter is itself.
    plain = unicodedata.normalize("NFD", label)
    letters = {char for char in plain if char.isalpha() and char not in OF_NO_SCRIPT}
    scripts = {_script(letter) for letter in letters}
    if len(scripts) > 1 and not any(scripts <= together for together in TOGETHER):
        return True
    if any(_script(letter) == "LATIN" and _is_rare(letter) for letter in letters):
        return True
    return len(scripts) == 1 and _reads_as_latin(letters, scripts.pop(), top)


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "").partition(" ")[0]
    return NAMED_OTHERWISE.get(first, first)


def _is_rare(letter: str) -> bool:
    return letter >= FIRST_RARE_LATIN and letter not in WRITTEN_LATIN


def _reads_as_latin(letters: set[str], script: str, top: str) -> bool:
    # Below a top-level domain in its own letters, nobody expects Latin ones.
    is_at_home = not top.isascii() or top in AT_HOME.get(script, ())
    return not is_at_home and letters <= READS_AS_LATIN.get(script, frozenset())
