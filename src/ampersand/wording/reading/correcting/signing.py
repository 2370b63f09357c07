"""Who the agreement is between, who signs, when, and who has a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ampersand.wording.ids import free, slug
from ampersand.wording.reading.correcting.tree import CannotCorrect
from ampersand.wording.template import Entered, Occasion, Party, Template

TWO = ("mentor", "mentee")
ORGANISERS = "organisers"


def people(template: Template, *, mentor: str, mentee: str, others: Sequence[str] = ()) -> Template:
    """What the text calls the mentor and the mentee, and who else signs, if anyone."""
    names = [" ".join(name.split()) for name in (mentor, mentee)]
    if not all(names):
        raise CannotCorrect("Write what the agreement calls the mentor and the mentee.")
    parties = [Party(key, name) for key, name in zip(TWO, names, strict=True)]
    known = {party.label.casefold(): party.key for party in template.parties if party.key not in TWO}
    for name in (" ".join(other.split()) for other in others):
        taken = {ORGANISERS, "together", *(party.key for party in parties)}
        if name:
            parties.append(Party(known.get(name.casefold()) or free(slug(name), taken), name))
    there = {party.key for party in parties}
    occasions = tuple(
        replace(one, signers=tuple(key for key in one.signers if key in there)) for one in template.occasions
    )
    return replace(
        template,
        parties=tuple(parties),
        occasions=tuple(one for one in occasions if one.signers),
        copies=tuple(key for key in template.copies if key in {*there, ORGANISERS}),
    )


def signing(
    template: Template, *, occasions: Sequence[Mapping[str, Any]], copies: Sequence[str] = ()
) -> Template:
    """On which occasions it is signed, by whom, and who has a copy. On none: it is accepted by asking.

    Signers are given by their keys; under "also", others by what the text calls them.
    """
    there = tuple(party.key for party in template.parties)
    found: list[Occasion] = []
    for key, given in zip(("issue", "renewal", "third", "fourth"), occasions, strict=False):
        also = {name.casefold() for name in given.get("also", ())}
        named = {party.key for party in template.parties if party.label.casefold() in also}
        signers = tuple(party for party in there if party in {*given["signers"], *named})
        if not set(TWO) <= set(signers):
            raise CannotCorrect("Mentor and mentee both sign, on every occasion. Others may sign besides.")
        label = " ".join(str(given["label"]).split()) or "Date"
        found.append(Occasion(key, label, signers))
    known = {*there, ORGANISERS}
    return replace(
        template,
        entered=Entered.SIGNED if found else Entered.BY_ASKING,
        occasions=tuple(found),
        copies=tuple(key for key in copies if key in known),
    )
