"""Labels and questions that stand to be answered, with no blank drawn for the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.finding.labels import count_words, is_open_label
from ampersand.wording.reading.kinds import SIGNATURE, is_field
from ampersand.wording.reading.lines import BOX, FILL, Line, is_bullet

_ASKED_ABOVE = re.compile(
    r"\b(?:please answer|answer (?:the|these|each)|please complete|complete the|fill (?:in|out)|write (?:down )?your|beantworte|responda|répondez)",
    re.I,
)
_HINT = re.compile(
    r":\s*\((?:please |e\.?g\.?|print|insert|optional|if |block|max|for example|ex\.)[^()]*\)\s*$",
    re.IGNORECASE,
)
_HINT_BEHIND = re.compile(
    r"^[^.:]{3,60} \((?:please|e\.?g\.?|list|describe|explain|including|for example)\b[^()]*\)$",
    re.IGNORECASE,
)
_DESCRIBE = re.compile(
    r"^(?:please )?(?:describe|list|explain|write|state|specify|name|give|note down|summari[sz]e) .*[:.]$",
    re.IGNORECASE,
)


_PLEASE = re.compile(
    r"(?:^|\. |\bif (?:so|not|yes|no|any|other|known|applicable|needed|[^,.]{0,40}[‘'\"“]\w+[’'\"”][^,.]{0,20}), |, (?=please \w+ (?:how|what|which|when|where|who|why|your)\b))please (?:note|list|describe|state|write|specify|indicate|explain|summari[sz]e)\b(?! (?:that|this|it|them|so)\b)(?![^.?!]*\bby (?:click|press|tick|check|sign|initial))[^.?!]*[.:]$",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"\W*(?:dear|hello|hi|sehr geehrte[rs]?|liebe[rs]?|chère?s?|estimad[oa]s?)\b(?!.*_)", re.I
)
_SAYS = re.compile(
    r"\b(?:is|are|will|shall|must|may|should|can|has|have|agrees?|do|does|not)\b", re.IGNORECASE
)
_STOPS_SHORT = re.compile(
    r"\b(?:them|me|us|contact|number|time|times|way|place|address|name|day|days) (?:is|are)$", re.I
)
_NUMBER_SIGN = re.compile(r"(?:[\w’']+ ){1,3}#")
_TO_COMPLETE = re.compile(
    r"\b(?:template|worksheet|fill (?:in|out)|complete this|to be completed)\b", re.IGNORECASE
)
_BARE_SIGNATURE = re.compile(
    r"(?:(?:[\w’'/()-]+ ){0,5}signature(?: of (?:the )?[\w’'/ -]{3,30})?|signed(?: by)?(?: [\w’'/ -]{3,30})?)(?:\s*(?:&|and|/|,)\s*date)?(?: \([^()]{3,30}\))?\W{0,2}"
    r"|(?:firma|unterschrift|signature|assinatura|handtekening|underskrift) (?:del?|d[ou]|da|der|des|van)\b [^.:;?!]{2,70}",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Whether a few words name what is to be written: "Mentor", "Date", "Signature of guardian (if under 18)"."""
    return is_field(text) or bool(SIGNATURE.search(text)) or len(text.split()) <= 3


def open_prompts(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], boxed: set[int]) -> list[Gap]:
    """Labels with nothing after their colon, and questions with room for an answer."""
    found: list[Gap] = []
    for index, line in enumerate(lines):
        told = any(gap.form == "colon" and gap.end >= len(line.text.rstrip()) for gap in gaps.get(index, []))
        if (
            index in boxed
            or told
            or line.quoted
            or _SALUTATION.match(line.text)
            or not re.search(r"\w", line.text)
        ):
            continue
        if _is_among_bare_labels(lines, gaps, index):
            found.append(Gap(index, len(line.text), len(line.text), "bare"))
            continue
        if _is_bare_signature(lines, gaps, index):
            found.append(Gap(index, len(line.text), len(line.text), "bare"))
            continue
        if not gaps.get(index) and _is_numbered_label(lines, index):
            found.append(Gap(index, len(line.text), len(line.text), "prompt"))
            continue
        if _is_lone_number(lines, index):
            found.append(Gap(index, len(line.text), len(line.text), "number"))
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        taken = bool(gaps.get(index + 1)) and (
            _only_gaps(lines[index + 1], gaps[index + 1])
            or _is_placeholder(lines[index + 1], gaps[index + 1])
        )
        if taken or (index + 1 in boxed and lines[index + 1].text.startswith(BOX)):
            continue
        beside = (found and found[-1].line == index - 1) or any(
            g.form == "colon" for g in gaps.get(index - 1, [])
        )
        alike = beside and _goes_with(lines, index)
        if alike or _is_asked(lines, gaps, index, following):
            found.append(Gap(index, len(line.text), len(line.text), "prompt"))
    return _without_unwritten(lines, gaps, found)


