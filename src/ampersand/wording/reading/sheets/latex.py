"""LaTeX source: the words that would be printed, its rules and form fields as places to fill in."""

from __future__ import annotations

import re
import unicodedata

from ampersand.wording.reading.lines import BOX, FILL, Fill, Line, Sheet, squeeze, tidy
from ampersand.wording.reading.sheets.plain import decode
from ampersand.wording.reading.sheets.tables import flatten

_COMMENT = re.compile(r"(?<!\\)%[^\n]*(?:\n[ \t]*(?=\S))?")
_ACCENT = re.compile(r"\\([`'^\"~=.cvu])\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z]))")
_COMBINING = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "c": "\u0327",
    "v": "\u030c",
}
_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_OPTIONS = r"(?:\[[^\]]*\])?"
_SYMBOLS = {
    r"\ldots": "…", r"\dots": "…", r"\textendash": "–", r"\textemdash": "—", r"\S": "§", r"\textbullet": "•",
    r"\ss": "ß", r"\ae": "æ", r"\oe": "œ", r"\o": "ø", r"\quad": "\t", r"\qquad": "\t", r"\hfill": "\t", r"\Square": BOX,
    r"\square": BOX, r"\CheckBox": BOX, r"\copyright": "©", r"\pounds": "£", r"\euro": "€",
}  # fmt: skip
_FILLS = [
    rf"\\(?:underline|uline)\s*\{{\s*(?:\\(?:hspace|makebox|phantom|hphantom)\*?\s*(?:{_OPTIONS}\s*{_GROUP})+|[~\s]|\\[ ,;]|\\q?quad)+\s*\}}",
    r"\\(?:hrulefill|dotfill)(?:\{\})?(?![A-Za-z])",
    r"\\hrule(?![A-Za-z])",
]
_FIELD = re.compile(rf"\\TextField\s*{_OPTIONS}\s*({_GROUP})")
_RULE = re.compile(rf"\\rule\s*{_OPTIONS}\s*\{{([^{{}}]*)\}}\s*\{{[^{{}}]*\}}")
_CHECK = re.compile(rf"\\CheckBox\s*{_OPTIONS}\s*({_GROUP})")
_MENU = re.compile(rf"\\ChoiceMenu\s*{_OPTIONS}\s*({_GROUP})\s*({_GROUP})")
_DROP = re.compile(
    rf"\\(?:usepackage|documentclass|definecolor|setlength|setlist|pagestyle|thispagestyle|vspace|hspace|geometry|label|ref"
    rf"|includegraphics|input|include|bibliography\w*|renewcommand|newcommand|def|hypersetup|addtolength|color|vskip|hskip"
    rf"|fancyfoot|fancyhead|lfoot|rfoot|cfoot|lhead|rhead|chead|setcounter|author|date|title|markboth|footnote)\*?"
    rf"\s*{_OPTIONS}\s*(?:{_GROUP}\s*){{0,4}}(?:{_OPTIONS})?"
)
_SECTION = re.compile(rf"\\((?:sub)*)(?:section|paragraph|chapter|part)\*?\s*{_OPTIONS}\s*({_GROUP})")
_TABLE = re.compile(r"\\begin\{(tabularx?\*?|longtable|tabulary)\}(.*?)\\end\{\1\}", re.DOTALL)
_LIST = re.compile(r"\\(begin|end)\{(itemize|enumerate|compactitem|compactenum|description)\}" + _OPTIONS)
_ITEM = re.compile(r"\\item\b\s*(?:\[([^\]]*)\])?")
_WRAPPER = re.compile(rf"\\[A-Za-z]+\*?\s*{_OPTIONS}\s*\{{([^{{}}]*)\}}")


def read(data: bytes) -> Sheet:
    """A LaTeX file."""
    return read_text(decode(data))


