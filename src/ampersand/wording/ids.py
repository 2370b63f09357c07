"""Ids for what the author gave none: made from the words, so that the same words give the same id."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from ampersand.wording.problems import ID
from ampersand.wording.template import Option

_SMALL_WORDS = frozenset({
    "a", "an", "and", "any", "are", "as", "at", "be", "both", "by", "each", "for", "from", "in", "is", "it",
    "of", "on", "or", "that", "the", "their", "they", "this", "to", "we", "will", "with",
})  # fmt: skip


_RUNS = re.compile(r"[a-z0-9]+")
_ENOUGH = 200
"""How much of a long text is looked at first for its first telling words."""


def _words(text: str) -> list[str]:
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return _RUNS.findall(plain.replace("'", ""))


def slug(text: str, *, words: int = 3) -> str:
    """A short id of a text's first telling words; of a hash when its script has no Latin letters."""
    found = _words(text[:_ENOUGH])
    telling = [word for word in found if word not in _SMALL_WORDS]
    if len(telling) <= words and len(text) > _ENOUGH:
        found = _words(text)
        telling = [word for word in found if word not in _SMALL_WORDS]
    telling = telling or found
    id = "-".join(telling[:words])[:60].rstrip("-")
    if ID.fullmatch(id):
        return id
    return "c-" + (id or hashlib.sha256(text.encode()).hexdigest()[:8])


def free(id: str, taken: Iterable[str]) -> str:
    """The id, with a number after it if it is taken; looked for in ever longer steps, for many may be."""
    taken = taken if isinstance(taken, set | frozenset) else set(taken)
    if id not in taken:
        return id
    low, high = 1, 2
    while f"{id}-{high}" in taken:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{id}-{middle}" in taken else (low, middle)
    return f"{id}-{high}"


def options_for(words: tuple[str, ...]) -> tuple[Option, ...]:
    """The options of an either/or that is declared nowhere but in the text."""
    keys: dict[str, str] = {}
    taken = {"filled"}  # which a condition asks of any blank
    for word in words:
        plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
        whole = "-".join(_RUNS.findall(plain))
        key = free(whole if ID.fullmatch(whole) else slug(word), taken)
        taken.add(key)
        keys[key] = word
    return tuple(Option(key, word) for key, word in keys.items())
