"""Markdown, with front matter, comments and templating marks set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ampersand.wording.reading.lines import BOX, FILL, WIDE, Fill, Line, Sheet, split_marker, squeeze, tidy
from ampersand.wording.reading.sheets.html import read_piece
from ampersand.wording.reading.sheets.markdown_source import BREAK, plain, prepared
from ampersand.wording.reading.sheets.plain import decode
from ampersand.wording.reading.sheets.tables import flatten

_HEADED = re.compile(r"^#{2,5} \S", re.MULTILINE)
_LISTED = re.compile(r"<(?:li|table|h[1-6]|form|label|input|textarea|select)\b", re.IGNORECASE)


def read(data: bytes) -> Sheet:
    """A markdown file."""
    return read_text(decode(data))


def read_text(text: str) -> Sheet:
    """Markdown as text."""
    title, source = prepared(text)
    walker = _Walker(rows=source.split("\n"))
    walker.walk(_parser().parse(source))
    return Sheet(lines=tidy(walker.lines), title=title, kind="markdown")


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).enable(["table", "strikethrough"])


@dataclass
class _Walker:
    """Goes through markdown-it's tokens and writes down lines."""

    rows: list[str]
    lines: list[Line] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    quotes: int = 0
    tables: int = 0
    last_row: int = 0
    marker: str = ""

    def walk(self, tokens: list[Token]) -> None:
        index = 0
        while index < len(tokens):
            if tokens[index].type == "table_open":
                index = self._table(tokens, index)
            else:
                self._token(tokens, index)
            index += 1

    def _token(self, tokens: list[Token], index: int) -> None:
        token = tokens[index]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(token.type[:-10])
            self.counts.append(int(token.attrGet("start") or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            self.counts.pop()
        elif token.type == "list_item_open":
            ordered = self.lists[-1] == "ordered"
            self.marker = f"{self.counts[-1]}." if ordered else "•"
            self.counts[-1] += 1
        elif token.type == "list_item_close" and self.marker:
            self._add(Line(text=FILL, fills=(Fill(),)))
        elif token.type.startswith("blockquote"):
            self.quotes += 1 if token.nesting > 0 else -1
        elif token.type == "inline":
            heading = int(tokens[index - 1].tag[1]) if tokens[index - 1].type == "heading_open" else 0
            self._inline(token, heading)
        elif token.type in ("code_block", "fence"):
            self._code(token)
        elif token.type == "hr":
            self._rule(token)
        elif token.type == "html_block":
            self._html(token)

    def _spaced(self, token: Token) -> None:
        """Counts the empty rows of the source before this token, which the parser leaves out."""
        start, end = token.map or (self.last_row, self.last_row)
        if self.lines and start > self.last_row:
            missed = sum(1 for row in self.rows[self.last_row : start] if not row.strip(" >\\"))
            self.lines[-1] = replace(self.lines[-1], gap=self.lines[-1].gap + missed)
        self.last_row = max(self.last_row, end)

    def _add(self, line: Line) -> None:
        depth = max(len(self.lists) - 1, 0)
        marker, self.marker = self.marker, ""
        text = line.text
        if marker and (box := re.match(r"\[[ xX]?\]\s+", text)):
            text = f"{BOX} {text[box.end() :]}"
        self.lines.append(
            replace(line, text=text, marker=marker, listed=bool(marker), depth=depth, quoted=self.quotes > 0)
        )

    def _inline(self, token: Token, heading: int) -> None:
        self._spaced(token)
        if all(child.type in ("image", "softbreak") for child in token.children or []):
            self._occupied()
        for text, bold in _rows_of(token):
            self._add(Line(text=plain(text), heading=heading, bold=bold, contents=_is_entry(token)))

    def _code(self, token: Token) -> None:
        """Indented text is seldom code in an agreement; markdown set as code is a sample to be filled in."""
        self._spaced(token)
        kind = token.info.strip().lower()
        if kind in ("markdown", "md") or (not kind and _HEADED.search(token.content)):
            if self.lines and self.lines[-1].text.endswith(":"):
                self.lines[-1] = replace(self.lines[-1], quoted=True)
            inner = _Walker(rows=token.content.split("\n"), tables=self.tables)
            inner.walk(_parser().parse(token.content))
            self.lines, self.tables = self.lines + inner.lines, inner.tables
            return
        for row in token.content.split("\n"):
            if row.strip():
                text = plain(re.sub(r"(?<=\S) {3,}(?=\S)", WIDE, unescape(row.strip())))
                self._add(Line(text=text))
                if token.type == "fence":
                    code = kind not in ("", "text")
                    self.lines[-1] = replace(self.lines[-1], quoted=True, contents=code)
            elif self.lines:
                self.lines[-1] = replace(self.lines[-1], gap=self.lines[-1].gap + 1)

    def _occupied(self) -> None:
        """A picture that is left out leaves no room to write."""
        if self.lines:
            self.lines[-1] = replace(self.lines[-1], gap=0)

    def _rule(self, token: Token) -> None:
        self._spaced(token)
        row = plain(self.rows[token.map[0]].strip()) if token.map else ""
        if row.startswith("_") and len(row) > 5:
            self._add(Line(text=row))
        elif self.lines:
            self.lines[-1] = replace(self.lines[-1], gap=self.lines[-1].gap + 1)

    def _html(self, token: Token) -> None:
        self._spaced(token)
        lines = read_piece(plain(token.content), self.tables) if _LISTED.search(token.content) else []
        if lines:
            self.lines, self.tables = self.lines + lines, max(self.tables, *(line.table for line in lines))
            return
        content = BREAK.sub("\n", token.content)
        content = re.sub(r"<(script|style)\b.*?</\1>", "", content, flags=re.DOTALL | re.IGNORECASE)
        for row in re.sub(r"<[^>]+>", " ", content).split("\n"):
            if row.strip():
                self._add(Line(text=plain(squeeze(row))))

    def _table(self, tokens: list[Token], index: int) -> int:
        self._spaced(tokens[index])
        rows: list[list[list[Line]]] = []
        while tokens[index].type != "table_close":
            token = tokens[index]
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(
                    [Line(text=plain(text), bold=bold) for text, bold in _rows_of(token) if text.strip()]
                )
            index += 1
        self.tables += 1
        rows = rows[1:] if rows and not any(cell for cell in rows[0]) else rows
        if not any(cell for row in rows for cell in row):
            self._occupied()
        self.lines += flatten(rows, self.tables)
        return index


def _rows_of(token: Token) -> Iterator[tuple[str, bool]]:
    """The rows of a paragraph: markup taken away, soft breaks between form rows kept, other rows joined."""
    pieces = [""]
    strong = weight = 0
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            if child.type == "code_inline" and _is_code(child.content, pieces[-1]):
                child.content = re.sub(r"[\[\]<>{}]", "", child.content)
            pieces[-1] += re.sub(r" {3,}", WIDE, child.content) if child.content.strip() else child.content
            weight += len(child.content.strip(" :.*")) * (-1 if not strong and child.type == "text" else 1)
        elif child.type == "hardbreak" or BREAK.fullmatch(child.content):
            pieces.append("")
        elif child.type == "softbreak":
            pieces[-1] += "\n"
        elif child.type == "html_inline":
            pieces[-1] += _html_inline(child.content)
        elif child.type in ("strong_open", "strong_close"):
            strong += child.nesting
    everywhere = weight > 0 and weight >= sum(len(piece.strip(" :.*\n")) for piece in pieces) * 0.8
    for piece in pieces:
        for row in _soft_rows(plain(piece)):
            yield row, everywhere


def _is_entry(token: Token) -> bool:
    """Whether a paragraph is nothing but a link to a place in the same document."""
    children = token.children or []
    links = [child for child in children if child.type == "link_open"]
    whole = bool(children) and children[0].type == "link_open" and children[-1].type == "link_close"
    return len(links) == 1 and whole and str(links[0].attrGet("href")).startswith("#")


def _is_code(content: str, before: str) -> bool:
    """Whether brackets between code marks are code, and not a place to fill in that was marked as code."""
    word = re.fullmatch(r"[\[<{]+[a-z]+[\]>}]+", content) and not before.rstrip(" *").endswith(":")
    return bool(word or re.search(r"[/$=;#()\\]|\.\w|--", content))


def _html_inline(tag: str) -> str:
    kind = re.match(r"</?(\w+)", tag)
    name = kind[1].lower() if kind else ""
    if name == "input":
        return BOX if re.search(r"checkbox|radio", tag) else "_____"
    return "_____" if name in ("textarea", "select") and not tag.startswith("</") else ""


_FORM_ROW = re.compile(r"_{3,}|:\s*$|\.{5,}|…{2,}|＿{2,}|\[[^\]]*\]\s*$|:\**\s*`?_")


def _soft_rows(piece: str) -> Iterator[str]:
    """Rows of one paragraph: kept apart when they look like rows of a form, joined when they are a sentence."""
    rows = [row for row in piece.split("\n") if row.strip()]
    if len(rows) > 2 and all(re.fullmatch(r"[^\W\d_a-zß-ÿ][^.?!]*\?[ *_]*", row.strip()) for row in rows):
        yield from rows
        return
    pending = ""
    for row in rows:
        if (
            pending
            and not (_is_form(pending) and not row.lstrip()[:1].islower())
            and not _is_form(row, whole=True)
        ):
            pending = f"{pending.rstrip()} {row.lstrip()}"
            continue
        if pending:
            yield pending
        pending = row
    if pending:
        yield pending


def _is_form(row: str, *, whole: bool = False) -> bool:
    if whole and (split_marker(row)[0] not in ("", "-", "–", "—") or row.lstrip().startswith((BOX, "[ ]"))):
        return True
    if whole:
        return bool(
            re.match(r"\s*[\w’'/() ]{0,40}:\s*(?:_|＿|\.\.\.|…|$)|\s*_{5,}|\s*[A-Za-z]?\d*[.)]\s", row)
            or re.match(r"[A-Z][\w’'/-]*(?: [\w’'/()-]+){0,3}(?::(?:\s|$)|\s?_{3,}\s*(?:$|[A-Z(]))", row)
        )
    return bool(_FORM_ROW.search(row))
