"""The words of a line as a template prints them: without the signs of a form, beside its blanks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import BOX, FILL, WIDE, squeeze
from ampersand.wording.template import Part as Piece
from ampersand.wording.template import Words

_LEFTOVER = re.compile(rf"[_＿]{{2,}}|[.…·]{{4,}}|…{{2,}}|[{FILL}{BOX}\ue010-\ue015]")
_LABEL = re.compile(r"(?:(?<=\s)|^)[^\W\d_][\w’'/ ]{0,40}:[\s*]*$")
_STOP_WORDS = {
    "de": {"und", "der", "die", "nicht", "werden", "wird"}, "fr": {"le", "les", "des", "est", "et", "dans"},
    "es": {"el", "los", "las", "del", "una", "por"}, "it": {"il", "che", "gli", "della", "sono", "di"},
    "pt": {"os", "uma", "não", "com", "são", "do"}, "nl": {"het", "een", "van", "niet", "zijn", "wordt"},
    "en-GB": {"the", "and", "of", "to", "will", "is"},
}  # fmt: skip


def cleaned(text: str) -> str:
    """Words without the signs that only a form needs, and without what cannot be printed."""
    text = text.replace(WIDE, " ")
    plain = text.isascii() and text.isprintable()
    if not plain or "__" in text or "...." in text:
        text = _LEFTOVER.sub(" ", text)
    if plain:
        return squeeze(text)
    text = "".join(
        sign
        for sign in text
        if unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cf", "Cn") or sign == " "
    )
    return squeeze(text)


def words_beside(text: str, *, before: bool, after: bool) -> list[Piece]:
    """Plain words, with the spaces that stand beside a blank kept."""
    plain = cleaned(text)
    if not plain:
        return [Words(" ")] if before and after else []
    starts = " " if after and not re.match(r"[.,;:!?)’']", plain) else ""
    ends = " " if before and not plain.endswith(("(", "£", "$", "€")) else ""
    return [Words(f"{starts}{plain}{ends}")]


def without_label(text: str) -> str:
    """The text without the label of a place to sign or date, which the template has lines of its own for."""
    label = _LABEL.search(text)
    return text[: label.start()] if label and is_field(label[0].strip(" :*")) else text


def language_of(text: str) -> str:
    """The language of a text, by its commonest words; British English if none is plain."""
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    counts = {language: sum(words[word] for word in known) for language, known in _STOP_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 0 and counts[best] > 1.5 * counts["en-GB"] else "en-GB"
