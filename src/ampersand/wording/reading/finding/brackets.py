"""What stands in brackets to be replaced: "[insert name]", "<place>", "{date}"; and what is only in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ampersand.wording.reading.kinds import EXAMPLE, UNIT
from ampersand.wording.reading.lines import FILL, WIDE

_BRACKET = re.compile(
    r"\[([^\[\]\n]{0,260})\]|<{1,2}([^<>\n]{1,90})>{1,2}|\$?\{{1,2}([^{}\n]{1,70})\}{1,2}|\(( {3,}|\t)\)|\(((?:please )?(?:insert|enter|fill in|state) [^()]{2,60}|(?:please )?(?:type|write|print|put|add|list|sign)\b[^()]{0,30} here)\)|%([a-z]+(?:_[a-z]+)+)%|《([^《》]{1,40})》|«((?-i:\w+_\w+|[A-Z]?[a-z]+[A-Z]\w*))»",
    re.IGNORECASE,
)
_NO_PLACEHOLDER = re.compile(
    r"^(?:\d+|[a-z]|do not\b.*|[^:]+: \d.*|[^\"“]*[\"“][^\"”]*[\"”]|sic|x|ibid\.?|\.\.\.|…|at|dot|email protected|see .*|(?:please )?(?:circle|tick|check|mark|underline|highlight)\b.*\b(?:one|appropriate|applicable|appl(?:y|ies))\b.*|cf\..*|link|here|pdf|notes?|note:.*|edit|source|citation needed|ref(?:erences?)?|fig.*|page \d+"
    r"|table .*|appendix .*|optional\b.*|(?:delete|remove|omit|strike|cross out|leave out)\b.*|and\b.*|or\b.*|if\b.*|the\b.*\b(?:is|are|will|shall)\b.*|[ivx]+|\^.*|!.*|toc|unclear|image.*|logo.*|signature page.*|end|end of .*|draft.*|version.*|en|es|fr|de|it|pt|nl|#\S.*|\w+:\S+|\*+\d*|(?!.*\b(?:names?|initials|dates?|years?|numbers?|email)\b)\w+(?: \w+)* only"
    r"|(?-i:[A-Z]{2,}[ -]?\d+)|[.'\"-].*|\w+(?:,\w+)+|(?!\$\w+$).*[$\\].*|.+ (?:at|\(at\)) .+(?:\.| dot ).+)$",
    re.IGNORECASE,
)
_SURE_PLACEHOLDER = re.compile(
    r"\b(?:insert|enter|your|name|date|e\.?\s?g\.?|specify|describe|list|fill|state|add|number|amount|title|address|e-?mail|phone|organi[sz]ation|company"
    r"|school|type|tbd|tbc|xx+|weekly|monthly|minutes|months|weeks|days|hours|nombre|fecha|nom|datum|einfügen|eintragen)\b",
    re.IGNORECASE,
)


_TELLS_TO_ADD = re.compile(
    r"^(?:please )?(?:add|insert|enter|fill in|describe|list|specify|state|write|include|name|explain|choose|provide)\b|\b(?:add|insert|describe|list|enter|write|go|goes)\b.*\bhere\b|\bbe (?:filled in|recorded|added|entered|written|completed)\b",
    re.IGNORECASE,
)
_DESCRIPTION = re.compile(
    r"^(?:an? |the )?(?:brief |short |detailed )?(?:description|summary|list|details|names?) of\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"(?:a|b|i|u|p|[bht]r|li|[ou]l|t[dh]|t(?:able|body|head)|div|span|font|center|h[1-6]|img|em|strong)(?: +\w+ *=.*)?$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\[(?!\s*(?:e\.?\s?g\b|for example|insert|enter|add|date|start|end|your))[^\[\]]*\b(?:19|20)\d\d\]",
    re.IGNORECASE,
)
"""A date that was put in where the brackets were left standing."""
_ROUND = re.compile(r"\(([^()\n]{3,60})\)")
_ROUND_WORDS = re.compile(
    r"(?:(?:the|your|full|first|last|start|end|effective|commencement|expiry|contract|agreement|session|meeting|hourly|today[’']s|total|form|agreed|of|and|or|per|a|an|in|for|course|programme|program|project|company|organi[sz]ation|school|mentor|mentee|student|volunteer"
    r"|supervisor|supervisee|client|coach|participant|parent|guardian|employee|employer|host|print(?:ed)?|player|athlete|teacher|tutor|credentials?|degree|model|review format)[\s,/&]+)*"
    r"(?:names? of (?:the |your |a )?[\w-]+(?: [\w-]+)?|names?|dates?|numbers?|amounts?|frequency|duration|day|times?|title|address|location|place|position|role|credentials|hours|weeks|months|length|percentage|format|supervisee|volunteer|e-?mail(?: address)?|(?:tele)?phone(?: number)?)"
    r"(?:\s+of\s+(?:the\s+)?(?:mentor|mentee|student|volunteer|supervisor|supervisee|client|participant|parent|guardian|employee|employer|organi[sz]ation|company|school|weeks|months|days|hours))?",
    re.IGNORECASE,
)
_SHOUTED = re.compile(
    r"(?<=: )@?(?=[A-Z_]*(?:NAME|YOUR|DATE|INSERT|EMAIL|HANDLE|TITLE))([A-Z]+(?:_[A-Z]+)+)(?![\w(])"
)
"""A name in capitals behind a label, as in a file that is copied and written over: "Buddy: @NAME_OF_BUDDY"."""

_NEEDS_MORE = re.compile(
    r"(?:^|[.;:•]\s|\b(?:of|by|to|at|from|for|on|between|and|every|is|are|until|beginning|starting|ending|least|most|within|named?|called|provided|held|I|we|the|a)\W?)\s*$",
    re.IGNORECASE,
)


def brackets_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where brackets ask to be replaced, and the words in them."""
    for bracket in _BRACKET.finditer(text):
        inner = next((group for group in bracket.groups() if group is not None), "")
        free = _stands_free(text, bracket, inner.strip()) and not _is_answered(text, bracket)
        if free and _is_asking(text, bracket, inner):
            hint = re.sub(r"^[xX]+$", "", inner.strip(f" _.…*{FILL}{WIDE}"))
            yield bracket.start(), bracket.end(), hint
    for name in _SHOUTED.finditer(text):
        yield name.start(), name.end(), name[1].replace("_", " ").lower()
    for bracket in _ROUND.finditer(text):
        if _is_asking_in_place(text, bracket):
            yield bracket.start(), bracket.end(), bracket[1].strip()


