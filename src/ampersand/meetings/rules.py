"""What may be done with meetings, each refusal in a sentence."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.calendars import Span, common, end_of, without
from ampersand.guarding.addresses import NotFetched, Trouble, read_address
from ampersand.meetings.models import (
    Meeting,
    MeetingState,
    MeetingWay,
    SuggestedTime,
    Suggestion,
    SuggestionState,
    Wishes,
)
from ampersand.meetings.queries.calendars import WORDS
from ampersand.meetings.queries.diaries import FARTHEST, Diary
from ampersand.meetings.queries.policies import Policy
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.rules import Refused

MOST_SUGGESTED = 3
MOST_CALENDARS = 5
MOST_TIMES = 100  # of each kind, that one person says they can


class JustTaken(Refused):
    """Somebody else was quicker."""

    def __init__(self) -> None:
        super().__init__(_("That time has just been taken. Here is what is free now."))


class HoldIsOver(Refused):
    """A time was held for some minutes, and these are over."""

    def __init__(self) -> None:
        super().__init__(_("That time was held for ten minutes, and they are over. Choose a time again."))


def check_still_runs(pair: Pair) -> None:
    """Refuse everything about the meetings of a pair that has ended."""
    if pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so there are no more meetings to arrange."))


def check_may_meet(pair: Pair, policy: Policy, meetings: Collection[Meeting]) -> None:
    """Refuse meeting before there is an agreement, but for a first meeting where it is gone through then."""
    check_still_runs(pair)
    if policy.in_force:
        return
    if not policy.first_before_signing:
        raise Refused(_("Meetings can be booked once both of you have signed your agreement."))
    now = timezone.now()
    if any(meeting.ends > now for meeting in meetings):
        raise Refused(
            _("Your first meeting is booked already. You can move it; the next follows once you have signed.")
        )
    if meetings:
        raise Refused(_("You have had your first meeting. Sign your agreement together, then book the next."))


def check_sets_up(pair: Pair, policy: Policy, by: Person) -> None:
    """Refuse booking to the one who, as they agreed, does not set up meetings: they can suggest times."""
    if policy.lets_book(pair.party_of(by)):
        return
    name = name_in(pair, people_of(pair)[policy.set_up_by])
    words = _("Your agreement says that %(name)s sets up your meetings. You can suggest times to %(name)s.")
    raise Refused(words % {"name": name})


def check_lies_ahead(pair: Pair, when: Span) -> None:
    """Refuse a time that has passed, is too far away, or after the last day of the pair."""
    now = timezone.now()
    if when.starts <= now:
        raise Refused(_("That time has passed. Choose a later one."))
    if when.starts > now + FARTHEST:
        raise Refused(_("That is more than three months away. Choose an earlier time."))
    if pair.until and when.starts >= end_of(pair.until, pair.scheme.time_zone):
        raise Refused(_("Your agreement ends before that. Choose an earlier time, or carry on first."))


def check_is_free(pair: Pair, when: Span, own: Diary, theirs: Diary) -> None:
    """Refuse a time that is taken, that comes too soon, or that does not suit one of the two."""
    name = name_in(pair, theirs.person)
    if when.starts < timezone.now() + theirs.notice:
        raise Refused(_too_soon(name, theirs.wishes.least_notice_hours))
    if any(common([when], diary.seats) for diary in (own, theirs)):
        raise JustTaken
    for diary, of in ((theirs, name), (own, "")):
        if common([when], diary.full()):
            raise Refused(_full(of, diary.wishes.most_per_week or 0))
    around = when.widened(timedelta(days=2))
    for diary, of in ((theirs, name), (own, "")):
        if without([when], diary.said(around)) or common([when], diary.blocked):
            raise Refused(_not_then(of))
        if without([when], diary.open(around)):
            raise Refused(_too_near(of, diary.wishes.buffer_minutes))
    if not (own.offered or theirs.offered):
        raise Refused(_("Neither of you has said when you can. Suggest up to three times instead."))


def check_way(way: str, place: str) -> None:
    """Refuse a booking that does not say how they meet, or where."""
    if way not in MeetingWay.values:
        raise Refused(_("Say how you would like to meet: by video, by telephone or in person."))
    if way == MeetingWay.IN_PERSON and not place.strip():
        raise Refused(_("Say where you would like to meet."))
    if way == MeetingWay.VIDEO and place and not place.startswith("https://"):
        raise Refused(_("The link to a video meeting begins with https://. Leave it empty for one of ours."))


def check_is_held(meeting: Meeting) -> None:
    """Refuse booking again what has been cancelled."""
    if meeting.state != MeetingState.HELD:
        raise Refused(_("This meeting has been cancelled. Book a new one instead."))


def check_may_move(meeting: Meeting) -> None:
    """Refuse moving what is cancelled or has begun; a missed meeting may be final, as they agreed."""
    check_still_runs(meeting.pair)
    if meeting.state != MeetingState.BOOKED:
        raise Refused(_("This meeting has been cancelled. Book a new one instead."))
    if meeting.starts > timezone.now():
        return
    if meeting.missed_final:
        raise Refused(
            _(
                "This meeting’s time has come. As your agreement says, a meeting that is missed is not "
                "arranged again. The next one you book is a new one."
            )
        )
    raise Refused(_("This meeting’s time has come, so it can no longer be changed. You can book a new one."))


def check_may_cancel(meeting: Meeting) -> None:
    """Refuse cancelling what has begun. Late is possible, and nobody is asked why."""
    check_still_runs(meeting.pair)
    if meeting.starts <= timezone.now():
        raise Refused(
            _("This meeting’s time has come, so it cannot be cancelled. Say whether it happened instead.")
        )


def check_may_say(meeting: Meeting) -> None:
    """Refuse saying what became of a meeting before it began, or of one that was cancelled."""
    if meeting.state != MeetingState.BOOKED:
        raise Refused(_("This meeting was cancelled, so there is nothing to say about it."))
    if meeting.starts > timezone.now():
        raise Refused(_("This meeting is still to come. Say afterwards whether it happened."))


def check_suggested(starts: Sequence[datetime]) -> None:
    """Refuse suggesting nothing, too much, or the same twice."""
    if not starts:
        raise Refused(_("Suggest at least one time."))
    if len(starts) > MOST_SUGGESTED or len(set(starts)) < len(starts):
        raise Refused(_("Suggest up to three times, each a different one."))


def check_may_pick(suggestion: Suggestion, by: Person) -> None:
    """Refuse an answer to times that no longer wait for one, and by the one who suggested them."""
    check_still_runs(suggestion.pair)
    if suggestion.state != SuggestionState.OPEN:
        raise Refused(_("These times are no longer open. Look at what is arranged now."))
    if suggestion.by == suggestion.pair.party_of(by):
        other = name_in(suggestion.pair, suggestion.pair.other(by))
        raise Refused(_("You suggested these times yourself: %(name)s picks one.") % {"name": other})


def check_in_time(time: SuggestedTime, wishes: Wishes | None) -> None:
    """Refuse picking a time that came too near while it waited, by the notice its author asks for.

    Who suggested it at shorter notice themselves meant it.
    """
    if wishes is None:
        return
    notice, suggestion = timedelta(hours=wishes.least_notice_hours), time.suggestion
    if time.starts - timezone.now() < notice <= time.starts - suggestion.made_at:
        name = name_in(suggestion.pair, wishes.person)
        raise Refused(_too_soon(name, wishes.least_notice_hours))


def check_may_withdraw(suggestion: Suggestion, by: Person) -> None:
    """Refuse taking back what the other suggested, or what has been answered."""
    if suggestion.state != SuggestionState.OPEN:
        raise Refused(_("These times are no longer open. Look at what is arranged now."))
    if suggestion.by != suggestion.pair.party_of(by):
        raise Refused(_("These times were suggested to you. Pick one, or suggest others."))


def check_room_for_more(count: int) -> None:
    """Refuse more times of one kind than anyone needs."""
    if count >= MOST_TIMES:
        raise Refused(_("That is as many times as can be kept. Take some away first."))


def check_calendar_address(address: str) -> str:
    """Refuse what cannot be the address of a calendar that everybody's machines may ask; give the rest."""
    try:
        asked = read_address(address)
    except NotFetched as wrong:
        raise Refused(str(WORDS[wrong.trouble])) from wrong
    if not asked.secure:
        raise Refused(str(WORDS[Trouble.NOT_HTTPS]))
    return address.strip()


