"""Somebody books a meeting, moves it, cancels it; and is told in a sentence where that cannot be."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ampersand.agreements.models import Agreement, AgreementState
from ampersand.meetings.actions.booking import book, book_at, cancel, change_place, hold, move
from ampersand.meetings.actions.marking import say
from ampersand.meetings.actions.times import add_away, add_extra
from ampersand.meetings.models import Meeting, Seat
from ampersand.meetings.queries.meetings import notice_until, number_of
from ampersand.pairs.models import Pair
from ampersand.record.models import Entry
from tests.agreements.amending import agree, change, in_force_together, sign_and_seal
from tests.cast import person
from tests.meetings.people import (
    Meeters,
    another_pair,
    at,
    blocked,
    evenings,
    lives_in,
    peers,
    refuses,
    wishes,
    with_contract,
)

TUESDAY, THURSDAY = at("2027-03-02 17:00"), at("2027-03-04 17:00")
HALF_AN_HOUR = timedelta(minutes=30)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def contract(db: None, clock: Any) -> Meeters:
    """Two with the contract in force: the mentee sets up, two days of notice. Hannah can every evening."""
    both = with_contract()
    evenings(both.hannah)
    return both


def last_word() -> str:
    return Entry.objects.latest("number").verb


def test_a_mentee_books_a_free_time(pair: Meeters) -> None:
    slots = pair.slots(days=7)
    assert slots[0] == TUESDAY
    assert len(slots) == 14  # two evenings, half an hour each quarter of an hour
    meeting = pair.books(slots[0])
    assert (meeting.state, meeting.way, meeting.booked_by) == ("booked", "video", "mentee")
    assert (meeting.minutes, meeting.missed_final, meeting.notice_days) == (30, True, None)
    assert meeting.ends - meeting.starts == HALF_AN_HOUR
    assert {seat.person for seat in meeting.seats.all()} == {pair.hannah, pair.sam}
    assert pair.slots()[0] == TUESDAY + HALF_AN_HOUR
    assert last_word() == "meeting-booked"


def test_nothing_is_free_until_one_of_them_says_when_they_can(db: None) -> None:
    both = peers()
    assert both.slots() == []
    with refuses("Neither of you has said when you can. Suggest up to three times"):
        both.books(TUESDAY)
    evenings(both.sam, 1)
    assert both.slots()[0] == TUESDAY
    evenings(both.hannah, 2)
    assert both.slots() == []  # never on the same day


def test_a_time_is_held_for_ten_minutes(pair: Meeters, clock: Any) -> None:
    held = hold(pair=pair.pair, starts=TUESDAY, by=pair.sam)
    assert (held.state, last_word()) == ("held", "meeting-time-held")
    assert TUESDAY in pair.slots()  # it is theirs
    assert TUESDAY not in pair.slots(pair.hannah)
    clock.shift(timedelta(minutes=9))
    assert book(meeting=held, way="telephone", by=pair.sam).state == "booked"
    assert book(meeting=held, way="telephone", by=pair.sam).pk == held.pk  # pressed twice
    assert Meeting.objects.count() == 1


def test_a_time_that_was_held_too_long_goes_to_whoever_wants_it(pair: Meeters, clock: Any) -> None:
    held = hold(pair=pair.pair, starts=TUESDAY, by=pair.sam)
    other = another_pair(pair.two, pair.hannah, person("Tom"))
    clock.shift(timedelta(minutes=9, seconds=59))
    with refuses("That time has just been taken. Here is what is free now"):
        book_at(pair=other, starts=TUESDAY, way="video", by=other.mentee)
    clock.shift(timedelta(seconds=1))
    book_at(pair=other, starts=TUESDAY, way="video", by=other.mentee)
    with refuses("held for ten minutes, and they are over"):
        book(meeting=held, way="video", by=pair.sam)
    assert Meeting.objects.get().pair == other


def test_whoever_holds_another_time_lets_the_first_go(pair: Meeters) -> None:
    hold(pair=pair.pair, starts=TUESDAY, by=pair.sam)
    hold(pair=pair.pair, starts=THURSDAY, by=pair.sam)
    assert Meeting.objects.get().starts == THURSDAY
    assert Seat.objects.count() == 2


def test_nobody_sits_in_two_meetings_in_whichever_scheme(pair: Meeters) -> None:
    """Hannah mentors in one scheme and is mentored in another: her time is one."""
    pair.books(TUESDAY)
    far = peers_elsewhere(pair)
    evenings(far.mentor)
    with refuses("just been taken"):
        book_at(pair=far, starts=TUESDAY + timedelta(minutes=15), way="video", by=pair.hannah)
    assert book_at(pair=far, starts=TUESDAY + HALF_AN_HOUR, way="video", by=pair.hannah)


def peers_elsewhere(pair: Meeters) -> Pair:
    """Let Hannah be mentored by Ada in another scheme."""
    two = pair.two
    two.scheme.pk, two.scheme.slug, two.scheme.name = None, "elsewhere", "Elsewhere"
    template = two.scheme.templates.model.objects.get()
    two.scheme._state.adding = True
    two.scheme.save()
    template.pk, template.scheme = None, two.scheme
    template._state.adding = True
    template.save()
    return another_pair(two, person("Ada"), pair.hannah)


def test_what_is_in_the_past_or_too_far_ahead_is_refused(pair: Meeters) -> None:
    with refuses("That time has passed. Choose a later one"):
        pair.books(at("2027-02-23 17:00"))
    with refuses("more than three months away"):
        pair.books(at("2027-06-08 17:00"))


def test_least_notice_is_what_the_other_wishes(pair: Meeters) -> None:
    wishes(pair.hannah, least_notice_hours=33)
    wishes(pair.sam, least_notice_hours=200)  # it is for those who book him
    with refuses("Hannah asks for at least 33 hours’ notice"):
        pair.books(TUESDAY)  # 32 hours from now
    assert pair.slots()[0] == at("2027-03-02 18:00")
    assert pair.books(at("2027-03-02 18:00"))


def test_most_per_week_is_counted_in_weeks_of_ones_own(pair: Meeters) -> None:
    """Sundays belong to the week before where weeks begin on Monday, and to the next where on Sunday."""
    evenings(pair.hannah)
    wishes(pair.hannah, most_per_week=1)
    pair.books(at("2027-03-06 17:00"))  # a Saturday
    with refuses("Hannah has no room for another meeting in that week"):
        pair.books(at("2027-03-07 17:00"))
    assert pair.slots()[0] == at("2027-03-08 17:00")
    type(pair.hannah).objects.filter(pk=pair.hannah.pk).update(language="en-us")
    assert pair.slots()[0] == at("2027-03-07 17:00")
    wishes(pair.sam, most_per_week=1)
    with refuses("You take no more than 1 meeting a week, and that week has it"):
        pair.books(at("2027-03-07 17:00"))


def test_a_buffer_keeps_meetings_apart(pair: Meeters) -> None:
    wishes(pair.hannah, buffer_minutes=15)
    pair.books(TUESDAY)
    assert pair.slots()[0] == TUESDAY + timedelta(minutes=45)
    with refuses("That is too close to something else that Hannah has"):
        pair.books(TUESDAY + HALF_AN_HOUR)
    wishes(pair.hannah, buffer_minutes=0)
    wishes(pair.sam, buffer_minutes=30)
    with refuses("You like 30 minutes between meetings, and that is closer"):
        pair.books(TUESDAY + HALF_AN_HOUR)


def test_days_away_single_days_and_what_a_calendar_blocks_count(pair: Meeters) -> None:
    add_away(person=pair.sam, first=TUESDAY.date(), last=TUESDAY.date(), zone="Europe/London")
    blocked(pair.hannah, THURSDAY, THURSDAY + timedelta(minutes=75))
    add_extra(
        person=pair.hannah,
        day=at("2027-03-05 00:00").date(),
        since=at("2027-03-05 08:00").time(),
        until=at("2027-03-05 08:30").time(),
        zone="Europe/London",
    )
    assert pair.slots(days=7) == [
        THURSDAY + timedelta(minutes=75),
        THURSDAY + timedelta(minutes=90),
        at("2027-03-05 08:00"),
    ]
    with refuses("You said that you cannot meet then"):
        pair.books(TUESDAY)
    with refuses("Hannah cannot meet then. Choose one of the times that are free"):
        pair.books(THURSDAY)


def test_who_sets_up_meetings_is_what_they_agreed(contract: Meeters) -> None:
    with refuses("Sam sets up your meetings. You can suggest times to Sam"):
        contract.books(TUESDAY, contract.hannah)
    meeting = contract.books(TUESDAY)
    assert (meeting.minutes, meeting.notice_days, meeting.missed_final) == (60, 2, False)
    with refuses("Sam sets up"):
        move(meeting=meeting, starts=THURSDAY, by=contract.hannah)


def test_before_signing_there_is_one_first_meeting(db: None, clock: Any) -> None:
    both = with_contract(in_force=False)
    evenings(both.hannah)
    first = both.books(TUESDAY)
    with refuses("Your first meeting is booked already"):
        both.books(THURSDAY)
    clock.move_to(TUESDAY + timedelta(hours=2))
    with refuses("You have had your first meeting. Sign your agreement together"):
        both.books(THURSDAY)
    say(meeting=first, happened=False, by=both.sam)
    assert both.books(THURSDAY).state == "booked"


def test_without_a_word_about_a_first_meeting_signing_comes_first(pair: Meeters) -> None:
    Agreement.objects.update(state=AgreementState.FILLING, in_force_at=None)
    with refuses("once both of you have signed your agreement"):
        pair.books(TUESDAY)


def test_a_booking_says_how_and_where(pair: Meeters) -> None:
    for way, place, words in (
        ("", "", "Say how you would like to meet"),
        ("in_person", " ", "Say where you would like to meet"),
        ("video", "http://calls.example/1", "begins with https://"),
    ):
        with refuses(words):
            book_at(pair=pair.pair, starts=TUESDAY, way=way, place=place, by=pair.sam)
    assert not Meeting.objects.exists()
    assert book_at(pair=pair.pair, starts=TUESDAY, way="in_person", place="The café", by=pair.sam).place


def test_nothing_is_booked_beyond_the_last_day(pair: Meeters) -> None:
    Pair.objects.update(until=TUESDAY.date())
    with refuses("Your agreement ends before that"):
        pair.books(THURSDAY)
    assert pair.books(TUESDAY)


def test_moving_keeps_the_uid_and_counts_up(pair: Meeters) -> None:
    meeting = pair.books(TUESDAY)
    moved = move(meeting=meeting, starts=TUESDAY + timedelta(minutes=15), by=pair.sam)  # over itself
    assert (moved.uid, moved.join_token) == (meeting.uid, meeting.join_token)
    assert (meeting.sequence, moved.sequence) == (0, 1)
    assert {(seat.during.lower, seat.during.upper) for seat in moved.seats.all()} == {
        (moved.starts, moved.ends)
    }
    assert move(meeting=moved, starts=moved.starts, by=pair.sam).sequence == 1
    assert pair.slots()[0] == TUESDAY + timedelta(minutes=45)
    assert last_word() == "meeting-moved"
    elsewhere = change_place(meeting=moved, way="telephone", place="She rings", by=pair.hannah)
    assert (elsewhere.sequence, elsewhere.uid) == (2, meeting.uid)
    assert change_place(meeting=moved, way="telephone", place="She rings", by=pair.sam).sequence == 2
    assert last_word() == "meeting-place-changed"


def test_moving_to_what_is_taken_leaves_it_where_it_was(pair: Meeters) -> None:
    first, second = pair.books(TUESDAY), pair.books(THURSDAY)
    with refuses("just been taken"):
        move(meeting=second, starts=TUESDAY, by=pair.sam)
    second.refresh_from_db()
    assert (second.starts, second.sequence) == (THURSDAY, 0)
    cancel(meeting=first, by=pair.sam)
    assert move(meeting=second, starts=TUESDAY, by=pair.sam).starts == TUESDAY


def test_late_cancelling_is_counted_and_never_refused(contract: Meeters, clock: Any) -> None:
    meeting = contract.books(THURSDAY)
    assert notice_until(meeting) == TUESDAY
    clock.move_to(TUESDAY)
    on_time = cancel(meeting=meeting, by=contract.hannah)
    assert (on_time.state, on_time.cancelled_late, on_time.sequence) == ("cancelled", False, 1)
    again = contract.books(THURSDAY)
    clock.shift(timedelta(seconds=1))
    late = cancel(meeting=again, by=contract.hannah)
    assert (late.cancelled_late, late.cancelled_at) == (True, timezone.now())
    assert cancel(meeting=late, by=contract.sam).sequence == 1
    assert THURSDAY in contract.slots()
    assert last_word() == "meeting-cancelled"


def test_late_moving_is_counted_each_time_and_never_refused(contract: Meeters, clock: Any) -> None:
    meeting = contract.books(THURSDAY)
    clock.move_to(TUESDAY)
    meeting = move(meeting=meeting, starts=THURSDAY + HALF_AN_HOUR, by=contract.sam)
    assert meeting.moved_late == 0
    clock.move_to(TUESDAY + HALF_AN_HOUR + timedelta(seconds=1))
    for starts in (THURSDAY, THURSDAY + HALF_AN_HOUR):
        meeting = move(meeting=meeting, starts=starts, by=contract.sam)
    assert meeting.moved_late == 2


def test_a_time_that_is_only_held_is_let_go_without_a_trace(pair: Meeters, clock: Any) -> None:
    cancel(meeting=hold(pair=pair.pair, starts=TUESDAY, by=pair.sam), by=pair.sam)
    assert not Meeting.objects.exists()
    lapsed = hold(pair=pair.pair, starts=TUESDAY, by=pair.sam)
    clock.shift(timedelta(minutes=10))
    with refuses("held for ten minutes"):
        change_place(meeting=lapsed, way="telephone", by=pair.sam)
    cancel(meeting=lapsed, by=pair.sam)
    assert not Meeting.objects.exists()
    cancelled = cancel(meeting=pair.books(THURSDAY), by=pair.sam)
    with refuses("This meeting has been cancelled. Book a new one"):
        book(meeting=cancelled, way="video", by=pair.sam)


def test_a_missed_meeting_is_final_where_they_agreed_so(pair: Meeters, clock: Any) -> None:
    meeting = pair.books(TUESDAY)
    clock.move_to(TUESDAY + timedelta(hours=1))
    say(meeting=meeting, happened=False, by=pair.hannah)
    with refuses("a meeting that is missed is not arranged again"):
        move(meeting=meeting, starts=THURSDAY, by=pair.sam)
    with refuses("cannot be cancelled. Say whether it happened"):
        cancel(meeting=meeting, by=pair.sam)
    second = pair.books(THURSDAY)
    assert second.uid != meeting.uid
    assert (number_of(second).number, number_of(second).expected) == (2, 3)  # the missed one is used


def test_a_missed_meeting_makes_room_where_they_did_not(contract: Meeters, clock: Any) -> None:
    meeting = contract.books(TUESDAY)
    clock.move_to(TUESDAY + timedelta(hours=1))
    with refuses("time has come, so it can no longer be changed. You can book a new"):
        move(meeting=meeting, starts=THURSDAY, by=contract.sam)
    say(meeting=meeting, happened=False, by=contract.hannah)
    second = contract.books(THURSDAY)
    assert number_of(second).number == 1
    say(meeting=meeting, happened=True, by=contract.sam)  # the two differ: both stand, and it counts
    assert number_of(second).number == 2
    assert set(meeting.outcomes.values_list("party", "happened")) == {("mentor", False), ("mentee", True)}


def test_one_says_what_became_of_it_only_afterwards(pair: Meeters, clock: Any) -> None:
    meeting = pair.books(TUESDAY)
    with refuses("still to come"):
        say(meeting=meeting, happened=True, by=pair.sam)
    cancelled = cancel(meeting=pair.books(THURSDAY), by=pair.sam)
    clock.move_to(THURSDAY)
    say(meeting=meeting, happened=True, by=pair.sam)
    assert (say(meeting=meeting, happened=False, by=pair.sam).happened, meeting.outcomes.count()) == (
        False,
        1,
    )
    assert last_word() == "outcome-said"
    with refuses("was cancelled, so there is nothing to say"):
        say(meeting=cancelled, happened=True, by=pair.sam)
    with refuses("has been cancelled. Book a new one"):
        move(meeting=cancelled, starts=THURSDAY + HALF_AN_HOUR, by=pair.sam)


def test_what_was_agreed_at_booking_stays_when_the_agreement_changes(db: None) -> None:
    two = in_force_together()
    both = Meeters(two)
    evenings(both.hannah)
    meeting = both.books(THURSDAY)
    two.agreement = change(two, two.hannah, {"notice": "14"})
    agree(two.agreement, two.sam)
    sign_and_seal(two)
    assert move(meeting=meeting, starts=TUESDAY, by=both.sam).notice_days == 2
    assert both.books(THURSDAY).notice_days == 14


def test_a_person_who_moves_keeps_what_is_booked(pair: Meeters) -> None:
    meeting = pair.books(TUESDAY)
    lives_in(pair.sam, "Asia/Tokyo")
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.zone, str(meeting.agreed_time)) == (TUESDAY, "Europe/London", "17:00:00")
    later = pair.books(THURSDAY)
    assert (later.zone, str(later.agreed), later.starts) == ("Asia/Tokyo", "2027-03-05 02:00:00", THURSDAY)


def test_only_the_two_see_a_meeting(pair: Meeters) -> None:
    meeting = pair.books(TUESDAY)
    for someone, sees in (
        (pair.hannah, True),
        (pair.sam, True),
        (pair.two.olive, False),
        (pair.two.outsider, False),
    ):
        assert Meeting.objects.visible_to(someone).filter(pk=meeting.pk).exists() is sees
