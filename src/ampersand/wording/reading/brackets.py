"""What stands in brackets to be replaced: "[insert name]", "<place>", "{date}"; and what is only in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ampersand.wording.reading.kinds import UNIT
from ampersand.wording.reading.lines import FILL, WIDE

_BRACKET = re.compile(
    r"\[([^\[\]\n]{0,90})\]|<{1,2}([^<>\n]{1,70})>{1,2}|\$?\{{1,2}([^{}\n]{1,70})\}{1,2}|\(( {3,}|\t)\)|\(((?:please )?(?:insert|enter|fill in|state) [^()]{2,60})\)",
    re.IGNORECASE,
)
_NO_PLACEHOLDER = re.compile(
    r"^(?:\d+|[a-z]|sic|x|ibid\.?|\.\.\.|…|at|dot|email protected|see .*|cf\..*|link|here|pdf|notes?|note:.*|edit|source|citation needed|ref(?:erences?)?|fig.*|page \d+"
    r"|table .*|appendix .*|optional\b.*|and\b.*|or\b.*|if\b.*|the\b.*\b(?:is|are|will|shall)\b.*|[ivx]+|\^.*|!.*|toc|unclear|image.*|logo.*|signature page.*|end|end of .*|draft.*|version.*)$",
    re.IGNORECASE,
)
_SURE_PLACEHOLDER = re.compile(
    r"\b(?:insert|enter|your|name|date|e\.?\s?g\.?|specify|describe|list|fill|state|add|number|amount|title|address|e-?mail|phone|organi[sz]ation|company"
    r"|school|type|tbd|tbc|xx+|weekly|monthly|minutes|months|weeks|days|hours|nombre|fecha|nom|datum|einfügen|eintragen)\b",
    re.IGNORECASE,
)


def brackets_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where brackets ask to be replaced, and the words in them."""
    for bracket in _BRACKET.finditer(text):
        inner = next((group for group in bracket.groups() if group is not None), "")
        if _stands_free(text, bracket, inner.strip()) and _is_asking(text, bracket, inner):
            yield bracket.start(), bracket.end(), inner.strip(f" _.…*{FILL}{WIDE}")


def _stands_free(text: str, bracket: re.Match[str], words: str) -> bool:
    """Whether the bracket is no part of a link, a word, code or a quotation."""
    before, after = text[: bracket.start()], text[bracket.end() :]
    if after.startswith(("(", "[")) or before.endswith(("]", "\\")):
        return False
    if before[-1:].isalnum() and bracket[0][0] != "<":
        return False
    in_code = before.count("`") % 2 == 1 and not re.search(r":\W*`$", before)
    if in_code and re.fullmatch(r"[a-z]+", words):
        return False
    return not re.search(r"[\"“‘'`]$", before) or bool(re.match(r"[\"”’'`]", after))


def _is_asking(text: str, bracket: re.Match[str], inner: str) -> bool:
    """Whether what stands in the bracket is to be replaced."""
    before, after, words, opening = (
        text[: bracket.start()],
        text[bracket.end() :],
        inner.strip(),
        bracket[0][0],
    )
    if re.fullmatch(r"[_.…\s]*", words.replace(FILL, "")):
        wide = len(inner) >= 3 and inner.strip() not in ("...", "…")
        return FILL in inner or "__" in inner or wide or (not after.strip() and ":" in before[-3:])
    if re.fullmatch(r"\d{1,3}|[xX]{1,2}", words):
        counted = UNIT.match(after) and re.match(r"\s*[^A-Z]", after)
        return opening == "[" and bool(counted) and bool(before.strip())
    if _NO_PLACEHOLDER.match(words) and not re.match(r"(?:insert|enter)\b", words, re.I):
        return False
    if re.search(r"://|@|[;]|\w\.\s+\w", words) or len(words.split()) > 9:
        return bool(re.match(r"(?:insert|enter|fill in|please|e\.g\.)", words, re.I))
    if opening == "<":
        return bool(re.match(r"[A-Za-zÀ-ÿ]", words)) and not re.match(r"\w+\s*=", words)
    sure = opening == "(" or bool(_SURE_PLACEHOLDER.search(words)) or words.isupper()
    return sure or (len(words.split()) <= 5 and not re.search(r"[.!]$", words))
