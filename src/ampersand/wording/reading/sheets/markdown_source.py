"""A markdown file before its markup is read: what is set aside, and what only looks like markup and is kept."""

from __future__ import annotations

import re

from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.sheets.spans import uncommented, without

_FRONT = re.compile(r"\A\s*(?:---\n(.*?)\n(?:---|\.\.\.)|\+\+\+\n(.*?)\n\+\+\+)\s*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LIQUID = re.compile(
    r"\{\{\s*(?:(?:site|page|include|layout)\.|['\"])[^{}]*\}\}|\{:[^{}]*\}|\{#[\w-]+\}|(?<!\S):[a-z][a-z0-9_+-]+:(?!\S)"
)
_LINKED_PAGE = re.compile(r"\[\[(?=[^\[\]\n]*[|#])(?:[^\[\]|\n]*\|)?([^\[\]|\n]+)\]\]")
"""A link to a page beside this one, with the words it shows: "[[Working hours#Breaks|breaks]]"."""

_ADDRESS = re.compile(r"\]\((?=[^()\n]*\{\{)[^()\n]*+\)")
_TITLE = re.compile(r"^title\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_UNDERSCORES = re.compile(
    r"(?<![\w*\\])(?=[*_\\]*\\_)(?:\\?[*_]){4,}(?![\w*\\])|(?:\\_|_){2,}|(?:＿){2,}|(?:\\\.|\.){4,}"
)
_STRONG = re.compile(r"(?<![\w:_])__(?=[^\W_])([^_\n]{1,80}[^\s_])__(?![\w_])")
_HEAD_WITHOUT_SPACE = re.compile(r"^(#{1,6})((?:[A-Z]|\d+\.)[^.;\n]{0,60})$", re.MULTILINE)
_POINT_WITHOUT_SPACE = re.compile(
    r"^\*(?=[A-Z][^*\n]*(?:\n(?!\s*[*\n])[^*\n]+)*(?:\n\s*\n|\n\s*\* |\n?\Z))", re.MULTILINE
)
_ANGLE = re.compile(r"<(?P<words>[A-Za-zÀ-ÿ][^<>@:\n=]{0,90})>")
_SET_AS_CODE = re.compile(r"(?<!`)`([A-ZÀ-Þ][\w.’'-]*(?: [\w.’'-]+){0,6})`(?!`)")
_OF_A_SCREEN = re.compile(r"\b(?:click|press|button|menu|tab|screen|field|column)s?\b", re.IGNORECASE)
_FEWEST = 3
BREAK = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE)
_KNOWN_TAGS = {
    "a", "b", "i", "u", "em", "strong", "br", "p", "div", "span", "sup", "sub", "small", "hr", "table", "tr", "td",
    "th", "thead", "tbody", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center", "font", "kbd", "code",
    "pre", "details", "summary", "img", "input", "textarea", "label", "form", "blockquote", "s", "del", "ins",
}  # fmt: skip
_CLOSED = re.compile(r"</(\w+)\s*>")
_GUARD = "\ue010"

_DEFINITION = re.compile(r"^(\s*(?:[-*+]\s+)?)\[(?=[^\[\]\n]+\]:[ \t]+(?!\S*[/.#@])\S)", re.MULTILINE)


def prepared(text: str) -> tuple[str, str]:
    """The title that the front matter gives, and the text with everything in place for a reader of markdown."""
    text = uncommented(text.replace("\r\n", "\n").replace("\x00", ""))
    front = _FRONT.match(text)
    head = (front[1] or front[2] or "") if front else ""
    title = _TITLE.search(head)
    body = text[front.end() :] if front else text
    body = _LINKED_PAGE.sub(r"\1", body)
    body = _COMMENT.sub(_same_height, body)
    for begins, ends in (("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}")):
        body = without(body, begins, ends)
    body = _ADDRESS.sub("](x)", _LIQUID.sub("", body))
    body = re.sub(r"^:{3,}.*$", "", body, flags=re.MULTILINE)
    body = _POINT_WITHOUT_SPACE.sub("* ", body)
    body = _STRONG.sub(r"**\1**", _HEAD_WITHOUT_SPACE.sub(r"\1 \2", body))
    return title[1] if title else "", _guarded(_with_places(body))


def _with_places(text: str) -> str:
    """Words set as code where an agreement means places to fill in: "between `Full Name` and `Name of the Tutor`"."""
    places = [found[1] for found in _SET_AS_CODE.finditer(text)]
    several = [words for words in places if " " in words]
    if len(several) < _FEWEST or sum(map(is_field, several)) < 2 or _OF_A_SCREEN.search(text):
        return text
    return _SET_AS_CODE.sub(r"\\[\1\\]", text)


def _same_height(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")


def _guarded(text: str) -> str:
    """Keeps rows of underscores and dots, placeholders and labels in brackets from being read as markup."""

    def underscores(found: re.Match[str]) -> str:
        run = found[0].replace("\\", "")
        run = run if "*" not in run else "_" * len(run)
        before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
        if len(run) == 2 and run[0] == "_" and (before.isalnum() != after.isalnum()):
            return found[0]
        return run.replace("_", _GUARD)

    def angle(found: re.Match[str]) -> str:
        name = re.split(r"[\s/]", found["words"])[0].lower()
        return found[0] if name in closed else f"&lt;{found['words']}&gt;"

    def broken(row: str) -> str:
        return row if row.lstrip().startswith("|") else BREAK.sub("  \n", row)

    closed = _KNOWN_TAGS | {name.lower() for name in _CLOSED.findall(text)}
    broke = "".join(map(broken, _UNDERSCORES.sub(underscores, text).splitlines(keepends=True)))
    return _DEFINITION.sub(r"\1\[", _ANGLE.sub(angle, broke))


def plain(text: str) -> str:
    """The text as it was written."""
    return text.replace(_GUARD, "_")