def check_room_for_calendar(count: int) -> None:
    """Refuse more calendars than anyone needs."""
    if count >= MOST_CALENDARS:
        raise Refused(_("That is as many calendars as can be kept. Take one away first."))


def _too_soon(name: str, hours: int) -> str:
    words = ngettext(
        "%(name)s asks for at least %(hours)d hour’s notice. Choose a later time.",
        "%(name)s asks for at least %(hours)d hours’ notice. Choose a later time.",
        hours,
    )
    return words % {"name": name, "hours": hours}


def _full(name: str, most: int) -> str:
    if name:
        words = _("%(name)s has no room for another meeting in that week. Choose another week.")
        return words % {"name": name}
    words = ngettext(
        "You take no more than %(most)d meeting a week, and that week has it. Choose another week, or "
        "change how you like to meet.",
        "You take no more than %(most)d meetings a week, and that week has them. Choose another week, or "
        "change how you like to meet.",
        most,
    )
    return words % {"most": most}


def _not_then(name: str) -> str:
    if name:
        return _("%(name)s cannot meet then. Choose one of the times that are free.") % {"name": name}
    return _("You said that you cannot meet then. Choose another time, or change when you can.")


def _too_near(name: str, minutes: int) -> str:
    if name:
        words = _("That is too close to something else that %(name)s has. Choose another time.")
        return words % {"name": name}
    words = ngettext(
        "You like %(minutes)d minute between meetings, and that is closer. Choose another time.",
        "You like %(minutes)d minutes between meetings, and that is closer. Choose another time.",
        minutes,
    )
    return words % {"minutes": minutes}
