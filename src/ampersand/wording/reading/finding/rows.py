"""Rows of dots, underscores or dashes to write on, and what only looks like them: an ellipsis, a rule, a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ampersand.wording.reading.kinds import UNIT
from ampersand.wording.reading.lines import FILL, WIDE

_ROW = re.compile(
    rf"(?:(?<=\b20)_+)|_{{2,}}(?: _+)*|(?:_ ){{2,}}_|＿+(?: ?＿+)*|‗{{2,}}|[.…·․‥⋯](?: ?[.…·․‥⋯])*|(?:(?<=[\s:])|^)[-–—]{{4,}}(?=[\s.,]|$)|{FILL}(?: ?{FILL})*"
)
_SIGNS = ("_", "..", ". .", "…", FILL, "--", "–", "—", "·", "＿", "‗", "․", "‥", "⋯")
_DATE_BEHIND = re.compile(r"\d[\d/.-]{3,9}_{2,}")
_DATE_BEFORE = re.compile(r"_{2,}\d[\d/.-]{3,9}$")
"""A date that somebody wrote into a row: "__10/03/2031____"."""

_WEIGHT = {".": 1, "…": 3, "‥": 2, "⋯": 3, "․": 1, "·": 1}


def rows_in(text: str) -> Iterator[tuple[int, int]]:
    """Where rows to write on stand in a line; a place that the format itself marks is one, too."""
    if not any(sign in text for sign in _SIGNS):
        return
    for row in _ROW.finditer(text):
        if _is_blank_row(text, row):
            yield row.start(), row.end()


def _is_blank_row(text: str, row: re.Match[str]) -> bool:
    run, before, after = row[0], text[: row.start()], text[row.end() :]
    if (
        (run[0] in ".…" or FILL in run)
        and len(run) > 4 - 3 * (FILL in run)
        and re.match(r"\s*\d{1,3}\s*$", after)
        and re.search(r"[^:\s]\s*$", before)
    ):
        return bool(re.search(r"[:(]\s*$", before)) or len(before) < 3
    if run[0] in "-–—":
        return bool(re.search(r"\w", before)) and not before.startswith("---")
    if run[0] == "_":
        if _DATE_BEHIND.match(after) or _DATE_BEFORE.search(before):
            return False
        if before.endswith("`") and not after.startswith("`"):
            return False  # a link of reStructuredText
        length = run.count("_")
        inside_word = before[-1:].isalpha() and after[:1].isalpha()
        return (
            length >= (4 if inside_word else 3)
            or (length == 2 and not before[-1:].isalpha() and not after[:1].isalpha())
            or before.endswith("20")
        )
    if run[0] in "＿‗":
        return len(run) >= 2
    if run[0] not in _WEIGHT:
        return True
    return _is_dotted(run, before, after)


def _is_dotted(run: str, before: str, after: str) -> bool:
    weight = sum(_WEIGHT.get(sign, 0) for sign in run)
    if weight < 3 or (run == "…" and not before.rstrip().endswith(":")):
        return bool(run == "…" and before.endswith(" ") and UNIT.match(after))
    if before.endswith(("[", "(")) and after.startswith(("]", ")")):
        return weight >= 4
    if run in ("….", "……") and re.search(r"[^\W\d_]$|[，、。；]$", before):
        return False
    if weight >= 6:
        return True
    if weight >= 4:
        return not before[-1:].isalnum() or not after.strip() or bool(UNIT.match(after))
    spaced = before.endswith((" ", WIDE)) and bool(UNIT.match(after))
    return (
        before.rstrip().endswith(":")
        or spaced
        or (len(run) >= 3 and not before.strip() and not after.strip())
    )
