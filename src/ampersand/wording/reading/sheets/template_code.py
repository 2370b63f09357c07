"""Web pages that a program fills in: what its code stands for, and the page without it."""

from __future__ import annotations

import re

from ampersand.wording.reading.sheets.spans import without

_QUOTED = re.compile(rb"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"", re.DOTALL)
_TAG = re.compile(rb"<(?:p|div|table|li|h[1-6]|br)\b", re.IGNORECASE)
"""In a page that a program holds from end to end as its own text, such quoted text is the page."""


def without_template_code(data: bytes) -> bytes:
    """Values that a page's template puts in become places to fill in; its other code goes."""
    data = re.sub(
        rb"<%=\s*([\w.@ ]{1,60}?)\s*%>", lambda put: b"{" + re.sub(rb"\W+", b" ", put[1]).strip() + b"}", data
    )
    left = re.sub(rb"<\?(?:=|php\s+echo\b)[^?<>]{1,200}(?:->[^?<>]{1,200})*\?>", "–".encode(), data)
    for begins, ends in ((b"<%", b"%>"), (b"<?php", b"?>"), (b"{%", b"%}"), (b"{!!", b"!!}")):
        left = without(left, begins, ends)
    if b"<?php" in data and not re.search(rb"\w", re.sub(rb"<[^<>]*+>", b"", left)):
        return b" ".join(
            piece[0] or piece[1] for piece in _QUOTED.findall(data) if _TAG.search(b"".join(piece))
        )
    return left
