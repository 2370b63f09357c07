"""A document as HTML for the paper sheet, and as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from ampersand.wording.document import Document, Signed


def html(document: Document, *, signed: Sequence[Signed] = ()) -> str:
    """The document as escaped HTML without scripts or styles: one `<article class="agreement">`.

    Class names: agreement-section, agreement-clause (with -numbered, -bullet, -note, -step, -depth-1 …),
    agreement-number, agreement-blank (and -open), agreement-choice (and -open), agreement-scheme,
    agreement-pending (dependent text not yet known to apply), agreement-signing, agreement-signature.
    Each clause has the id `clause-<id>`.
    """
    raise NotImplementedError


def text(document: Document, *, signed: Sequence[Signed] = ()) -> str:
    """The document as plain text, one clause a paragraph; the same words in the same order as in the PDF."""
    raise NotImplementedError