def read_text(source: str) -> Sheet:
    """LaTeX as text."""
    source = _COMMENT.sub("", source.replace("\r\n", "\n"))
    source = _ACCENT.sub(_accented, _expanded(source))
    preamble, _, body = (
        source.rpartition(r"\begin{document}") if r"\begin{document}" in source else ("", "", source)
    )
    body = body.split(r"\end{document}")[0]
    title = _title(preamble) or _title(body)
    body = re.sub(r"\\begin\{comment\}.*?\\end\{comment\}", "", body, flags=re.DOTALL)
    body = _FIELD.sub(lambda asked: f"{asked[1][1:-1]} {FILL} ", body)
    for pattern in _FILLS:
        body = re.sub(pattern, FILL, body)
    body = _CHECK.sub(lambda box: f"{BOX} {box[1][1:-1]} ", _MENU.sub(_menu, body))
    body = _RULE.sub(
        lambda rule: "" if re.search(r"textwidth|linewidth", rule[1]) and "0." not in rule[1] else FILL, body
    )
    walker = _Walker()
    walker.body(body)
    lines = ([Line(text=title, heading=1)] if title and r"\maketitle" in source else []) + walker.lines
    return Sheet(lines=tidy(lines), title=title, kind="latex")


_MACRO = re.compile(
    rf"\\(?:(?:re)?newcommand\*?\{{?\\(\w+)\}}?(?:\[(\d)\])?|def\\(\w+)((?:#\d)*))\s*({_GROUP})"
)


