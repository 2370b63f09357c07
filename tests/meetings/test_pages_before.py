"""What people see and press before a meeting: when they can, booking, moving, cancelling, suggesting."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ampersand.meetings.actions.booking import cancel, move
from ampersand.meetings.models import (
    ExtraTime,
    Meeting,
    Subscription,
    Suggestion,
    TimeAway,
    WeeklyTime,
    Wishes,
)
from tests.cast import sign_in
from tests.meetings.people import (
    LONDON,
    NEW_YORK,
    Meeters,
    at,
    evenings,
    lives_in,
    peers,
    wishes,
    with_contract,
)

TIMES = "/meetings/times/"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def signed(db: None, clock: object) -> Meeters:
    """Two with the contract: Sam sets up, with two days of notice."""
    both = with_contract()
    evenings(both.hannah, 1, 3)
    return both


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def book_address(pair: Meeters) -> str:
    return reverse("meetings:book", args=[pair.pair.pk])


def test_someone_says_when_they_can_and_takes_it_back(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.sam)
    assert "Nothing yet" in text(client.get(TIMES))
    added = {"kind": "weekly", "weekday": "2", "since": "09:00", "until": "12:30"}
    assert client.post(TIMES, added).status_code == 302
    client.post(TIMES, {"kind": "extra", "day": "2027-03-27", "since": "10:00", "until": "00:00"})
    client.post(TIMES, {"kind": "away", "first": "2027-04-02", "last": ""})
    page = text(client.get(TIMES))
    assert "Wednesday, 09:00 to 12:30" in page
    assert "Saturday 27 March, 10:00 to 00:00" in page
    assert "Friday 2 April" in page
    assert "by the clock in <strong>London</strong>" in page
    weekly = WeeklyTime.objects.get(person=pair.sam)
    assert (weekly.since, weekly.until, weekly.zone) == (time(9), time(12, 30), LONDON)
    assert TimeAway.objects.get().last == date(2027, 4, 2)
    client.post(reverse("meetings:remove_time", args=["weekly", weekly.pk]))
    assert not WeeklyTime.objects.filter(person=pair.sam).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kind": "weekly", "weekday": "1", "since": "19:00", "until": "17:00"}, "not later than"),
        ({"kind": "weekly", "weekday": "1", "since": "18:00", "until": "20:00"}, "17:00 to 19:00 already"),
        ({"kind": "weekly", "weekday": "1", "since": "soon", "until": "20:00"}, "Give a time"),
        ({"kind": "weekly", "weekday": "1", "since": "", "until": "20:00"}, "Give a time"),
        (
            {"kind": "weekly", "weekday": "0", "since": "9:00", "until": "10:00",
             "first": "2027-05-02", "last": "2027-05-01"},
            "before the day in",
        ),
        ({"kind": "extra", "day": "2027-03-28", "since": "01:30", "until": "03:00"}, "01:30 does not exist"),
        ({"kind": "extra", "day": "2027-02-28", "since": "10:00", "until": "11:00"}, "This day is over"),
        ({"kind": "extra", "day": "the 3rd", "since": "10:00", "until": "11:00"}, "Give a day"),
        ({"kind": "away", "first": "2027-04-09", "last": "2027-04-02"}, "before the first day away"),
        ({"kind": "away", "first": "2027-02-01", "last": "2027-02-08"}, "These days are over"),
    ],
)  # fmt: skip
def test_times_that_cannot_be_are_told_and_what_was_typed_stays(
    client: Client, pair: Meeters, typed: dict[str, str], sentence: str
) -> None:
    before = WeeklyTime.objects.count()
    answer = sign_in(client, pair.hannah).post(TIMES, typed)
    assert answer.status_code == 422
    assert sentence in text(answer)
    for name in typed.keys() - {"kind", "weekday"}:
        assert not typed[name] or f'value="{typed[name]}"' in text(answer)
    assert not ExtraTime.objects.exists()
    assert not TimeAway.objects.exists()
    assert WeeklyTime.objects.count() == before


def test_nobody_removes_anothers_times(client: Client, pair: Meeters) -> None:
    theirs = WeeklyTime.objects.filter(person=pair.hannah).first()
    assert theirs
    sign_in(client, pair.sam)
    assert client.post(reverse("meetings:remove_time", args=["weekly", theirs.pk])).status_code == 404
    assert client.post(reverse("meetings:remove_time", args=["nothing", theirs.pk])).status_code == 404
    assert WeeklyTime.objects.filter(pk=theirs.pk).exists()


def test_someone_says_how_they_like_to_meet(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.hannah)
    said = {
        "least_notice_hours": "72",
        "buffer_minutes": "15",
        "most_per_week": "2",
        "video_link": "https://video.example/hannah",
        "in_person_place": "Room 4",
        "hour_before": "on",
    }
    assert client.post("/meetings/wishes/", said | {"video_link": "http://x.example/"}).status_code == 422
    assert client.post("/meetings/wishes/", said).status_code == 302
    kept = Wishes.objects.get(person=pair.hannah)
    assert (kept.least_notice_hours, kept.buffer_minutes, kept.most_per_week) == (72, 15, 2)
    assert (kept.telephone_ok, kept.in_person_place) == (False, "Room 4")
    assert (kept.day_before, kept.hour_before) == (False, True)
    page = text(client.get(TIMES))
    assert "three days" in page
    assert "https://video.example/hannah" in page


def test_a_mentee_books_and_both_clocks_are_named(client: Client, pair: Meeters) -> None:
    lives_in(pair.sam, NEW_YORK)
    page = text(sign_in(client, pair.sam).get(book_address(pair)))
    assert "in <strong>New York</strong>" in page
    assert "in <strong>London</strong>" in page
    assert "<span>12:00 <small>17:00 in London</small>" in page
    held = client.post(book_address(pair), {"starts": "2027-03-02T17:00Z"})
    meeting = Meeting.objects.get()
    assert held["Location"] == f"/meetings/{meeting.pk}/place/?pair={pair.pair.pk}"
    page = text(client.get(held["Location"]))
    assert 'Tuesday 2 March at 12:00 (New York)</strong> <span class="soft">· 17:00 in London' in page
    assert "held for you until 04:10" in page
    done = client.post(held["Location"], {"way": "video", "place": ""}, follow=True)
    assert "Your meeting is booked" in text(done)
    assert "Meeting 1 of about 3" in text(done)
    assert "not arranged again" in text(done)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.way, meeting.starts) == ("booked", "video", at("2027-03-02 17:00"))
    assert meeting.zone == NEW_YORK


def test_a_time_that_was_just_taken_is_told_with_what_is_free(client: Client, pair: Meeters) -> None:
    pair.books(at("2027-03-02 17:00"))
    answer = sign_in(client, pair.sam).post(book_address(pair), {"starts": "2027-03-02T17:00Z"})
    assert answer.status_code == 422
    assert "That time has just been taken. Here is what is free now." in text(answer)
    assert 'value="2027-03-02T17:30Z"' in text(answer)
    assert 'value="2027-03-02T17:00Z"' not in text(answer)


@pytest.mark.parametrize("pressed", ["", "soon", "2027-03-02T17:00", "2027-03-03T03:00Z"])
def test_a_time_that_is_not_offered_is_not_held(client: Client, pair: Meeters, pressed: str) -> None:
    answer = sign_in(client, pair.sam).post(book_address(pair), {"starts": pressed})
    assert answer.status_code == 422
    assert "notice--waiting" in text(answer)
    assert not Meeting.objects.exists()


def test_a_hold_that_is_over_leads_back_to_what_is_free(client: Client, pair: Meeters, clock: Any) -> None:
    sign_in(client, pair.sam)
    client.post(book_address(pair), {"starts": "2027-03-02T17:00Z"})
    place = reverse("meetings:place", args=[Meeting.objects.get().pk])
    clock.shift(timedelta(minutes=11))
    answer = client.post(place, {"way": "video", "place": ""}, follow=True)
    assert "held for ten minutes, and they are over" in text(answer)
    assert answer.redirect_chain[0][0] == book_address(pair)


def test_a_hold_that_was_let_go_meanwhile_leads_back_too(client: Client, pair: Meeters, clock: Any) -> None:
    sign_in(client, pair.sam)
    place = client.post(book_address(pair), {"starts": "2027-03-02T17:00Z"})["Location"]
    clock.shift(timedelta(minutes=11))
    pair.books(at("2027-03-02 17:30"), by=pair.hannah)
    for answer in (client.get(place), client.post(place, {"way": "video", "place": ""})):
        assert (answer.status_code, answer["Location"]) == (302, book_address(pair))
    assert sign_in(client, pair.two.outsider).get(place).status_code == 404


def test_booking_pressed_twice_books_once_and_says_nothing_untrue(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.sam)
    place = client.post(book_address(pair), {"starts": "2027-03-02T17:00Z"})["Location"]
    twice = [client.post(place, {"way": "video", "place": ""}) for _press in range(2)]
    booked = reverse("meetings:booked", args=[Meeting.objects.get().pk])
    assert [answer["Location"] for answer in twice] == [booked, booked]
    assert Meeting.objects.get().sequence == 0
    assert "Changed" not in text(client.get(booked))


def test_a_held_time_is_nobody_elses_page(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.sam).post(book_address(pair), {"starts": "2027-03-02T17:00Z"})
    place = reverse("meetings:place", args=[Meeting.objects.get().pk])
    assert sign_in(client, pair.hannah).get(place).status_code == 404
    assert sign_in(client, pair.two.outsider).get(place).status_code == 404


def test_weeks_are_paged_through_and_empty_ones_left_out(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.hannah).post(TIMES, {"kind": "away", "first": "2027-03-05", "last": "2027-03-18"})
    sign_in(client, pair.sam)
    first = text(client.get(book_address(pair)))
    assert "Tuesday 2 March" in first
    assert "Earlier:" not in first
    assert 'href="?week=2027-03-22">Later: the week of Monday 22 March' in first
    later = text(client.get(f"{book_address(pair)}?week=2027-03-22"))
    assert "Tuesday 23 March" in later
    assert 'href="?week=2027-03-01">Earlier: the week of Monday 1 March' in later
    for odd in ("2027-03-10", "yesterday", "9999-12-31", "0001-01-01"):
        assert client.get(f"{book_address(pair)}?week={odd}").status_code == 200


def test_who_does_not_set_up_meetings_suggests_times(client: Client, signed: Meeters) -> None:
    sign_in(client, signed.hannah)
    page = text(client.get(book_address(signed)))
    assert "Sam sets up your meetings" in page
    assert "Suggest three times" in page
    refused = client.post(book_address(signed), {"starts": "2027-03-02T17:00Z"})
    assert refused.status_code == 422
    assert not Meeting.objects.exists()


def test_where_nobody_gave_times_three_are_suggested(client: Client, db: None) -> None:
    both = peers()
    page = text(sign_in(client, both.sam).get(book_address(both)))
    assert "Hannah has no free times here" in page
    assert reverse("meetings:suggest", args=[both.pair.pk]) in page


SUGGESTED = {
    "day_1": "2027-03-30", "time_1": "17:00", "day_2": "2027-04-01", "time_2": "12:30",
    "day_3": "", "time_3": "", "way": "in_person", "place": "The library café",
}  # fmt: skip


def test_one_suggests_and_the_other_picks(client: Client, pair: Meeters) -> None:
    lives_in(pair.sam, NEW_YORK)
    suggest = reverse("meetings:suggest", args=[pair.pair.pk])
    waits = sign_in(client, pair.sam).post(suggest, SUGGESTED, follow=True)
    assert "You suggest these times to Hannah" in text(waits)
    assert "Tuesday 30 March at 17:00 (New York) · 22:00 in London" in text(waits)
    found = Suggestion.objects.get()
    address = reverse("meetings:pick", args=[found.pk])
    sign_in(client, pair.hannah)
    listed = text(client.get(reverse("meetings:meetings", args=[pair.pair.pk])))
    assert "Sam suggests" in listed
    page = text(client.get(address))
    assert "Tuesday 30 March at 22:00 (London) · 17:00 in New York" in page
    assert "The library café" in page
    assert "Choose one of the times" in text(client.post(address, {}))
    done = client.post(address, {"time": found.times.first().pk}, follow=True)  # type: ignore[union-attr]
    assert "Your meeting is booked" in text(done)
    meeting = Meeting.objects.get()
    assert (meeting.starts, meeting.way, meeting.place) == (
        at("2027-03-30 17:00", NEW_YORK),
        "in_person",
        "The library café",
    )
    assert "One of these times was picked" in text(client.get(address))


def test_a_suggestion_is_taken_back_by_its_author_alone(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.sam).post(reverse("meetings:suggest", args=[pair.pair.pk]), SUGGESTED)
    found = Suggestion.objects.get()
    back = reverse("meetings:withdraw", args=[found.pk])
    assert sign_in(client, pair.two.outsider).post(back).status_code == 404
    sign_in(client, pair.hannah).post(back)
    assert Suggestion.objects.still_open().exists()
    sign_in(client, pair.sam).post(back)
    assert not Suggestion.objects.still_open().exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day_1": "2027-03-28", "time_1": "01:30"}, "01:30 does not exist"),
        ({"day_1": "2027-02-28"}, "This has passed"),
        ({"day_2": "2027-03-30", "time_2": "17:00"}, "given this time already"),
        ({"time_2": ""}, "Give a time for this day"),
        ({"day_2": ""}, "Give a day for this time"),
        ({"place": ""}, "Say where you would meet"),
        ({"day_1": "2028-03-30"}, "more than three months away"),
        ({"way": "video", "place": "http://x.example"}, "https://"),
        ({"day_1": ""}, "Give a day, such as"),
    ],
)
def test_suggestions_that_cannot_be_are_told_and_what_was_typed_stays(
    client: Client, pair: Meeters, typed: dict[str, str], sentence: str
) -> None:
    answer = sign_in(client, pair.sam).post(
        reverse("meetings:suggest", args=[pair.pair.pk]), SUGGESTED | typed
    )
    assert answer.status_code == 422
    assert sentence in text(answer)
    for value in (SUGGESTED | typed).values():
        assert not value or value in text(answer)
    assert not Suggestion.objects.exists()


def test_a_meeting_is_moved_after_one_question(client: Client, signed: Meeters) -> None:
    meeting = signed.books(at("2027-03-09 17:00"))
    move = reverse("meetings:move", args=[meeting.pk])
    page = text(sign_in(client, signed.sam).get(move))
    assert "Your agreement asks for 2 days of notice. That is kept." in page
    assert "?to=2027-03-11T17%3A00Z" in page
    asked = text(client.get(f"{move}?to=2027-03-11T17%3A00Z"))
    assert "Move it to this time?" in asked
    assert "Until now: Tuesday 9 March at 17:00 (London)" in asked
    assert Meeting.objects.get().starts == at("2027-03-09 17:00")
    done = client.post(move, {"starts": "2027-03-11T17:00Z"}, follow=True)
    assert "Your meeting is moved" in text(done)
    assert (Meeting.objects.get().starts, Meeting.objects.get().sequence) == (at("2027-03-11 17:00"), 1)


def test_moving_to_what_is_taken_says_so_and_changes_nothing(client: Client, signed: Meeters) -> None:
    meeting, _other = signed.books(at("2027-03-09 17:00")), signed.books(at("2027-03-11 17:00"))
    move = reverse("meetings:move", args=[meeting.pk])
    answer = sign_in(client, signed.sam).post(move, {"starts": "2027-03-11T17:00Z"})
    assert answer.status_code == 422
    assert "just been taken" in text(answer)
    assert Meeting.objects.get(pk=meeting.pk).sequence == 0


def test_who_does_not_set_up_meetings_is_told_so_instead_of_moving_one(
    client: Client, signed: Meeters
) -> None:
    move = reverse("meetings:move", args=[signed.books(at("2027-03-09 17:00")).pk])
    sign_in(client, signed.hannah)
    for answer in (
        client.get(move),
        client.get(f"{move}?to=2027-03-11T17:00Z"),
        client.post(move, {"starts": "2027-03-11T17:00Z"}),
    ):
        assert text(answer).count("Sam sets up your meetings") == 1
        assert "Suggest three times" in text(answer)
        assert "no other free times" not in text(answer)
    assert Meeting.objects.get().sequence == 0


def test_who_does_not_set_up_meetings_suggests_where_one_moves(client: Client, signed: Meeters) -> None:
    meeting = signed.books(at("2027-03-09 17:00"))
    page = sign_in(client, signed.hannah).get(reverse("meetings:move", args=[meeting.pk]))
    suggest = f"{reverse('meetings:suggest', args=[signed.pair.pk])}?instead={meeting.pk}"
    assert f'href="{suggest}"' in text(page)
    assert "until then it stays where it is" in text(client.get(suggest))
    sent = client.post(suggest, {"day_1": "2027-03-10", "time_1": "12:00"})
    assert "The meeting stays where it is" in text(client.get(sent["Location"]))
    waiting = text(sign_in(client, signed.sam).get(sent["Location"]))
    assert "Instead of Tuesday 9 March" in waiting
    assert "Move it to this time" in waiting
    picked = client.post(sent["Location"], {"time": Suggestion.objects.get().times.get().pk}, follow=True)
    assert "Your meeting is moved" in text(picked)
    assert Meeting.objects.get().starts == at("2027-03-10 12:00")
    assert "and the meeting is moved" in text(client.get(sent["Location"]))
    begun = client.get(f"{suggest.split('=')[0]}=999999", follow=True)
    assert begun.status_code == 200  # of no meeting: times for a new one


def test_cancelling_says_whether_notice_is_kept_and_asks_nothing(
    client: Client, signed: Meeters, clock: Any
) -> None:
    meeting = signed.books(at("2027-03-09 17:00"))
    cancel = reverse("meetings:cancel", args=[meeting.pk])
    sign_in(client, signed.hannah)
    assert "That is kept." in text(client.get(cancel))
    clock.move_to(at("2027-03-08 12:00"))
    page = text(client.get(cancel))
    assert "Your agreement asks for 2 days of notice. This is less. That is possible, and is counted." in page
    assert page.count("<input") == page.count('type="hidden"')
    done = client.post(cancel, follow=True)
    assert "Your meeting is cancelled" in text(done)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_late) == ("cancelled", True)
    assert client.post(cancel).status_code == 302


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_what_has_begun_is_neither_moved_nor_cancelled(
    client: Client, pair: Meeters, clock: Any, name: str
) -> None:
    meeting = pair.books(at("2027-03-02 17:00"))
    clock.move_to(at("2027-03-02 17:05"))
    address = reverse(f"meetings:{name}", args=[meeting.pk])
    answer = sign_in(client, pair.sam).post(address, {"starts": "2027-03-04T17:00Z"}, follow=True)
    assert "time has come" in text(answer)
    assert Meeting.objects.get().state == "booked"


def test_where_they_meet_is_changed(client: Client, pair: Meeters) -> None:
    wishes(pair.hannah, in_person_place="Room 4", telephone_ok=False)
    meeting = pair.books(at("2027-03-02 17:00"))
    place = reverse("meetings:place", args=[meeting.pk])
    page = text(sign_in(client, pair.hannah).get(place))
    assert "By telephone" not in page
    assert "Room 4" in page
    assert "Changed." in text(client.post(place, {"way": "in_person", "place": ""}, follow=True))
    assert (Meeting.objects.get().place, Meeting.objects.get().sequence) == ("Room 4", 1)


def test_the_first_meeting_is_booked_before_signing_and_only_that(client: Client, db: None) -> None:
    both = with_contract(in_force=False)
    evenings(both.hannah, 1, 3)
    sign_in(client, both.sam)
    assert "Tuesday 2 March" in text(client.get(book_address(both)))
    both.books(at("2027-03-02 17:00"))
    assert "Your first meeting is booked already" in text(client.get(book_address(both)))


def test_an_empty_list_teaches(client: Client, pair: Meeters) -> None:
    page = text(sign_in(client, pair.sam).get(reverse("meetings:meetings", args=[pair.pair.pk])))
    assert "No meeting yet" in page
    assert "For example" in page


def test_what_came_late_is_told_to_the_two(client: Client, signed: Meeters, clock: Any) -> None:
    meeting = signed.books(at("2027-03-09 17:00"))
    listing = reverse("meetings:meetings", args=[signed.pair.pk])
    assert "less notice" not in text(sign_in(client, signed.hannah).get(listing))
    clock.move_to(at("2027-03-09 09:00"))
    meeting = move(meeting=meeting, starts=at("2027-03-11 17:00"), by=signed.sam)
    assert "with less notice than you agreed: once." in text(client.get(listing))
    clock.move_to(at("2027-03-11 09:00"))
    cancel(meeting=meeting, by=signed.sam)
    assert "with less notice than you agreed: 2 times." in text(client.get(listing))


def test_others_find_no_meetings(client: Client, signed: Meeters) -> None:
    meeting = signed.books(at("2027-03-09 17:00"))
    pages = [reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("move", "cancel", "place", "booked")]
    pages += [reverse(f"meetings:{name}", args=[signed.pair.pk]) for name in ("meetings", "book", "suggest")]
    for someone in (signed.two.outsider, signed.two.olive):
        sign_in(client, someone)
        assert {client.get(page).status_code for page in pages} == {404}


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_as_many_queries_for_one_as_for_three(
    client: Client, pair: Meeters, rows: int, django_assert_num_queries: Any, clock: Any
) -> None:
    for week in range(rows):
        pair.books(at("2027-03-02 17:00") + timedelta(weeks=week))
        pair.books(at("2027-03-04 17:00") + timedelta(weeks=week))
        evenings(pair.hannah, 5, since=9 + week, until=10 + week)
    sign_in(client, pair.sam)
    clock.move_to(at("2027-03-03 12:00"))
    for address, queries in (
        (reverse("meetings:meetings", args=[pair.pair.pk]), 8),
        (book_address(pair), 11),
        (TIMES, 6),
    ):
        client.get(address)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_the_first_page_asks_whoever_sets_up_to_book_and_whoever_was_asked_to_pick(
    client: Client, signed: Meeters, clock: Any
) -> None:
    def home(who: Any) -> str:
        return text(sign_in(client, who).get("/"))

    assert "Book your first meeting with Hannah" in home(signed.sam)
    assert "meeting with Sam" not in home(signed.hannah)  # as they agreed, Sam sets up
    client.post(reverse("meetings:suggest", args=[signed.pair.pk]), SUGGESTED)
    assert "Hannah suggests times to meet" in home(signed.sam)
    assert "Book your first meeting" not in home(signed.sam)
    assert "suggests times" not in home(signed.hannah)
    client.post(reverse("meetings:withdraw", args=[Suggestion.objects.get().pk]))
    signed.books(at("2027-03-09 17:00"))
    assert "meeting with Hannah" not in home(signed.sam)
    clock.move_to(at("2027-03-10 12:00"))
    assert "Book your next meeting with Hannah" in home(signed.sam)


def test_whoever_has_met_as_often_as_expected_is_not_asked_to_book(
    client: Client, pair: Meeters, clock: Any
) -> None:
    for day in (2, 4, 9):
        pair.books(at(f"2027-03-{day:02} 17:00"))
    clock.move_to(at("2027-03-20 12:00"))
    assert "Book your next" not in text(sign_in(client, pair.sam).get("/"))
    assert "Tuesday 23 March" in text(client.get(book_address(pair)))
    assert "meeting 3 of about 3" in text(client.get(reverse("meetings:meetings", args=[pair.pair.pk])))


def test_the_first_page_says_of_each_pair_when_it_meets_next(client: Client, pair: Meeters) -> None:
    assert "Next meeting" not in text(sign_in(client, pair.sam).get("/"))
    later, sooner = (pair.books(at(f"2027-03-{day} 17:00")) for day in ("11", "09"))
    for who in (pair.sam, pair.hannah):
        assert "Next meeting: Tuesday 9 March at 17:00 (London)" in text(sign_in(client, who).get("/"))
    cancel(meeting=sooner, by=pair.hannah)
    assert "Next meeting: Thursday 11 March" in text(sign_in(client, pair.sam).get("/"))
    cancel(meeting=later, by=pair.sam)
    assert "Next meeting" not in text(sign_in(client, pair.sam).get("/"))


def test_the_page_of_a_pair_says_when_they_meet_next(client: Client, pair: Meeters) -> None:
    address = reverse("journeys:pair", args=[pair.pair.pk])
    assert "No meeting is booked." in text(sign_in(client, pair.sam).get(address))
    pair.books(at("2027-03-09 17:00"))
    assert "Tuesday 9 March at 17:00 (London)" in text(client.get(address))


CALENDARS = "/meetings/calendars/"
WORK = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:1\r
DTSTAMP:20270301T080000Z\r\nDTSTART:20270302T170000Z\r\nDTEND:20270302T180000Z\r
SUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def test_a_calendar_from_a_file_leaves_out_when_one_is_busy(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.hannah)
    given = {"kind": "file", "name": "work", "file": SimpleUploadedFile("work.ics", WORK)}
    assert client.post(CALENDARS, given).status_code == 302
    page = text(client.get(CALENDARS))
    assert "From a file, read on Monday 1 March" in page
    assert "Dentist" not in page
    assert pair.slots()[0] == at("2027-03-02 18:00")
    calendar = Subscription.objects.get()
    assert sign_in(client, pair.sam).post(f"{CALENDARS}{calendar.pk}/remove/").status_code == 404
    sign_in(client, pair.hannah).post(f"{CALENDARS}{calendar.pk}/remove/")
    assert pair.slots()[0] == at("2027-03-02 17:00")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "file", "name": "work"}, "Choose a file"),
        ({"kind": "file", "name": "work", "file": b"no calendar"}, "not a calendar that we can read"),
        ({"kind": "address", "name": "work", "address": "ftp://x.example/a.ics"}, "https://"),
        ({"kind": "address", "name": "", "address": "https://x.example/a.ics"}, "Give it a name"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_told_and_what_was_typed_stays(
    client: Client, pair: Meeters, given: dict[str, Any], sentence: str
) -> None:
    sent = dict(given)
    if isinstance(sent.get("file"), bytes):
        sent["file"] = SimpleUploadedFile("x.ics", sent["file"])
    answer = sign_in(client, pair.hannah).post(CALENDARS, sent)
    assert answer.status_code == 422
    assert sentence in text(answer)
    for name in ("name", "address"):
        assert not given.get(name) or f'value="{given[name]}"' in text(answer)
    assert not Subscription.objects.exists()


def test_a_calendar_at_an_address_is_read_soon_and_its_trouble_is_told(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.hannah)
    client.post(CALENDARS, {"kind": "address", "name": "work", "address": "https://x.example/a.ics"})
    assert "It will be read in a few minutes." in text(client.get(CALENDARS))
    Subscription.objects.update(trouble="not there")
    page = text(client.get(CALENDARS))
    assert "There is nothing at this address any more." in page
    again = f"{CALENDARS}{Subscription.objects.get().pk}/again/"
    assert "read in a few minutes" in text(client.post(again, follow=True))


def test_a_private_address_is_made_when_asked_for_and_replaced(client: Client, pair: Meeters) -> None:
    sign_in(client, pair.sam)
    assert ".ics</code>" not in text(client.get(CALENDARS))
    client.post(f"{CALENDARS}address/")
    first = Wishes.objects.get(person=pair.sam).feed_token
    assert f"/calendar/{first}.ics" in text(client.get(CALENDARS))
    assert Client().get(f"/calendar/{first}.ics").status_code == 200
    client.post(f"{CALENDARS}address/")
    assert Wishes.objects.get(person=pair.sam).feed_token != first
    assert Client().get(f"/calendar/{first}.ics").status_code == 404
