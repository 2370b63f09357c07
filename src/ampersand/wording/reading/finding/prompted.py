"""What Word writes where nothing has been entered yet, left as words by whatever copied or converted the paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ampersand.wording.reading.lines import Line

_PROMPT = re.compile(
    r"\b(?:click(?: or tap)?(?: here)? to (?:enter|add) (?:text|a date)|choose an item"
    r"|klicken(?: oder tippen)? sie(?: hier)?,? um (?:text|ein datum) einzugeben|wählen sie ein element aus"
    r"|cliquez(?: ou appuyez)? ici pour entrer (?:du texte|une date)|choisissez un élément"
    r"|haga clic(?: o pulse)? aquí para escribir (?:texto|una fecha)|elija un elemento"
    r"|klik(?: of tik)?(?: hier)? om (?:tekst|een datum) in te voeren|kies een item"
    r"|fare clic(?: o toccare)? qui per immettere (?:testo|una data)|scegliere un elemento"
    r"|clique(?: ou toque)? aqui para (?:introduzir|inserir) (?:texto|uma data)|escolher um item)\b\.?",
    re.IGNORECASE,
)


def with_prompts_as_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with a row to write on in place of such words."""
    return [
        replace(line, text=_PROMPT.sub("______", line.text)) if _PROMPT.search(line.text) else line
        for line in lines
    ]