def _expanded(source: str) -> str:
    """Source with the macros it defines for itself written out, one level deep."""
    for macro in list(_MACRO.finditer(source))[:40]:
        name, body = macro[1] or macro[3], macro[5][1:-1]
        count = int(macro[2] or len(macro[4] or "") // 2)
        if len(body) > 400 or count > 3:
            continue
        pattern = rf"\\{name}(?![A-Za-z])" + rf"\s*({_GROUP})" * count

        def written(found: re.Match[str], body: str = body, count: int = count) -> str:
            for number in range(count):
                body = body.replace(f"#{number + 1}", found[number + 1][1:-1])
            return body

        rest = source[macro.end() :]
        source = source[: macro.end()] + re.sub(pattern, written, rest)
    return source


def _accented(found: re.Match[str]) -> str:
    letter = found[2] or found[3]
    mark = _COMBINING.get(found[1])
    if found[1].isalpha() and not found[2]:
        return found[0]
    return unicodedata.normalize("NFC", letter + mark) if mark else letter


def _menu(found: re.Match[str]) -> str:
    """A choice of a form as boxes to tick."""
    options = [option.split("=")[0].strip() for option in found[2][1:-1].split(",")]
    return f"{found[1][1:-1]} " + " ".join(f"{BOX} {option}" for option in options)


def _title(source: str) -> str:
    """What \\title says, or the page header where the title stands."""
    for pattern in (
        rf"\\title\s*{_OPTIONS}\s*({_GROUP})",
        rf"\\(?:fancyhead|lhead|chead){_OPTIONS}\s*({_GROUP})",
    ):
        found = re.search(pattern, source)
        if found:
            words = _words(found[1].split(r"\\")[0].strip("{} "))
            if words:
                return words
    return ""


def _words(text: str) -> str:
    """Source as the words it prints."""
    text = re.sub(rf"\\(?:textcolor|href|fontsize|parbox|raisebox)\s*{_OPTIONS}\s*\{{[^{{}}]*\}}", "", text)
    text = re.sub(rf"\\makebox\s*{_OPTIONS}\s*{_OPTIONS}", "", text)
    text = _DROP.sub("", text)
    for _ in range(6):
        text, changed = _WRAPPER.subn(r"\1", text)
        if not changed:
            break
    for command, sign in sorted(_SYMBOLS.items(), key=lambda pair: -len(pair[0])):
        text = re.sub(re.escape(command) + r"(?![A-Za-z])", sign, text)
    text = re.sub(r"\\([&%$#_{}])", lambda sign: "\ue011" if sign[1] in "{}" else sign[1], text)
    text = re.sub(r"\\[A-Za-z]+\*?\s?|\\[,;:!/@ -]", " ", text)
    text = re.sub(r"[{}\ue011]", "", text).replace("~", " ").replace("---", "—").replace("--", "–")
    return re.sub(r"[ \n]+", " ", text.replace("``", "“").replace("''", "”").replace("$", "")).strip(" ")


class _Walker:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.lists: list[str] = []
        self.counts: list[int] = []
        self.tables = 0

    def body(self, body: str) -> None:
        """Writes down the body: tables, then lists and headings, then paragraphs."""
        last = 0
        for table in _TABLE.finditer(body):
            self._flow(body[last : table.start()])
            self._table(table[2])
            last = table.end()
        self._flow(body[last:])

    def _flow(self, text: str) -> None:
        text = _LIST.sub(lambda mark: f"\n\n\ue012{mark[1]} {mark[2]}\n\n", text)
        text = _SECTION.sub(lambda head: f"\n\n\ue013{len(head[1]) // 3} {head[2]}\n\n", text)
        text = re.sub(
            r"\\begin\{(?:minipage|multicols|adjustwidth)\}" + _OPTIONS + r"\{[^{}]*\}", "\n\n", text
        )
        text = re.sub(r"\\(?:begin|end)\{[^}]*\}" + _OPTIONS, "\n\n", text)
        text = _ITEM.sub(lambda item: f"\n\n\ue014{item[1] or ''}\ue014", text)
        text = re.sub(r"\\\\\*?(?:\[[^\]]*\])?|\\newline\b", "\n\n", text)
        text = re.sub(r"\\vspace\*?\{[^}]*\}|\\(?:big|med)skip\b|\\vfill\b", "\n\n", text)
        for paragraph in re.split(r"\n\s*\n", text):
            if paragraph.strip():
                self._paragraph(paragraph.strip())

    def _paragraph(self, text: str) -> None:
        if text.startswith("\ue012"):
            verb, kind = text[1:].split()
            if verb == "begin":
                self.lists.append(kind)
                self.counts.append(0)
            elif self.lists:
                self.lists.pop()
                self.counts.pop()
        elif text.startswith("\ue013"):
            self._add(_words(text[2:].strip()[1:-1]), heading=min(2 + int(text[1]), 4))
        elif text.startswith("\ue014"):
            own, rest = text[1:].split("\ue014", 1)
            marker = "•"
            if self.lists and "enum" in self.lists[-1]:
                self.counts[-1] += 1
                marker = f"{self.counts[-1]}."
            label = f"{_words(own)} " if own.strip() and "desc" in "".join(self.lists[-1:]) else ""
            self._add(label + _words(rest), marker=marker)
        else:
            self._add(_words(text))

    def _add(self, text: str, *, heading: int = 0, marker: str = "") -> None:
        if not re.search(r"\w|☐|\ue000", text):
            return
        depth = max(len(self.lists) - 1, 0) if marker else 0
        fills = (Fill(),) * text.count(FILL)
        self.lines.append(
            Line(text=text, heading=heading, marker=marker, listed=bool(marker), depth=depth, fills=fills)
        )

    def _table(self, source: str) -> None:
        source = re.sub(rf"\A\s*{_GROUP}(?:\s*{_GROUP})?", "", source)
        source = re.sub(
            r"\\(?:hline|toprule|midrule|bottomrule)\b|\\c(?:mid)?(?:line|rule)\{[^}]*\}", "", source
        )
        rows = []
        for row in re.split(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline", source):
            texts = [_words(cell) for cell in re.split(r"(?<!\\)&", row) if "includegraphics" not in cell]
            pictured = "includegraphics" in row and not any(texts)
            if ("&" in row or any(texts)) and not pictured:
                rows.append([[] if text in ("", FILL) else [_cell(text)] for text in texts])
        self.tables += 1
        self.lines += flatten(rows, self.tables)


def _cell(text: str) -> Line:
    return Line(text=squeeze(text), fills=(Fill(),) * text.count(FILL))