def _without_unwritten(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], found: list[Gap]) -> list[Gap]:
    """Leaves out the empty sections of a document that asks for nothing else: they are only not written yet."""
    asked = any(
        not lines[gap.line].heading or gap.form != "prompt" for own in (*gaps.values(), found) for gap in own
    )
    if asked or any(_TO_COMPLETE.search(line.text) for line in lines):
        return found
    return [gap for gap in found if not lines[gap.line].heading or lines[gap.line].text.endswith("?")]


def _goes_with(lines: Sequence[Line], index: int) -> bool:
    """Whether a short label with nothing after it comes right after another that is asked."""
    line = lines[index]
    label = line.text.rstrip()
    above = lines[index - 1]
    if line.heading:
        return index + 1 == len(lines) and line.heading == above.heading > 1
    labelled = above.text.rstrip().endswith(":") and not above.marker
    alike = labelled and count_words(above.text) <= 6
    lead = re.search(r"\b(?:will|must|agrees?(?: to)?|following)\W*$", label)
    following = lines[index + 1] if index + 1 < len(lines) else None
    headed = following is not None and following.words >= 8 and bool(re.search(r"[.!]$", following.text))
    listed = following is not None and bool(following.marker)
    return (
        alike
        and not listed
        and label.endswith(":")
        and line.words <= 5
        and line.gap >= 1
        and not (line.marker or line.heading or lead or headed)
    )


_NUMBERED = re.compile(r"([A-ZÀ-Þ][\w’' -]{2,40}?) ?#?(\d)")


def _is_numbered_label(lines: Sequence[Line], index: int) -> bool:
    """Whether a label counts on from the one right above it, or is the first of such: "Aim 1" over "Aim 2"."""
    said = _NUMBERED.fullmatch(lines[index].text.strip())
    if not said or lines[index].heading or lines[index].table or lines[index].contents:
        return False
    beside = [_NUMBERED.fullmatch(line.text.strip()) for line in lines[max(index - 1, 0) : index + 2]]
    numbers = [int(other[2]) for other in beside if other and other[1] == said[1]]
    own = int(said[2])
    return own - 1 in numbers or (own == 1 and 2 in numbers)


_LONE = re.compile(r"\(?(?:\d{1,2}|[a-h])[.)]$")


