"""What may be done with an agreement, each refusal in a sentence; and how long it runs."""

from ampersand.agreements.rules.changing import (
    check_is_a_change,
    check_is_proposed,
    check_may_accept_newer,
    check_may_agree,
    check_may_drop,
    check_may_propose,
    check_may_reword,
    check_seen,
)
from ampersand.agreements.rules.filling import (
    check_complete,
    check_may_answer,
    check_may_fill,
    check_not_overtaken,
)
from ampersand.agreements.rules.pictures import Picture, sniffed, without_place
from ampersand.agreements.rules.refusals import Overtaken, StillOpen, TextChanged
from ampersand.agreements.rules.running import (
    check_both_said_yes,
    check_still_runs,
    last_day,
    renewal_months,
    renewed_until,
)
from ampersand.agreements.rules.signing import (
    check_can_be_set,
    check_may_answer_scan,
    check_may_upload,
    check_name,
    check_no_scan_waits,
    check_read,
)

__all__ = [
    "Overtaken",
    "Picture",
    "StillOpen",
    "TextChanged",
    "check_both_said_yes",
    "check_can_be_set",
    "check_complete",
    "check_is_a_change",
    "check_is_proposed",
    "check_may_accept_newer",
    "check_may_agree",
    "check_may_answer",
    "check_may_answer_scan",
    "check_may_drop",
    "check_may_fill",
    "check_may_propose",
    "check_may_reword",
    "check_may_upload",
    "check_name",
    "check_no_scan_waits",
    "check_not_overtaken",
    "check_read",
    "check_seen",
    "check_still_runs",
    "last_day",
    "renewal_months",
    "renewed_until",
    "sniffed",
    "without_place",
]
