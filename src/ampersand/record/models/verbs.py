"""Everything that can be said in the record: a closed list, each with two whole sentences."""

from typing import Any, Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    """What happened. First the word kept for ever, then as told to who did it, then as told to others.

    A word, once used, is never renamed or taken away: old entries are committed to it.
    """

    yours: Promise | str

    def __new__(cls, value: str, yours: Promise | str = "") -> Self:
        """Keep the sentence for the doer beside the usual label."""
        member: Any = str.__new__(cls, value)
        member._value_ = value
        member.yours = yours
        return member  # type: ignore[no-any-return]

    SCHEME_MADE = "scheme-made", _("You made a scheme."), _("A scheme was made.")
    AGREEMENT_BROUGHT = (
        "agreement-brought",
        _("You brought a scheme's own agreement."),
        _("A scheme's own agreement was brought."),
    )
    DRAFT_WRITTEN = (
        "draft-written",
        _("You wrote a draft of a scheme's agreement."),
        _("A draft of the scheme's agreement was written."),
    )
    DRAFT_CORRECTED = (
        "draft-corrected",
        _("You corrected what was found in a scheme's own agreement."),
        _("What was found in the scheme's own agreement was corrected."),
    )
    DRAFT_SET_ASIDE = (
        "draft-set-aside",
        _("You set a draft of a scheme's agreement aside."),
        _("A draft of the scheme's agreement was set aside."),
    )
    DRAFT_TAKEN_UP = (
        "draft-taken-up",
        _("You took up a draft of a scheme's agreement that had been set aside."),
        _("A draft of the scheme's agreement that had been set aside was taken up again."),
    )
    SCHEME_PUBLISHED = (
        "scheme-published",
        _("You published a version of a scheme's agreement."),
        _("A version of the scheme's agreement was published."),
    )
    SCHEME_OPENED = (
        "scheme-opened",
        _("You opened a scheme to requests."),
        _("The scheme opened to requests."),
    )
    SCHEME_CLOSED = (
        "scheme-closed",
        _("You closed a scheme to requests."),
        _("The scheme closed to requests."),
    )
    SCHEME_CHANGED = (
        "scheme-changed",
        _("You changed a scheme's details."),
        _("The scheme's details changed."),
    )

    ORGANISER_INVITED = (
        "organiser-invited",
        _("You invited someone to help run a scheme."),
        _("Someone was invited to help run the scheme."),
    )
    ORGANISER_JOINED = (
        "organiser-joined",
        _("You became an organiser of a scheme."),
        _("An organiser joined the scheme."),
    )
    ORGANISER_LEFT = (
        "organiser-left",
        _("You stopped being an organiser of a scheme."),
        _("An organiser left the scheme."),
    )
    MENTOR_INVITED = (
        "mentor-invited",
        _("You invited someone to be a mentor."),
        _("Someone was invited to be a mentor."),
    )
    MENTOR_JOINED = "mentor-joined", _("You joined a scheme as a mentor."), _("A mentor joined the scheme.")
    INVITATION_WITHDRAWN = (
        "invitation-withdrawn",
        _("You took back an invitation."),
        _("An invitation was taken back."),
    )
    CAPACITY_CHANGED = (
        "capacity-changed",
        _("You changed how many people you can take."),
        _("A mentor changed how many people they can take."),
    )
    MEMBER_LEFT = "member-left", _("You left a scheme."), _("Someone left the scheme.")
    MEMBER_REMOVED = (
        "member-removed",
        _("You took someone out of a scheme."),
        _("Someone was taken out of the scheme by an organiser."),
    )

    REQUEST_MADE = "request-made", _("You asked for a mentor."), _("Someone asked for a mentor.")
    REQUEST_WITHDRAWN = (
        "request-withdrawn",
        _("You took back your request for a mentor."),
        _("A request for a mentor was taken back."),
    )
    PERSON_ENTERED = (
        "person-entered",
        _("You entered someone who asked in another way."),
        _("Someone who asked in another way was entered by an organiser."),
    )
    INTRODUCTION_OFFERED = (
        "introduction-offered",
        _("You introduced two people to each other."),
        _("Two people were introduced to each other."),
    )
    INTRODUCTION_ACCEPTED = (
        "introduction-accepted",
        _("You said yes to an introduction."),
        _("Someone said yes to an introduction."),
    )
    INTRODUCTION_DECLINED = (
        "introduction-declined",
        _("You asked for someone else."),
        _("Someone asked for someone else."),
    )
    INTRODUCTION_WITHDRAWN = (
        "introduction-withdrawn",
        _("You took back an introduction."),
        _("An introduction was taken back."),
    )

    PAIR_BEGAN = "pair-began", _("You began mentoring together."), _("A pair began.")
    PAIR_ENDED = "pair-ended", _("You ended a mentoring pair."), _("A pair ended.")

    PAIR_RESUMED = (
        "pair-resumed",
        _("You took an ending back."),
        _("An ending was taken back."),
    )

    AGREEMENT_OPENED = "agreement-opened", _("You opened an agreement."), _("An agreement was opened.")
    AGREEMENT_ACCEPTED = (
        "agreement-accepted",
        _("You accepted an agreement."),
        _("An agreement was accepted."),
    )
    FIELD_SUGGESTED = (
        "field-suggested",
        _("You suggested something for an agreement."),
        _("Something was suggested for an agreement."),
    )
    FIELD_AGREED = (
        "field-agreed",
        _("You agreed to something in an agreement."),
        _("Something in an agreement was agreed."),
    )
    AGREEMENT_SIGNED = "agreement-signed", _("You signed an agreement."), _("An agreement was signed.")
    SIGNATURE_LAPSED = (
        "signature-lapsed",
        _("You changed an agreement that had been signed once, so that signature no longer counts."),
        _("An agreement changed after one signature, so that signature no longer counts."),
    )
    SCAN_UPLOADED = (
        "scan-uploaded",
        _("You uploaded a copy signed on paper."),
        _("A copy signed on paper was uploaded."),
    )
    SCAN_CONFIRMED = (
        "scan-confirmed",
        _("You confirmed that a paper copy matches."),
        _("A paper copy was confirmed to match."),
    )
    SCAN_REFUSED = (
        "scan-refused",
        _("You said that a paper copy does not match."),
        _("A paper copy was said not to match."),
    )
    AGREEMENT_SIGNED_BY_BOTH = (
        "agreement-signed-by-both",
        _("You signed an agreement that the other had signed."),
        _("Both had signed an agreement."),
    )
    AGREEMENT_IN_FORCE = (
        "agreement-in-force",
        _("You put an agreement into force."),
        _("An agreement came into force."),
    )
    COPY_SEALED = (
        "copy-sealed",
        _("You caused copies of an agreement to be sealed."),
        _("Copies of an agreement were sealed."),
    )

    CHANGE_PROPOSED = (
        "change-proposed",
        _("You proposed a change to an agreement."),
        _("A change to an agreement was proposed."),
    )
    CHANGE_PROPOSED_OTHERWISE = (
        "change-proposed-otherwise",
        _("You answered a proposed change with another."),
        _("A proposed change was answered with another."),
    )
    CHANGE_AGREED = (
        "change-agreed",
        _("You agreed to a change to an agreement."),
        _("A change to an agreement was agreed."),
    )
    CHANGE_DROPPED = (
        "change-dropped",
        _("You left an agreement as it was."),
        _("A proposed change was not made; the agreement stayed as it was."),
    )
    AGREEMENT_REPLACED = (
        "agreement-replaced",
        _("You replaced an agreement by a newer one."),
        _("A newer agreement took the place of an earlier one."),
    )
    RENEWAL_ASKED = (
        "renewal-asked",
        _("You asked two people whether they carry on."),
        _("Two people were asked whether they carry on."),
    )
    RENEWAL_ANSWERED = (
        "renewal-answered",
        _("You answered whether you carry on."),
        _("Someone answered whether they carry on."),
    )
    RENEWAL_SIGNED = (
        "renewal-signed",
        _("You signed the renewal of an agreement."),
        _("The renewal of an agreement was signed."),
    )
    RENEWAL_SIGNED_BY_BOTH = (
        "renewal-signed-by-both",
        _("You renewed an agreement."),
        _("An agreement was renewed."),
    )

    BOUNDARIES_ENTERED = (
        "boundaries-entered",
        _("You caused boundaries to enter the register."),
        _("What an agreement rules out entered the register of boundaries."),
    )
    CONFLICT_DECLARED = (
        "conflict-declared",
        _("You said whom you must not be introduced to."),
        _("Someone said whom they must not be introduced to."),
    )
    CONFLICT_TAKEN_BACK = (
        "conflict-taken-back",
        _("You took back whom you must not be introduced to."),
        _("Someone took back whom they must not be introduced to."),
    )
    NUMBER_CHANGED = (
        "number-changed",
        _("You changed your professional number."),
        _("Someone changed their professional number."),
    )
    CHECK_GRANTED = (
        "check-granted",
        _("You let someone ask conflict checks."),
        _("Someone outside the scheme was let ask conflict checks."),
    )
    CHECK_WITHDRAWN = (
        "check-withdrawn",
        _("You ended someone's leave to ask conflict checks."),
        _("Someone's leave to ask conflict checks was ended."),
    )
    CONFLICT_ASKED = (
        "conflict-asked",
        _("You asked a conflict check."),
        _("A conflict check was asked."),
    )

    WAYS_TO_MEET_CHANGED = (
        "ways-to-meet-changed",
        _("You changed when or how you can meet."),
        _("Someone changed when or how they can meet."),
    )
    CALENDAR_ADDED = (
        "calendar-added",
        _("You added a calendar that says when you are busy."),
        _("Someone added a calendar that says when they are busy."),
    )
    CALENDAR_REMOVED = (
        "calendar-removed",
        _("You took away a calendar that said when you are busy."),
        _("Someone took away a calendar that said when they are busy."),
    )
    CALENDAR_FETCHED = (
        "calendar-fetched",
        _("You had your calendar read again."),
        _("A calendar that says when someone is busy was read again."),
    )
    FEED_REPLACED = (
        "feed-replaced",
        _("You made a new private address for your calendar."),
        _("Someone made a new private address for their calendar."),
    )
    MEETING_TIME_HELD = (
        "meeting-time-held",
        _("You chose a time for a meeting."),
        _("A time was chosen for a meeting."),
    )
    MEETING_BOOKED = "meeting-booked", _("You booked a meeting."), _("A meeting was booked.")
    MEETING_MOVED = "meeting-moved", _("You moved a meeting."), _("A meeting was moved.")
    MEETING_PLACE_CHANGED = (
        "meeting-place-changed",
        _("You changed how or where a meeting takes place."),
        _("It was changed how or where a meeting takes place."),
    )
    MEETING_CANCELLED = "meeting-cancelled", _("You cancelled a meeting."), _("A meeting was cancelled.")
    INVITATION_ANSWERED = (
        "invitation-answered",
        _("You answered an invitation from your calendar."),
        _("Someone's calendar answered an invitation."),
    )
    TIMES_SUGGESTED = (
        "times-suggested",
        _("You suggested times for a meeting."),
        _("Times for a meeting were suggested."),
    )
    SUGGESTION_WITHDRAWN = (
        "suggestion-withdrawn",
        _("You took back times that you had suggested."),
        _("Suggested times were taken back."),
    )
    OUTCOME_SAID = (
        "outcome-said",
        _("You said whether a meeting happened."),
        _("Someone said whether a meeting happened."),
    )

    SIGNED_IN = "signed-in", _("You signed in."), _("Someone signed in.")
    SESSIONS_ENDED = (
        "sessions-ended",
        _("You signed out in other places."),
        _("Someone was signed out in other places."),
    )
    SECOND_FACTOR_ADDED = (
        "second-factor-added",
        _("You added a second way to prove that it is you."),
        _("Someone added a second way to prove who they are."),
    )
    SECOND_FACTOR_REMOVED = (
        "second-factor-removed",
        _("You removed a second way to prove that it is you."),
        _("Someone removed a second way to prove who they are."),
    )
    SECOND_FACTOR_LIFTED = (
        "second-factor-lifted",
        _("You took away someone's second step at sign-in, as they asked."),
        _("An operator took away the second step at sign-in, as someone asked."),
    )
    ACCOUNT_CHANGED = (
        "account-changed",
        _("You changed your account."),
        _("Someone changed their account."),
    )
    DATA_EXPORTED = (
        "data-exported",
        _("You took a copy of your data."),
        _("Someone took a copy of their data."),
    )
    PERSON_ERASED = (
        "person-erased",
        _("You erased someone's data, as they asked."),
        _("Someone was erased, as they asked."),
    )
    ENTRIES_ERASED = (
        "entries-erased",
        _("You erased entries of the record."),
        _("Entries of someone who was erased were emptied."),
    )
    KEEPING_APPLIED = (
        "keeping-applied",
        _("You removed what had been kept long enough."),
        _("What had been kept long enough was removed."),
    )
    CHECKPOINT_MADE = (
        "checkpoint-made",
        _("You made a checkpoint of the record."),
        _("A checkpoint of the record was made."),
    )