def _is_lone_number(lines: Sequence[Line], index: int) -> bool:
    """Whether a number stands alone to have something written after it, as its neighbours do."""
    if not _LONE.match(lines[index].text.strip()):
        return False
    beside = [lines[other].text.strip() for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return any(_LONE.match(text) for text in beside)


def _is_among_bare_labels(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a label stands alone, with room, among others like it: "Mentor name (print)" under a signature."""
    line = lines[index]
    if (
        gaps.get(index)
        or line.gap < 2
        or line.heading
        or line.words > 6
        or not is_field(line.text)
        or line.text.endswith((".", ":", ";"))
    ):
        return False
    beside = (gaps.get(index - 1, []), gaps.get(index + 1, []))
    return any(own and all(gap.form == "bare" for gap in own) for own in beside)


def _is_bare_signature(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a line says no more than whose signature stands here: "Mentor’s signature", late in a document."""
    line = lines[index]
    if gaps.get(index) or line.heading or line.table or line.words > 14 or index < 0.4 * len(lines):
        return False
    if _is_bare_date(lines, index):
        return True
    drawn = [other for other in (index - 1, index + 1) if 0 <= other < len(lines) and gaps.get(other)]
    if any(_only_gaps(lines[other], gaps[other]) for other in drawn):
        return False
    if gaps.get(index + 1) and line.words == 1:
        return False
    plain = line.text.strip(" *_")
    late = index >= len(lines) - 4 or any(
        _BARE_SIGNATURE.fullmatch(lines[other].text.strip(" *_"))
        for other in (index - 1, index + 1)
        if 0 <= other < len(lines)
    )
    signed = late or _is_bare_date(lines, index + 1) or _is_over_date(lines, gaps, index)
    return signed and bool(_BARE_SIGNATURE.fullmatch(plain)) and not plain.endswith((":", "."))


def _is_over_date(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether the first rows below are the signer's name or post and the date, and no other place to sign."""
    for below in range(index + 1, min(index + 4, len(lines))):
        label = lines[below].text.split(":")[0]
        if not gaps.get(below) or lines[below].words > 8 or SIGNATURE.search(label):
            return False
        if re.match(r"\W*date\b", label, re.IGNORECASE):
            return True
    return False


def _is_bare_date(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is no more than "Date" under one that is no more than whose signature stands there."""
    above = lines[index - 1].text.strip(" *_") if index else ""
    bare = bool(_BARE_SIGNATURE.fullmatch(above)) and not above.endswith((":", "."))
    return (
        bare
        and index < len(lines)
        and bool(re.fullmatch(r"(?:date|datum|fecha|data)", lines[index].text.strip(" *_"), re.IGNORECASE))
    )


def _is_placeholder(line: Line, gaps: Sequence[Gap]) -> bool:
    """Whether a line is one bracket to be replaced, and nothing else."""
    around = line.text[: gaps[0].start] + line.text[gaps[-1].end :]
    return [gap.form for gap in gaps] == ["bracket"] and not line.marker and not re.search(r"\w", around)


def _only_gaps(line: Line, gaps: Sequence[Gap]) -> bool:
    return all(gap.form in ("row", "fill", "date") for gap in gaps) and not re.search(
        r"[^\W_]", line.text.replace(FILL, "")
    )


def _is_asked(
    lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int, following: Line | None
) -> bool:
    line = lines[index]
    text = line.text.rstrip(" *`")
    own = gaps.get(index, [])
    rest = line.text[own[-1].end :] if own else ""
    chosen = bool(own) and own[-1].form == "choice" and not re.search(r"[.!?]\)?\s", rest)
    if own and (chosen or re.search(r"\w", rest) is None):
        return False
    if not own and (
        _HINT.search(text) or re.search(r":\W{0,3}e\.?\s?g\.?\s[^.:]{2,60}$", text, re.IGNORECASE)
    ):
        return len(text.split(":")[0].split()) <= 6
    if line.heading:
        empty = following is None or (0 < following.heading <= line.heading)
        asking = text.endswith("?") or line.gap >= 3
        return line.heading > 1 and index > 1 and empty and asking and following is not None
    room = line.gap if following is not None else 3
    roomy = line.gap >= 3 and line.words <= 20
    if not own and (_NUMBER_SIGN.fullmatch(text) or (roomy and _HINT_BEHIND.search(text))):
        return True
    if text.endswith(":"):
        return is_open_label(lines, gaps, index, following)
    if text.endswith("?"):
        return (line.gap >= 2 and following is not None) or _is_asked_above(lines, index)
    if _STOPS_SHORT.search(text) and not (line.heading or line.marker) and following is not None:
        begun = any(gap.start < 3 for gap in gaps.get(index + 1, [])[:1])
        return bool(re.match(r"[A-ZÀ-Þ“\"]", following.text)) and line.words >= 4 and not begun
    if text.endswith(("–", "—", "-")) and re.search(r"[^\W\d]\s*.$", text):
        return room >= 3
    if (
        not own
        and "please" in text.lower()
        and _PLEASE.search(re.sub(r"\s*\([^()]*\)$", "", text))
        and not (following and (following.marker or following.table or gaps.get(index + 1)))
    ):
        return True
    goes_on = following is not None and not (is_bullet(line.marker) and following.heading == 1)
    return line.gap >= 4 and goes_on and bool(line.marker) and line.words <= 20 and not _tells(text)


def _tells(text: str) -> bool:
    """Whether a line is a sentence that says how things are, and asks for nothing."""
    return text.endswith((".", "!", ";")) and not _DESCRIBE.match(text) and bool(_SAYS.search(text))


def _is_asked_above(lines: Sequence[Line], index: int) -> bool:
    for earlier in range(index - 1, max(index - 8, -1), -1):
        if not lines[earlier].text.rstrip().endswith("?"):
            return bool(_ASKED_ABOVE.search(lines[earlier].text)) or bool(
                _DESCRIBE.match(lines[earlier].text)
            )
    return False
