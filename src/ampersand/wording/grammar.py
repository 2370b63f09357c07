"""Reading the agreement language. docs/agreement-language.md explains it for organisers."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ampersand.wording import front as matter
from ampersand.wording.blocks import Block, read_blocks
from ampersand.wording.checking import Checker
from ampersand.wording.ids import free, slug
from ampersand.wording.inline import Found, cut_mark, read_inline
from ampersand.wording.numbering import numbered
from ampersand.wording.problems import ID, At, Problems, unescape
from ampersand.wording.template import OPENING, Choice, Clause, Gap, Section, Template, Words


@dataclass(frozen=True)
class _Heading:
    """A heading's words, the id written after it ("" if none), and its block."""

    words: str
    id: str
    block: Block


@dataclass(frozen=True)
class _Clause:
    """A clause as it was found in the text, and its block."""

    found: Found
    block: Block


def parse(text: str) -> Template:
    """Read a template. Raises WordingErrors with every problem found, not only the first."""
    problems = Problems()
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    _check_characters(lines, problems)
    front, body = matter.read_front(lines, problems)
    title, blocks = _read_title(read_blocks(lines, body, problems), front, problems)
    read = [_read_block(block, problems) for block in blocks]
    parties = matter.read_parties(front, problems)
    entered = matter.read_entered(front, problems)
    declarations = matter.read_declarations(front, problems)
    checker = Checker(problems, matter.read_blanks(front, parties, problems), declarations)
    blanks = checker.check([item.found for item in read if isinstance(item, _Clause)])
    template = Template(
        id=matter.read_id(front, problems),
        title=title,
        version=matter.read_version(front, problems),
        language=matter.read_language(front, problems),
        parties=parties,
        entered=entered,
        declarations=declarations,
        occasions=matter.read_occasions(front, parties, entered, problems),
        copies=matter.read_copies(front, parties, problems),
        by_section=matter.read_numbers(front, problems),
        blanks=blanks,
        sections=_sections(read, {blank.id for blank in blanks if blank.is_choice}, problems),
    )
    problems.raise_if_any()
    return replace(
        template, sections=numbered(template.sections, template.language, by_section=template.by_section)
    )


def _check_characters(lines: list[str], problems: Problems) -> None:
    for number, line in enumerate(lines, 1):
        for column, character in enumerate(line, 1):
            if unicodedata.category(character) in ("Cc", "Cs") and character != "\t":
                here = At(character, ((0, number, column),))
                problems.add(
                    here, f"There is a character here that cannot be printed (U+{ord(character):04X})."
                )


def _read_title(blocks: list[Block], front: matter.Front, problems: Problems) -> tuple[str, list[Block]]:
    titles = [block for block in blocks if block.level == 1]
    if not titles or not titles[0].at.text:
        problems.add(front.start, "Give the agreement a title: a line such as “# Mentoring contract”.")
        return "", [block for block in blocks if block.level != 1]
    for extra in titles[1:]:
        problems.add(extra.at, "There is one title. Write further headings as “## …”.")
    if titles[0] is not blocks[0]:
        problems.add(titles[0].at, "The title stands before everything else.")
    return " ".join(unescape(titles[0].at.text).split()), [block for block in blocks if block.level != 1]


def _read_block(block: Block, problems: Problems) -> _Heading | _Clause:
    if not block.level:
        found = read_inline(block.at, problems)
        if not found.parts:
            problems.add(block.at, "This clause has no words.")
        return _Clause(found, block)
    words, mark = cut_mark(block.at)
    if not words.text:
        problems.add(block.at, "This heading has no words.")
    id = mark.text.removeprefix("#") if mark else ""
    if id and not ID.fullmatch(id):
        problems.add(block.at, "Write the heading’s id in small letters, digits and hyphens, a letter first.")
    return _Heading(" ".join(unescape(words.text).split()), id, block)


def _sections(read: list[_Heading | _Clause], choices: set[str], problems: Problems) -> tuple[Section, ...]:
    heading_ids = _ids([item for item in read if isinstance(item, _Heading)], {OPENING}, problems)
    clause_ids = _ids([item for item in read if isinstance(item, _Clause)], set(), problems)
    sections = [Section(OPENING, "", ())]
    for item in read:
        if isinstance(item, _Heading):
            sections.append(Section(heading_ids.pop(0), item.words, (), item.block.level))
        else:
            clause = _clause(item, clause_ids.pop(0), choices)
            sections[-1] = replace(sections[-1], clauses=(*sections[-1].clauses, clause))
    return tuple(section for section in sections if section.heading or section.clauses)


def _ids(items: Sequence[_Heading | _Clause], reserved: set[str], problems: Problems) -> list[str]:
    """Each item's id: the one written, or one made from its words."""
    ids = [item.id if isinstance(item, _Heading) else item.found.id for item in items]
    taken = set(reserved)
    for item, id in zip(items, ids, strict=True):
        if id and id in taken:
            problems.add(item.block.at, f"The id “{id}” stands here and before. Change one.")
        taken.add(id)
    for i, item in enumerate(items):
        ids[i] = ids[i] or free(slug(_words(item)), taken)
        taken.add(ids[i])
    return ids


def _words(item: _Heading | _Clause) -> str:
    if isinstance(item, _Heading):
        return item.words
    return " ".join(part.text for part in item.found.parts if isinstance(part, Words))


def _clause(item: _Clause, id: str, choices: set[str]) -> Clause:
    parts = tuple(
        Choice(part.field, part.when) if isinstance(part, Gap) and part.field in choices else part
        for part in item.found.parts
    )
    states = tuple(stated for stated, _ in item.found.states)
    return Clause(id, parts, item.block.mark, item.block.depth, "", item.found.when, states)
