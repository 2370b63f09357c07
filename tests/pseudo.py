"""A language made up for tests: every translated sentence stands in ⟦white brackets⟧ with accents.

What a person can read outside such brackets was never given to the translators.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from unittest import mock

from django.apps import apps
from django.db import models
from django.utils import translation

from ampersand.agreements.views import shared, sheet
from ampersand.templatetags import once

ACCENTED = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
# Placeholders, tags and entities stay as they are: %(name)s, {name}, %s, <strong>, &amp;
KEPT = re.compile(r"(%\([^)]*\)[a-z]|%[a-z%]|\{[^}]*\}|<[^>]*>|&#?\w+;)")


def accented(sentence: str) -> str:
    pieces = KEPT.split(sentence)
    return "⟦" + "".join(p if KEPT.fullmatch(p) else p.translate(ACCENTED) for p in pieces) + "⟧"


@contextmanager
def pseudo_language() -> Iterator[None]:
    """Translate everything that Django is asked to translate, and nothing else."""

    def plural(one: str, many: str, number: int) -> str:
        return accented(one if number == 1 else many)

    # Loaded first, so that the real functions are there to be put back.
    translation.gettext("")
    with mock.patch.multiple(
        translation._trans,  # type: ignore[attr-defined]
        gettext=lambda sentence: accented(str(sentence)) if sentence else "",
        pgettext=lambda context, sentence: accented(str(sentence)),
        ngettext=plural,
        npgettext=lambda context, one, many, number: plural(one, many, number),
        create=True,
    ):
        _forget_what_is_laid_out()
        yield
    _forget_what_is_laid_out()


def _forget_what_is_laid_out() -> None:
    """Drop the pages' parts that are laid out once for each language: this one has no code of its own."""
    shared._sheet_as_read.cache_clear()
    sheet._laid_out.cache_clear()
    once._laid_out.cache_clear()


class Reading(HTMLParser):
    """Collects what a person reads or hears on a page, with a mark wherever one element ends."""

    UNSEEN = frozenset({"script", "style", "template", "svg", "code"})
    HEARD = frozenset({"alt", "title", "aria-label", "placeholder"})
    VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "wbr", "source", "col"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._within: list[tuple[str, bool]] = [("", True)]  # each open element, and whether it is read
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if self._read(tag, known):
            self.texts += [value for name, value in attrs if value and name in self.HEARD]
            if tag == "input" and known.get("type") in {"submit", "button"}:
                self.texts.append(known.get("value") or "")
        if tag not in self.VOID:
            self._within.append((tag, self._read(tag, known)))

    def _read(self, tag: str, attrs: dict[str, str | None]) -> bool:
        """What has a language of its own is a document that someone wrote, but for our talk about it."""
        if tag in self.UNSEEN or (tag != "html" and "lang" in attrs):
            return False
        ours = {"clause-talk", "clause-editor", "sheet-foot"} & set((attrs.get("class") or "").split())
        return bool(ours) or self._within[-1][1]

    def handle_endtag(self, tag: str) -> None:
        if any(tag == open_tag for open_tag, _ in self._within):
            while self._within.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._within[-1][1]:
            self.texts.append(data)


def untranslated(page: str, known: Iterable[str] = ()) -> list[str]:
    """Give what stands outside the brackets and is neither known data nor digits and marks."""
    said = " ".join(known).casefold()
    outside = _outside_brackets("\u241e".join(Reading(page).texts))
    found = []
    for piece in re.split(r"[\u241e·|/&]", outside):
        words = " ".join(piece.split()).strip(" .,:;!?()“”–—-")
        if re.search(r"[^\W\d_]", words) and words.casefold() not in said:
            found.append(words)
    return found


def _outside_brackets(text: str) -> str:
    """Drop everything within ⟦ and ⟧, which may stand in one another."""
    kept, depth = [], 0
    for mark in text:
        depth += mark == "⟦"
        if not depth:
            kept.append(mark)
        elif mark == "⟧":
            depth -= 1
            kept.append("\u241e")
    return "".join(kept)


def what_people_wrote() -> Iterator[str]:
    """Give every text in the database: what people and schemes wrote is theirs, in their language."""
    written = models.CharField | models.TextField | models.JSONField
    for model in [*apps.get_app_config("ampersand").get_models(), *apps.get_app_config("mfa").get_models()]:
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, written) and not field.choices
        ]
        for row in model._default_manager.values_list(*columns) if columns else ():
            yield from (str(value) for value in row if value)
