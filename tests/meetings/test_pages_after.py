"""A meeting's page before it, on the day and afterwards; the way in; and what organisers learn of it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ampersand.journeys.ending import stop
from ampersand.meetings.actions.booking import cancel
from ampersand.meetings.actions.marking import say
from ampersand.meetings.models import Meeting, Outcome
from ampersand.people.models import Person
from tests.cast import give_second_step, sign_in
from tests.meetings.people import MONDAY, Meeters, at, evenings, lives_in, peers, with_contract

SOON = "2027-03-04 17:00"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def two(db: None, clock: object) -> Meeters:
    both = peers()
    evenings(both.hannah)
    return both


@pytest.fixture
def meeting(two: Meeters) -> Meeting:
    return two.books(at(SOON))


def page(who: Person, meeting: Meeting) -> str:
    answer = sign_in(Client(), who).get(reverse("meetings:meeting", args=[meeting.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def presses(who: Person, meeting: Meeting, happened: str) -> str:
    client = sign_in(Client(), who)
    answer = client.post(reverse("meetings:outcome", args=[meeting.pk]), {"happened": happened}, follow=True)
    return " ".join(answer.content.decode().split())


def way_in(who: Person | None, meeting: Meeting) -> tuple[int, str]:
    client = sign_in(Client(), who) if who else Client()
    answer = client.get(reverse("meetings:join", args=[meeting.join_token]))
    return answer.status_code, " ".join(answer.content.decode().split())


def test_before_it_the_page_says_when_which_how_and_what_to_know(two: Meeters, meeting: Meeting) -> None:
    lives_in(two.sam, "Asia/Tokyo")
    seen = page(two.sam, meeting)
    assert "Friday 5 March at 02:00 (Tokyo)" in seen
    assert "For Hannah that is Thursday 4 March at 17:00 in London." in seen
    assert "meeting 1 of about 3" in seen
    assert "30 minutes" in seen
    assert "Before you share something sensitive" in seen
    assert "in serious danger of being harmed" in seen  # the exemptions, in the agreement's own words
    assert "Nothing is agreed about recording" in seen
    assert "a meeting that is missed is not arranged again" in seen
    assert reverse("meetings:join", args=[meeting.join_token]) in seen
    assert "ask Hannah, your mentor" in seen


def test_the_page_changes_with_the_day(two: Meeters, meeting: Meeting, clock: time_machine.Traveller) -> None:
    for moment, words in (
        ("2027-03-04 09:00", "It is today at 17:00."),
        ("2027-03-04 16:45", "It is from 17:00 until 17:30, and the way in is open."),
        ("2027-03-04 17:29", "the way in is open"),  # and it can no longer be moved
        ("2027-03-04 17:30", "Did it happen?"),
    ):
        clock.move_to(at(moment))
        seen = page(two.hannah, meeting)
        assert words in seen
        assert ("If you cannot come" in seen) is (at(moment) < at(SOON))


def test_one_press_says_that_it_happened_and_another_changes_it(
    two: Meeters, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    assert "still to come" in presses(two.sam, meeting, "yes")
    clock.move_to(at(SOON) + timedelta(hours=1))
    assert "You said that it happened." in presses(two.sam, meeting, "yes")
    assert "Sam said that it happened." in page(two.hannah, meeting)
    assert "You said that it was missed." in presses(two.sam, meeting, "no")
    assert "perhaps" not in presses(two.sam, meeting, "perhaps")
    assert [outcome.happened for outcome in Outcome.objects.all()] == [False]


def test_where_the_two_differ_both_answers_stand(
    two: Meeters, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(SOON) + timedelta(hours=1))
    presses(two.sam, meeting, "yes")
    assert "You said that it was missed, Sam that it happened. Both answers stand" in presses(
        two.hannah, meeting, "no"
    )
    assert "You said that it happened, Hannah that it was missed." in page(two.sam, meeting)


def test_a_missed_meeting_is_final_where_the_agreement_says_so(
    two: Meeters, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(SOON) + timedelta(hours=1))
    seen = presses(two.sam, meeting, "no")
    assert "it counts as one of your meetings" in seen
    assert "in its place" not in seen


def test_elsewhere_another_can_be_booked_in_its_place(db: None, clock: time_machine.Traveller) -> None:
    two = with_contract()
    evenings(two.hannah)
    meeting = two.books(at(SOON))
    before = page(two.sam, meeting)
    assert "Move or cancel it until Tuesday 2 March at 17:00 (London)" in before  # two days of notice
    assert "not arranged again" not in before
    assert "Recording is not permitted" in before
    assert "In your agreement: Tuesdays 18:00 to 19:00." in before
    assert "Now is not one of those times" in before
    clock.move_to(at("2027-03-02 18:30"))
    late = page(two.sam, meeting)
    assert "Now is one of those times" in late
    assert "The notice you agreed on is over. You can still move or cancel it" in late
    assert "those times" not in page(two.hannah, meeting)  # they are for the mentee
    clock.move_to(at(SOON) + timedelta(hours=2))
    assert "leaves it to you to arrange another" in (seen := presses(two.sam, meeting, "no"))
    assert reverse("meetings:book", args=[two.pair.pk]) in seen


def test_the_first_meeting_is_for_going_through_the_agreement(db: None) -> None:
    two = with_contract(in_force=False)
    evenings(two.hannah)
    meeting = two.books(at(SOON))
    assert "this meeting is for going through it together" in page(two.sam, meeting)


def test_a_cancelled_meeting_says_so_on_its_page_and_at_its_way_in(two: Meeters, meeting: Meeting) -> None:
    cancel(meeting=meeting, by=two.hannah)
    seen = page(two.sam, meeting)
    assert "This meeting is cancelled." in seen
    assert "Hannah cancelled" not in seen
    assert "nothing to join" in way_in(two.sam, meeting)[1]


def test_the_way_in_is_for_the_two_and_names_where_it_leads(two: Meeters, meeting: Meeting) -> None:
    Meeting.objects.update(place="https://meet.example/ours")
    for who in (two.hannah, two.sam):
        status, seen = way_in(who, meeting)
        assert status == 200
        assert 'href="https://meet.example/ours"' in seen
        assert "at meet.example, outside this site" in seen
        assert "Before you share something sensitive" in seen
    for stranger in (two.two.olive, two.two.outsider):
        assert way_in(stranger, meeting)[0] == 404
    assert way_in(None, meeting)[0] == 302
    assert "is not there yet" in way_in(two.sam, _without_link(meeting))[1]


def _without_link(meeting: Meeting) -> Meeting:
    Meeting.objects.update(place="")
    return meeting


def test_by_telephone_or_in_person_the_way_in_says_how(two: Meeters, meeting: Meeting) -> None:
    Person.objects.filter(pk=two.hannah.pk).update(reach="Ring 01632 960 001")
    Meeting.objects.update(way="telephone", place="")
    assert "Ring 01632 960 001" in way_in(two.sam, meeting)[1]
    Meeting.objects.update(way="in_person", place="The library, second floor")
    assert "You meet in person: The library, second floor." in way_in(two.sam, meeting)[1]


def test_a_time_that_is_only_held_has_no_page(two: Meeters, meeting: Meeting) -> None:
    Meeting.objects.update(state="held", held_until=MONDAY + timedelta(minutes=5))
    client = sign_in(Client(), two.sam)
    assert client.get(reverse("meetings:meeting", args=[meeting.pk])).status_code == 404
    assert way_in(two.sam, meeting)[0] == 404


def test_home_asks_whether_it_happened_until_it_is_said(
    two: Meeters, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    asks = "Did your meeting with Hannah happen?"
    home = lambda: sign_in(Client(), two.sam).get("/").content.decode()  # noqa: E731
    assert asks not in home()
    clock.move_to(at(SOON) + timedelta(hours=1))
    assert asks in home()
    say(meeting=meeting, happened=True, by=two.hannah)
    assert asks in home()
    say(meeting=meeting, happened=False, by=two.sam)
    assert asks not in home()


def test_home_leads_to_a_meeting_from_the_day_before_until_it_is_over(
    two: Meeters, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    leads = f'href="{reverse("meetings:meeting", args=[meeting.pk])}">Your meeting with Hannah<'
    home = lambda: sign_in(Client(), two.sam).get("/").content.decode()  # noqa: E731
    for moment, there in (
        ("2027-03-03 16:59", False),
        ("2027-03-03 17:00", True),
        ("2027-03-04 17:29", True),
        ("2027-03-04 17:30", False),
    ):
        clock.move_to(at(moment))
        assert (leads in home()) is there, moment
    clock.move_to(at("2027-03-04 09:00"))
    assert leads not in sign_in(Client(), two.two.olive).get("/").content.decode()
    cancel(meeting=meeting, by=two.hannah)
    assert leads not in home()


def test_organisers_learn_how_many_and_when_and_nothing_else(
    two: Meeters, clock: time_machine.Traveller
) -> None:
    olive = give_second_step(two.two.olive)
    addresses = [
        reverse("dashboard:people", args=[two.two.scheme.slug]),
        reverse("journeys:pair", args=[two.pair.pk]),
    ]

    def read() -> list[str]:
        client = sign_in(Client(), olive)
        return [" ".join(client.get(address).content.decode().split()) for address in addresses]

    assert all("none yet" in seen for seen in read())
    moments: list[datetime] = [at("2027-03-04 17:00"), at("2027-03-08 17:00"), at("2027-03-11 17:00")]
    meetings = [two.books(moment, way="telephone") for moment in moments]
    Meeting.objects.filter(pk=meetings[0].pk).update(way="in_person", place="The secret garden")
    assert all("next on 4 March 2027" in seen for seen in read())
    clock.move_to(at("2027-03-09 12:00"))
    assert all("2 meetings, last on 8 March 2027; next on 11 March 2027" in seen for seen in read())
    say(meeting=meetings[1], happened=False, by=two.sam)
    cancel(meeting=meetings[2], by=two.hannah)
    for seen in read():
        assert "1 meeting, on 4 March 2027" in seen
        assert not {"secret garden", "telephone", "missed", "cancelled"} & set(seen.split())
        assert "The secret garden" not in seen


def test_after_the_end_the_page_still_stands_and_arranges_nothing(
    two: Meeters, meeting: Meeting, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(SOON) + timedelta(hours=1))
    stop(pair=two.pair)
    assert "Did it happen?" in page(two.sam, meeting)
    assert "Find another time" not in page(two.sam, meeting)
