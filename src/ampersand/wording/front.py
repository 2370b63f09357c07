"""Reading the front matter: who is party, how it is entered into, what may stand in each blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ampersand.wording.problems import ID, At, Problems, split, unescape
from ampersand.wording.template import TOGETHER, Declaration, Entered, Field, Kind, Occasion, Option, Party

_LINE = re.compile(r"([a-z]+):(?: +(.*))?")
_KEYED = re.compile(r"([^:\s]+):\s+(.+)", re.DOTALL)
_NUMBER = re.compile(
    r"number(?: (\d+) to (\d+)| from (\d+)| up to (\d+))?(?: ([^\W\d][^\d()]*)| \(([^\W\d][^\d()]*)\))?"
)
_PLAIN_KINDS = {kind.value: kind for kind in Kind if kind not in (Kind.NUMBER, Kind.CHOICE)}


@dataclass
class Front:
    """What the front matter says; `at` remembers where each thing stands."""

    single: dict[str, At] = field(default_factory=dict)
    listed: dict[str, list[At]] = field(default_factory=dict)
    start: At = field(default_factory=lambda: At("", ((0, 1, 1),)))


@dataclass(frozen=True)
class Blank:
    """A blank as the front matter declares it, and where."""

    field: Field
    at: At


SINGLE = ("id", "version", "language", "entered", "numbers")
LISTS = ("parties", "declarations", "signatures", "copies", "blanks")


def read_front(lines: list[str], problems: Problems) -> tuple[Front, int]:
    """The front matter and the index of the first line after it."""
    front = Front()
    if not lines or lines[0].rstrip() != "---":
        problems.add(
            front.start, "Start with a line of three hyphens (---), then what kind of agreement it is."
        )
        return front, 0
    key = ""
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == "---":
            return front, number
        key = _read_line(front, line, number, key, problems)
    problems.add(front.start, "Close the opening part with a second line of three hyphens (---).")
    return front, len(lines)


def _read_line(front: Front, line: str, number: int, key: str, problems: Problems) -> str:
    """Take in one line; returns the key whose list is being read, or ""."""
    here = At(line, ((0, number, 1),))
    if not line.strip():
        return key
    if item := re.match(r"\s*- +", line):
        if key:
            front.listed[key].append(here.part(item.end()))
        else:
            problems.add(here, "This list has no name. Write a line such as “parties:” above it.")
        return key
    found = _LINE.fullmatch(line.rstrip())
    if not found:
        problems.add(here, "Write “key: value”, or “- ” and an entry of the list above.")
        return key
    name, value = found[1], found[2]
    if name in front.single or name in front.listed:
        problems.add(here, f"“{name}” stands here twice. Keep one.")
    elif name in SINGLE and value:
        front.single[name] = here.part(found.start(2))
    elif name in LISTS and not value:
        front.listed[name] = []
        return name
    elif name in LISTS:
        problems.add(here, f"“{name}” is a list: write each entry on its own line after “- ”.")
    elif name in SINGLE:
        problems.add(here, f"Write a value after “{name}:”.")
    else:
        problems.add(here, f"“{name}” is not known here. Known are: {', '.join((*SINGLE, *LISTS))}.")
    return ""


def keyed(at: At, problems: Problems, example: str) -> tuple[str, At] | None:
    """The key and the rest of an entry such as “mentor: Mentor”."""
    found = _KEYED.fullmatch(at.text)
    if not found or not ID.fullmatch(found[1]):
        problems.add(at, f"Write an entry such as “{example}”; its key in small letters, digits and hyphens.")
        return None
    return found[1], at.part(found.start(2))


def read_id(front: Front, problems: Problems) -> str:
    """The agreement's own id."""
    at = front.single.get("id")
    if at is None:
        problems.add(front.start, "Give the agreement an id, such as “id: mentoring-contract”.")
    elif not ID.fullmatch(at.text):
        problems.add(at, "Write the id in small letters, digits and hyphens, a letter first.")
    return at.text if at else ""


