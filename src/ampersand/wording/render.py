"""A document as HTML for the paper sheet, and as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ampersand.wording.document import (
    Document,
    FilledClause,
    FilledPart,
    FilledSection,
    SignatureLine,
    Signed,
    SigningPlace,
)
from ampersand.wording.template import Mark
from ampersand.wording.values import show_date


def html(document: Document, *, signed: Sequence[Signed] = ()) -> str:
    """The document as escaped HTML without scripts or styles: one `<article class="sheet">`.

    Class names are those of docs/looks-of-pages.md, "The agreement sheet". Each clause has the id
    `clause-<id>`. The title is an h2, so that it can stand below a page's own h1.
    """
    parts = [f'<article class="sheet" lang="{escape(document.language)}">']
    parts.append(_tag("h2", document.title, "sheet-title"))
    for section in document.sections:
        parts += _section_html(section)
    if document.replaces:
        parts.append(_tag("p", document.replacing, "sheet-replacing"))
    for place in document.signing:
        parts += _signing_html(place, signed)
    return "\n".join([*parts, "</article>"])


def _tag(name: str, words: str, classes: str = "") -> str:
    return f"<{name}{_class(classes)}>{escape(words)}</{name}>"


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _section_html(section: FilledSection) -> Iterator[str]:
    yield f'<section class="sheet-section" id="section-{section.id}">'
    if section.heading:
        yield _tag(f"h{section.level + 1}", section.heading)
    for clause in section.clauses:
        if clause.applies is not False:
            yield _clause_html(clause)
    yield "</section>"


def _clause_html(clause: FilledClause) -> str:
    names = f"clause clause--{clause.mark}"
    names += f" clause--depth-{clause.depth}" if clause.depth else ""
    names += " clause--pending" if clause.applies is None else ""
    number = _tag("span", clause.number, "clause-number") + " " if clause.number else ""
    words = "".join(_part_html(part, pending=clause.applies is not None) for part in clause.read)
    words = f'<p class="clause-words">{words}</p>'
    return f'<div class="{names}" id="clause-{clause.id}">{number}{words}</div>'


def _part_html(part: FilledPart, *, pending: bool) -> str:
    words = "<br>".join(escape(line) for line in part.text.split("\n"))
    names = "of-scheme" if part.kind == "scheme" else ""
    if part.kind in ("gap", "choice"):
        names = f"{part.kind} {part.kind}--{'agreed' if part.filled else 'open'}"
    if pending and part.applies is None:
        names = f"{names} part--pending".strip()
    # A name in another script keeps its own direction and does not turn the sentence around it.
    name = "bdi" if part.kind in ("gap", "scheme") and part.filled else "span"
    return f"<{name}{_class(names)}>{words}</{name}>" if names else words


def _signing_html(place: SigningPlace, signed: Sequence[Signed]) -> Iterator[str]:
    yield f'<section class="signing" id="signing-{place.occasion}">'
    day = day_of_signing(place, signed)
    yield _tag("h3", f"{place.label}: {day}" if day else place.label)
    for line in place.lines:
        mine = signature(place, line, signed)
        name = f"<bdi>{escape(mine.name)}</bdi>" if mine else ""
        yield (
            '<div class="signature-line">'
            + _tag("span", line.label, "signature-label")
            + f' <span class="signature-name">{name}</span> '
            + _tag("span", show_date(mine.on) if mine else "", "signature-date")
            + "</div>"
        )
    yield "</section>"


def text(document: Document, *, signed: Sequence[Signed] = ()) -> str:
    """The document as plain text, one clause a paragraph; the same words in the same order as in the PDF."""
    paragraphs = [document.title]
    for section in document.sections:
        if section.heading:
            paragraphs.append(section.heading)
        paragraphs += [_clause_text(clause) for clause in section.clauses if clause.applies is not False]
    paragraphs += [document.replacing] if document.replaces else []
    for place in document.signing:
        paragraphs.append(f"{place.label}: {day_of_signing(place, signed)}".rstrip())
        for line in place.lines:
            mine = signature(place, line, signed)
            paragraphs.append(f"{line.label}: " + (f"{mine.name}  {show_date(mine.on)}" if mine else ""))
    return "\n\n".join(paragraph.rstrip() for paragraph in paragraphs) + "\n"


def _clause_text(clause: FilledClause) -> str:
    lead = "• " if clause.mark is Mark.BULLET else f"{clause.number} " if clause.number else ""
    return "   " * clause.depth + lead + clause.text


def signature(place: SigningPlace, line: SignatureLine, signed: Sequence[Signed]) -> Signed | None:
    """The signature that stands on a line, or None."""
    found = [one for one in signed if (one.occasion, one.party) == (place.occasion, line.party)]
    return found[-1] if found else None


def day_of_signing(place: SigningPlace, signed: Sequence[Signed]) -> str:
    """The day of the last signature of an occasion on which all have signed, or ""."""
    found = [signature(place, line, signed) for line in place.lines]
    days = [one.on for one in found if one]
    return show_date(max(days)) if days and len(days) == len(found) else ""