def _is_asking_in_place(text: str, bracket: re.Match[str]) -> bool:
    """Whether round brackets hold the place of the words that the sentence needs: "by (name), every (number) weeks"."""
    before, after = text[: bracket.start()], text[bracket.end() :]
    if re.match(r"\s*[:_.…＿]{2}|\s*:|\s*\ue000|\(s\)", after) or re.search(r"[_.…＿\ue000]\s*$", before):
        return False
    words = re.sub(r"(?<=[a-z])\.(?=[A-Z])|\s+", " ", bracket[1]).strip()
    if re.fullmatch(r"[A-Z][a-z]+(?:\.[A-Z][A-Za-z]+)+", bracket[1]):
        return True
    if re.fullmatch(r"number|amount", words, re.I) and UNIT.match(after):
        return True
    pieces = [piece for piece in re.split(r",\s*|\s+and\s+", words) if piece]
    named = all(_ROUND_WORDS.fullmatch(piece) for piece in pieces)
    last = bool(re.fullmatch(r"frequency|number|amount|dates?|name", words, re.I)) and not re.search(
        r"\w", after
    )
    return named and ((bool(_NEEDS_MORE.search(before)) and bool(re.search(r"\w", before + after))) or last)


def _stands_free(text: str, bracket: re.Match[str], words: str) -> bool:
    """Whether the bracket is no part of a link, a word, code or a quotation."""
    before, after = text[: bracket.start()], text[bracket.end() :]
    variable = re.fullmatch(r"[A-Za-z]+(?:[._][A-Za-z]+)+", words)
    named = after.startswith(('("', "(“"))
    if not (variable or named) and (after.startswith(("(", "[")) or before.endswith(("]", "\\"))):
        return False
    if (
        before[-1:].isalnum()
        and bracket[0][0] != "<"
        and not re.match(r"(?:insert|enter|fill in)\b", words, re.I)
    ):
        return False
    if re.search(r"\w/$", before) and not after.startswith("/"):
        return False
    in_code = before.count("`") % 2 == 1 and not re.search(r":\W*`$", before)
    if in_code and re.fullmatch(r"[a-z]+(?:[-_./][a-z]+)*", words):
        return False
    begun, ended = re.search(r"[\"“‘'`]$", before), re.match(r"[\"”’'`]", after)
    if begun and ended and begun[0] != "`":
        return bool(_SURE_PLACEHOLDER.search(words))
    return bool(ended) or not begun