def read_version(front: Front, problems: Problems) -> int:
    """The version's number; 1 if none is given."""
    at = front.single.get("version")
    if at and not re.fullmatch(r"[1-9]\d{0,5}", at.text):
        problems.add(at, "The version is a whole number from 1.")
        return 1
    return int(at.text) if at else 1


def read_language(front: Front, problems: Problems) -> str:
    """The language of the wording; British English if none is given."""
    at = front.single.get("language")
    if at and not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", at.text):
        problems.add(at, "Write the language as its short code, such as en-GB or cy.")
    return at.text if at else "en-GB"


def read_entered(front: Front, problems: Problems) -> Entered:
    """How the agreement comes into force."""
    at = front.single.get("entered")
    if at is None:
        problems.add(
            front.start, "Say how it is entered into: “entered: signed” or “entered: accepted by asking”."
        )
    elif at.text in list(Entered):
        return Entered(at.text)
    else:
        problems.add(at, "Write “signed” or “accepted by asking”.")
    return Entered.BY_ASKING


def read_numbers(front: Front, problems: Problems) -> bool:
    """Whether clauses are counted afresh in each section; throughout, if nothing is said."""
    at = front.single.get("numbers")
    if at and at.text not in ("throughout", "by section"):
        problems.add(at, "Write “throughout” or “by section”.")
    return bool(at and at.text == "by section")


def read_parties(front: Front, problems: Problems) -> tuple[Party, ...]:
    """Who the agreement binds; mentor and mentee are always among them."""
    parties: dict[str, Party] = {}
    for at in front.listed.get("parties", []):
        if (entry := keyed(at, problems, "mentor: Mentor")) and _new(entry[0], parties, at, problems):
            parties[entry[0]] = Party(entry[0], unescape(entry[1].text))
    missing = [key for key in ("mentor", "mentee") if key not in parties]
    if missing:
        problems.add(front.start, f"Name the {' and the '.join(missing)} in a list called “parties”.")
    return tuple(parties.values())


def read_declarations(front: Front, problems: Problems) -> tuple[Declaration, ...]:
    """What is declared on asking."""
    found: dict[str, Declaration] = {}
    for at in front.listed.get("declarations", []):
        if (entry := keyed(at, problems, "adult: I am 18 or over.")) and _new(entry[0], found, at, problems):
            found[entry[0]] = Declaration(entry[0], unescape(entry[1].text))
    return tuple(found.values())


def read_occasions(
    front: Front, parties: tuple[Party, ...], entered: Entered, problems: Problems
) -> tuple[Occasion, ...]:
    """On which occasions it is signed, and by whom."""
    known = [party.key for party in parties]
    found: dict[str, Occasion] = {}
    for at in front.listed.get("signatures", []):
        entry = keyed(at, problems, "issue: Date of issue")
        if not entry or not _new(entry[0], found, at, problems):
            continue
        label, *signers = split(entry[1], ";")
        keys = _party_keys(signers[0], known, problems) if signers else known
        if len(signers) > 1:
            problems.add(signers[1], "After the signers nothing more is expected. Part them by commas.")
        found[entry[0]] = Occasion(entry[0], unescape(label.text), tuple(keys))
    if entered is Entered.SIGNED and not found:
        problems.add(
            front.start, "A signed agreement needs a list “signatures”, such as “- issue: Date of issue”."
        )
    if entered is Entered.BY_ASKING and found:
        at = front.listed["signatures"][0]
        problems.add(
            at, "An agreement accepted by asking has no signatures. Leave these out, or write “signed”."
        )
    return tuple(found.values())


def read_copies(front: Front, parties: tuple[Party, ...], problems: Problems) -> tuple[str, ...]:
    """Who receives a copy."""
    known = [*(party.key for party in parties), "organisers"]
    keys: list[str] = []
    for at in front.listed.get("copies", []):
        for key in _party_keys(at, known, problems):
            if _new(key, keys, at, problems):
                keys.append(key)
    return tuple(keys)


