"""What was lost or left over in a passage: links, brackets, half a choice, orders to strike out, words still to write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ampersand.wording.reading.lines import LONGEST, squeeze

LOST = "A link or address seems to have been lost here."
UNCLOSED = "A bracket is opened or closed here without its other half."
HALF = "A choice seems to be cut off here: only one side of it stands."
STRIKE = "This tells readers to delete or mark something. Here the two people choose instead, so it can go."
UNWRITTEN = "Something was still to be written here before anyone reads it."
SENTENCES = frozenset({LOST, UNCLOSED, HALF, STRIKE, UNWRITTEN})

FILLED = "____"
"""Stands for a blank in the words that are looked through."""

_GOES_ON = r"(?:with|for|if|or|and|before|after|to|when|while|prior|until|so)"
_PLACE = r"(?:web ?site|web ?page|site|page|link|form|address|handbook|policy|guide|guidance|rules|conduct|terms|available|found|downloaded|online)"
_LOST_LINK = re.compile(
    r"\b(?:web ?site|(?:web)?site|(?:web|internet)?seite|page|lien|link|here|at|form|address|adresse|página|enlace|sitio(?: web)?|sito(?: web)?|pagina|ligação|e-?mail(?: me)?(?: at)?)\s*(?:[-–—]\s+[-–—]|\(\s*\)|<\s*>|\[\s*\]\(\s*\)|:\s*(?=\.|$))[^.]{0,30}"
    rf"|\be-?mail\b[^.]{{0,40}}\bat (?={_GOES_ON}\b)[^.]{{0,30}}|\b{_PLACE} at (?={_GOES_ON}\b)[^.]{{0,30}}"
    r"|\b(?:see|visit|at|via|from|to|on)\s+[.,](?=\s|$)[^.]{0,30}"
    r"|https?://(?:[\w-]+/?)?(?=[\s,;.)]*(?:\s|$))(?!localhost)|\bwww\.(?=[\s,;)]|$)|\[email[\s\u00a0]protected\]"
    r"|[\[(<{]\s*(?:insert |add |your |the |our )*(?:web ?)?(?:link|url|web ?address|hyperlink)(?: here)?\s*[\])>}]",
    re.IGNORECASE,
)
_MAY_BE_LOST = re.compile(
    rf"clic|klick?|cliqu|pulse|link|url|address|://|www\.|protected|\bat {_GOES_ON}|\s[.,](?:\s|$)|[-–—]\s+[-–—]|[(<\[]\s*[)>\]]|:\s*(?:\.|$)"
)
"""What each of these has, or what there is to press, in small letters: a text with none of it is soon done with."""

_CLICK = re.compile(
    r"\bclick(?:ing)? (?:here|(?:on )?(?:this|the) link)\b|\b(?:follow|use) (?:this|the) link\b"
    r"|\bhier klicken\b|\bklick(?:en sie|e|t)? (?:hier|auf (?:diesen|den) link)\b|\bcliquez (?:ici|sur ce lien)\b|\bcliquer ici\b"
    r"|\bhaga clic (?:aquí|en (?:este|el) enlace)\b|\bpulse aquí\b|\bklik hier\b|\bclique (?:aqui|neste link)\b|\b(?:clicca|fare clic|cliccare) qui\b",
    re.IGNORECASE,
)
_HAS_ADDRESS = re.compile(r"://\w|\bwww\.\w|\w@\w|\b\w+\.(?:org|com|net|edu|gov|uk|io|ac)\b")
_BEFORE_IT = 40  # letters of the sentence that are shown before the place

_ORDERED = r"(?:^|[.;:(\[*{!]\s*|\bplease )"
_OF_CHOICE = r"\b(?:as (?:appropriate|applicable|necessary|required|needed)|(?:not|n['’]t) (?:applicable|apply|appropriate|required)|that apply|which(?:ever)? applies|one\b(?! another))"
_STRIKE = re.compile(
    rf"{_ORDERED}(?:delete|strike (?:out|through)|cross (?:out|through)|circle|ring|tick|underline)\b[^.]{{0,40}}{_OF_CHOICE}"
    rf"|{_ORDERED}(?:delete|remove) (?:(?:this|these|if|where)\b[^.]{{0,40}}\b(?:before|when|not (?:required|applicable|needed)))"
    r"|\b(?:nicht|un)\s?zutreffende[sn]?\b|\bzutreffendes (?:bitte )?(?:ankreuzen|unterstreichen)|\brayer\b|\brayez (?:la|les)\b|\bbiffe[rz]\b"
    r"|\bcoche[rz] (?:la|les) cases?\b|\bt[áa]ch(?:ar|e|ese)\b|\bmarque (?:lo|el) que (?:corresponda|proceda)\b|\bdoorhalen\b|\bdoorstrepen\b|\bhaal(?:t u)? door wat\b"
    r"|\baankruisen wat\b|\b(?:cancellare|barrare|depennare) (?:la|le|ciò|quanto)\b|\brisca(?:r|que) o que\b|\brisque o que\b|\bassinal(?:e|ar) o que\b",
    re.IGNORECASE,
)
_MAY_ORDER = re.compile(
    r"delete|remove|strike|cross|circle|ring|tick|underline|zutreffend|rayer|rayez|biffe|coche|t[áa]ch"
    r"|marque|doorhalen|doorstrepen|door wat|aankruisen|cancellare|barrare|depennare|risca|risque|assinal"
)
"""A word of each order above, in small letters: what holds none need not be looked through."""

_UNWRITTEN = re.compile(
    r"\b(?:TBC|TBA|TBD|XXX+)\b(?![\"”’])|\?\?\?+|\b[Ll]orem ipsum\b|(?:^|[\[(.:]\s*)[Ii]nsert (?:your |the |a )?[^.\[\]()]{1,40}? here\b"
)
_SIGNS_UNWRITTEN = ("TB", "XXX", "???", "orem", "nsert")
_HALF = re.compile(r"(?:^|\s)[^\W\d_]+\s?/\s*(?=[.,;]?\s*$)")


def hints_in(text: str) -> Iterator[tuple[str, str]]:
    """What is odd in the words of one passage, and the sentence that says so."""
    text = text[:LONGEST]
    lost = _lost_link(text)
    if lost:
        yield squeeze(lost), LOST
    if _is_unclosed(text):
        yield about(text), UNCLOSED
    if "/" in text and _HALF.search(text):
        yield about(text), HALF
    if _MAY_ORDER.search(text.lower()) and _STRIKE.search(text):
        yield about(text), STRIKE
    if any(sign in text for sign in _SIGNS_UNWRITTEN) and _UNWRITTEN.search(text):
        yield about(text), UNWRITTEN


def about(text: str) -> str:
    """The first words of a passage."""
    words = squeeze(text).split()
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "")


def _lost_link(text: str) -> str:
    """Where a link or address is missing, with the words around it; "" if nowhere."""
    if not _MAY_BE_LOST.search(text.lower()):
        return ""
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ])", text):
        pressed = _CLICK.search(sentence)
        if pressed and not _HAS_ADDRESS.search(sentence):
            return _with_words_before(sentence, pressed.start(), pressed.end() + 30)
        lost = _LOST_LINK.search(sentence)
        if lost and "_" not in lost[0] and not sentence.rstrip().endswith(":"):
            return _with_words_before(sentence, lost.start(), lost.end())
    return ""


def _with_words_before(sentence: str, start: int, end: int) -> str:
    """A part of a sentence with a few words before it, whole ones."""
    from_here = max(0, start - _BEFORE_IT)
    while 0 < from_here < start and not sentence[from_here - 1].isspace():
        from_here += 1
    return sentence[from_here:end]


_MARKER = re.compile(r"^\s*\(?\w{1,3}\)|[:;]-?[()]|(?<![(\w])(?:\d{1,2}|[a-z]|[ivx]+)\.?\)")


def _is_unclosed(text: str) -> bool:
    """Whether brackets do not match, the half one after a number in a list not counted."""
    return bool(re.search(r"[()\[\]]", text)) and not any(
        plain.count("(") == plain.count(")") and plain.count("[") == plain.count("]")
        for plain in (text, _MARKER.sub("", text))
    )