def _is_answered(text: str, bracket: re.Match[str]) -> bool:
    """Whether what the bracket asks for stands behind it: "[Name 1]: Anna"."""
    if _DATED.search(text):
        return True
    first = not re.search(r"\w", text[: bracket.start()])
    inside = ":" if bracket[0][-2:-1] == ":" else ""
    return first and bool(re.match(r"[ *]*:[ *]*[^\s\[<{_.…*]", inside + text[bracket.end() :]))


def _is_value(before: str, after: str, words: str) -> bool:
    """Whether the bracket is all that stands behind a label: "Rule for choices: [by vote, or by whom]"."""
    labelled = re.search(r"[^\W_][^\w:]{0,3}:[\W_]{0,4}$", before) and not re.search(r"[^\W_]", after)
    told = words.lower().startswith(("optional", "e.g")) or not _NO_PLACEHOLDER.match(words)
    return bool(labelled) and told and "://" not in words


def _is_asking(text: str, bracket: re.Match[str], inner: str) -> bool:
    """Whether what stands in the bracket is to be replaced."""
    before, after, words, opening = (
        text[: bracket.start()],
        text[bracket.end() :],
        inner.strip().lstrip("$" if bracket[0].startswith("{{") else ""),
        bracket[0][0],
    )
    if re.fullmatch(r"[_.…\s]*", words.replace(FILL, "")):
        wide = len(inner) >= 3 and inner.strip() not in ("...", "…")
        return FILL in inner or "__" in inner or wide or (not after.strip() and ":" in before[-3:])
    if re.fullmatch(r"XX+|xx+", words):
        return True
    if re.fullmatch(r"\d{1,3}|[xX]", words) and opening != "<":
        counted = UNIT.match(after) and re.match(r"\s*[^A-Z]", after)
        paid = words in "xX" and before.endswith(("$", "£", "€"))
        return opening == "[" and bool(counted or paid) and bool(before.strip())
    if opening == "[" and (
        re.match(EXAMPLE, words, re.IGNORECASE)
        or _TELLS_TO_ADD.search(words)
        or _DESCRIPTION.match(words)
        or _is_value(before, after, words)
    ):
        return True
    if len(inner) > 90:
        return False
    amount = opening == "<" and words in "nNxX"
    if _NO_PLACEHOLDER.match(words) and not (amount or re.match(r"(?:insert|enter)\b", words, re.I)):
        return False
    if re.search(r"://|@|[;]|\w(?<!e\.g)\.\s+\w", words) or len(words.split()) > 9:
        return bool(re.match(r"(?:insert|enter|fill in|please|e\.g\.)", words, re.I))
    if opening in "%«《":
        return True
    if opening == "<":
        return bool(re.match(r"[A-Za-zÀ-ÿ]", words)) and not (
            re.match(r"\w+\s*=", words) or _TAG.match(words)
        )
    sure = (
        opening == "("
        or bracket[0].startswith("{{")
        or bool(_SURE_PLACEHOLDER.search(words))
        or words.isupper()
    )
    return sure or (len(words.split()) <= 5 and not re.search(r"[.!]$", words))
