"""“Please look at”: what a reader would notice in an agreement as a whole, each with the place it is about.

What was noticed while reading comes first, then what only the corrected whole can show. Nothing is ever changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ampersand.wording.catalogue import CATALOGUE, TermKind
from ampersand.wording.reading.correcting.signing import ORGANISERS, TWO
from ampersand.wording.reading.correcting.tree import read_out
from ampersand.wording.reading.findings import Part, Reading
from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.noticing.contradicting import contradictions
from ampersand.wording.reading.noticing.leftovers import FILLED, SENTENCES, about, hints_in
from ampersand.wording.template import Choice, Clause, Entered, Kind, Template, Words

_TWICE = (
    "Several blanks are called this. If they ask for the same, make them one blank that stands in several "
    "places; if not, give each a name of its own."
)
_FIXED_TWICE = (
    "The software is told of “%(term)s” in two places that differ, and can go by one only. Take it away at the "
    "other."
)
_CALLED_ALIKE = "Several blanks are called this. Give each a name of its own."
_IF = re.compile(
    r"(?:^|[.;]\s+)(if (?:so|not|made|kept|taken|yes|no|agreed|they are|it is)\b[^.]*)", re.IGNORECASE
)


@dataclass(frozen=True)
class Notice:
    """Something to look at: the words it is about, a sentence, and the clause (or "signing") where it stands.

    The sentence may have places for what `named` holds: words of the agreement, numbers. `term` is the key of
    the term that “%(term)s” stands for, which has a name of ours.
    """

    key: str
    about: str
    sentence: str
    place: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    term: str = ""

    @property
    def told(self) -> str:
        """The whole sentence, in English."""
        named = {**self.named, "term": CATALOGUE[self.term].name} if self.term else self.named
        return self.sentence % named if named else self.sentence


def notices(reading: Reading, template: Template) -> tuple[Notice, ...]:
    """All there is to look at. The key of each stays the same as long as it says the same."""
    words = {clause.id: _plain(read_out(template, clause)) for clause in template.clauses()}
    found = [*_as_it_stands(template), *_of_paper(reading, template, words)]
    found += _left_out(reading, template, words)
    found += _numbers(reading, template, words)
    found += _signing(reading, template)
    found += _fixed_twice(template)
    found += _same_label(template)
    found += _conditions(template)
    return tuple({notice.key: notice for notice in found}.values())


def _as_it_stands(template: Template) -> Iterator[Notice]:
    """What is odd in the words as they are now: gone once it is put right, there as soon as it is written."""
    passages = [(clause.id, _with_gaps(template, clause)) for clause in template.clauses()]
    for id, text in passages:
        for words, sentence in hints_in(text):
            yield _notice(words, sentence, id)
    for id, text, sentence, other in contradictions(passages):
        yield _notice(about(text), sentence, id, {"other": other})


def _with_gaps(template: Template, clause: Clause) -> str:
    """The words of a clause, with lines for its blanks and its options as they are offered."""
    text = ""
    for part in clause.parts:
        if isinstance(part, Words):
            text += part.text
        elif isinstance(part, Choice):
            text += " / ".join(option.words for option in template.field(part.field).options)
        else:
            text += FILLED
    return text


def _of_paper(reading: Reading, template: Template, words: dict[str, str]) -> Iterator[Notice]:
    """What only the paper shows, as long as what it is about stands on the sheet."""
    sheet = " ".join([*words.values(), *(_plain(section.heading) for section in template.sections)])
    for hint in reading.look_at:
        if hint.sentence in SENTENCES or hint.sentence.startswith(("This says ", "This is asked ")):
            continue  # looked for anew in the words as they stand
        if _plain(re.sub(r"^\S{1,4}[.)]\s", "", hint.about)) in sheet:
            yield _notice(hint.about, hint.sentence, _place_of(hint.about, words), hint.named)


def _notice(
    about: str, sentence: str, place: str = "", named: Mapping[str, str] | None = None, term: str = ""
) -> Notice:
    notice = Notice("", about, sentence, place, named or {}, term)
    return replace(notice, key=hashlib.sha256(f"{about}|{notice.told}".encode()).hexdigest()[:12])


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _place_of(about: str, words: dict[str, str]) -> str:
    """The clause that holds these words, or most of their beginning."""
    wanted = _plain(about)
    for count in (len(wanted.split()), 6, 3):
        some = " ".join(wanted.split()[:count])
        for id, text in words.items():
            if some and some in text:
                return id
    return ""


def _left_out(reading: Reading, template: Template, words: dict[str, str]) -> Iterator[Notice]:
    """Lines of the paper that stand nowhere on the sheet."""
    sheet = " ".join([_plain(template.title), *words.values()])
    sheet += " " + " ".join(_plain(section.heading) for section in template.sections)
    sheet += " " + " ".join(_plain(occasion.label) for occasion in template.occasions)
    last = ""
    for index, part in enumerate(reading.parts):
        pieces = [_plain(piece) for piece in _between_blanks(reading, index)]
        if not any(pieces) or part.role == "contents":
            continue
        if all(_stands(piece.split(), sheet) for piece in pieces if piece):
            last = _place_of(part.text, words) or last
        elif not _of_signing(part):
            yield _notice(
                " ".join(part.text.split())[:160],
                "These words of your paper stand nowhere on the sheet. If they belong there, add them to a clause.",
                last,
            )


def _between_blanks(reading: Reading, index: int) -> Iterator[str]:
    """The words of a line of the paper before, between and after the blanks that were found in it."""
    text, place = reading.parts[index].text, 0
    for blank in sorted((one for one in reading.blanks if one.line == index), key=lambda one: one.start):
        if blank.kind != "choice":
            yield text[place : blank.start]
            place = max(place, blank.end)
    yield text[place:]


def _stands(wanted: list[str], sheet: str) -> bool:
    """Whether the words, or every run of them between blanks, are on the sheet."""
    if " ".join(wanted) in sheet:
        return True
    runs = [wanted[start : start + 3] for start in range(max(1, len(wanted) - 2))]
    there = sum(" ".join(run) in sheet for run in runs)
    return there >= 0.6 * len(runs)


def _of_signing(part: Part) -> bool:
    """Whether a line only says who signs and when; the sheet has lines of its own for that."""
    labels = [label for label in re.split(r"[:_.…·\t\ue000-\ue0ff☐]+", part.text) if label.strip()]
    return all(is_field(label.strip()) or len(label.split()) <= 3 for label in labels)


def _numbers(reading: Reading, template: Template, words: dict[str, str]) -> Iterator[Notice]:
    """The first clause that has another number than on the paper: references to numbers may be wrong then."""
    numbers = {clause.id: clause.number for clause in template.clauses()}
    for part in reading.parts:
        was = re.sub(r"\W", "", part.marker)
        if part.role != "item" or not was.isdecimal():
            continue
        place = _place_of(part.text, words)
        now = re.sub(r"\W", "", numbers.get(place, ""))
        if now and now != was:
            yield _notice(
                f"{part.marker} {' '.join(part.text.split()[:12])}",
                "Clauses are counted afresh here, so some have another number than on your paper. If a clause "
                "refers to another by its number, put that right.",
                place,
            )
            return


def _signing(reading: Reading, template: Template) -> Iterator[Notice]:
    if template.entered is Entered.BY_ASKING and template.blanks:
        yield _notice(
            template.title,
            "Nobody signs this agreement, so nobody fills in its blanks either: it counts as soon as someone asks. "
            "If two people are to fill it in together, say who signs it.",
            "signing",
        )
    signing = {key for occasion in template.occasions for key in occasion.signers}
    if signing and reading.signers and reading.signers != len(signing):
        yield _notice(
            ", ".join(party.label for party in template.parties if party.key in signing),
            "Your paper seems to have another number of people sign. Mentor and mentee both sign here; say who else.",
            "signing",
        )
    if signing and ORGANISERS not in template.copies:
        yield _notice(
            template.title,
            "The organisers are sent no copy of what the two sign. If they keep one, say so.",
            "signing",
        )
    others = [party.label for party in template.parties if party.key not in TWO]
    if others and signing - set(TWO):
        yield _notice(
            ", ".join(others),
            "Mentor and mentee sign here on screen. For anyone else who signs, the copy has a line to sign on paper.",
            "signing",
        )


def _fixed_twice(template: Template) -> Iterator[Notice]:
    """Terms that a clause fixes and a blank asks for, or two blanks ask for; the software can go by one."""
    told: dict[str, str] = {}
    for clause in template.clauses():
        if clause.when is not None:
            continue
        says = [(stated.term, stated.value) for stated in clause.states]
        asked = dict.fromkeys(part.field for part in clause.parts if hasattr(part, "field"))
        says += [(template.field(id).term, f"as [{id}] says") for id in asked]
        for term, value in says:
            known = CATALOGUE.get(term)
            if known is None or known.kind is TermKind.CLAUSES or term.startswith("boundary-"):
                continue
            if told.setdefault(term, value) != value:
                yield _notice(about(read_out(template, clause)), _FIXED_TWICE, clause.id, term=term)


def _same_label(template: Template) -> Iterator[Notice]:
    """Blanks that a screen reader, and “Left to agree”, could not tell apart; perhaps they are one."""
    kinds: dict[str, list[Kind]] = {}
    for blank in template.blanks:
        kinds.setdefault(blank.label.casefold(), []).append(blank.kind)
    for clause in template.clauses():
        for part in clause.parts:
            label = template.field(part.field).label if hasattr(part, "field") else ""
            there = kinds.pop(label.casefold(), [])
            if len(there) > 1:
                same = len(set(there)) == 1
                yield _notice(label, _TWICE if same else _CALLED_ALIKE, clause.id)


def _conditions(template: Template) -> Iterator[Notice]:
    """“If so …” after an either/or: probably text that depends on it."""
    chosen = ""
    for clause in template.clauses():
        own = next((part.field for part in clause.parts if isinstance(part, Choice)), "")
        chosen = own or chosen
        found = _IF.search(read_out(template, clause))
        if found and chosen and template.field(chosen).kind is Kind.CHOICE and not _depends(clause):
            yield _notice(
                found[1][:120],
                "This seems to apply only for one choice of an either/or above. If so, say that it depends on it.",
                clause.id,
            )
        chosen = own


def _depends(clause: Clause) -> bool:
    return clause.when is not None or any(part.when is not None for part in clause.parts)
