"""Reading agreements: how one stands, what is left, whose turn it is."""

from ampersand.agreements.queries.changing import newer_version, on_older_versions, open_change, prospects_of
from ampersand.agreements.queries.copies import (
    Answer,
    answer_about,
    copies_of_renewals,
    copy_for,
    renewal_copy_for,
)
from ampersand.agreements.queries.finding import (
    agreement_for,
    agreement_in_force,
    current_agreement,
    revision_for,
    terms_in_force,
    versions_of,
    wording_in_use,
)
from ampersand.agreements.queries.renewing import renewal_for, renewals_left_to, renewed_signatures
from ampersand.agreements.queries.signatures import (
    done_so_far,
    drawing_of,
    how_it_was_renewed,
    how_it_was_signed,
    own_signature,
    signatures_of,
    signed_for,
    signing_name,
    waiting_scan,
)
from ampersand.agreements.queries.standing import (
    Standing,
    changes_in,
    clauses_stating,
    contact_wishes,
    standing_of,
    waits_for_answer,
)

__all__ = [
    "Answer",
    "Standing",
    "agreement_for",
    "agreement_in_force",
    "answer_about",
    "changes_in",
    "clauses_stating",
    "contact_wishes",
    "copies_of_renewals",
    "copy_for",
    "current_agreement",
    "done_so_far",
    "drawing_of",
    "how_it_was_renewed",
    "how_it_was_signed",
    "newer_version",
    "on_older_versions",
    "open_change",
    "own_signature",
    "prospects_of",
    "renewal_copy_for",
    "renewal_for",
    "renewals_left_to",
    "renewed_signatures",
    "revision_for",
    "signatures_of",
    "signed_for",
    "signing_name",
    "standing_of",
    "terms_in_force",
    "versions_of",
    "waiting_scan",
    "waits_for_answer",
    "wording_in_use",
]