def _party_keys(at: At, known: list[str], problems: Problems) -> list[str]:
    keys = []
    for one in split(at, ","):
        if one.text in known:
            keys.append(one.text)
        else:
            problems.add(one, f"“{one.text}” is not known here. Known are: {', '.join(known)}.")
    return keys


def _new(key: str, known: Any, at: At, problems: Problems) -> bool:
    if key in known:
        problems.add(at, f"“{key}” stands here twice. Keep one.")
    return key not in known


def read_blanks(front: Front, parties: tuple[Party, ...], problems: Problems) -> dict[str, Blank]:
    """What may stand in each blank."""
    blanks: dict[str, Blank] = {}
    for at in front.listed.get("blanks", []):
        entry = keyed(at, problems, "notice: Days of notice; number 0 to 60 days")
        if entry and _new(entry[0], blanks, at, problems):
            blank = _read_blank(*entry, [party.key for party in parties], problems)
            if blank:
                blanks[entry[0]] = Blank(blank, at)
    return blanks


def _read_blank(id: str, at: At, parties: list[str], problems: Problems) -> Field | None:
    label, *rest = split(at, ";")
    if not rest:
        problems.add(at, "After the label write a semicolon and the kind, such as “; date”.")
        return None
    what = _read_kind(rest[0], problems)
    if what is None:
        return None
    for piece in rest[1:]:
        if not _read_detail(piece, what, parties, problems):
            problems.add(
                piece,
                f"“{piece.text}” is not understood. Write “term …”, “suggest …”, “by …”, “at most … letters” "
                "or “optional”.",
            )
    return Field(id=id, label=unescape(label.text), **what)


def _read_kind(at: At, problems: Problems) -> dict[str, Any] | None:
    if at.text in _PLAIN_KINDS:
        return {"kind": _PLAIN_KINDS[at.text]}
    if at.text.startswith("choice"):
        keys = [option.text for option in split(at.part(len("choice")), "/")]
        good = all(ID.fullmatch(key) and key != "filled" for key in keys)
        if good and len(keys) > 1 and len(set(keys)) == len(keys):
            return {"kind": Kind.CHOICE, "options": tuple(Option(key, key) for key in keys)}
        problems.add(
            at, "Write the keys of the either/or apart, such as “choice yes / no”, each in small letters."
        )
        return None
    if found := _NUMBER.fullmatch(at.text):
        low, high = found[1] or found[3], found[2] or found[4]
        if low and high and int(low) > int(high):
            problems.add(at, f"{low} is more than {high}. Write the smaller number first.")
        return {
            "kind": Kind.NUMBER,
            "low": int(low) if low else None,
            "high": int(high) if high else None,
            "unit": found[5] or found[6] or "",
            "said": bool(found[6]),
        }
    kinds = ", ".join([*_PLAIN_KINDS, "number", "choice"])
    problems.add(at, f"“{at.text}” is not a kind of blank. Kinds are: {kinds}.")
    return None


def _read_detail(piece: At, what: dict[str, Any], parties: list[str], problems: Problems) -> bool:
    """Take in “term …”, “by …” and the like; False if it is none of them."""
    word, _, value = piece.text.partition(" ")
    if piece.text == "optional":
        what["needed"] = False
    elif found := re.fullmatch(r"at most ([1-9]\d{0,4}) letters", piece.text):
        what["longest"] = int(found[1])
    elif word == "suggest" and value:
        what["suggestion"] = unescape(value)
    elif word == "term" and ID.fullmatch(value):
        what["term"] = value
    elif word == "by" and value in (TOGETHER, *parties):
        what["by"] = value
    elif word == "by" and value:
        problems.add(piece, f"“{value}” is not a party. Write “together” or one of: {', '.join(parties)}.", 3)
    else:
        return False
    return True
