"""How long it takes to find when two people are free, for a mentor with five years of bookings behind them.

    python -m bench.slots

Beside it in the same run: the same rows, read by bare questions written by hand and looked at no further;
and the same two people before they had booked anything at all.
"""

import random
import time
from datetime import date, datetime, timedelta
from datetime import time as clock

from bench.record import database  # sets Django up
from bench.tables import Row, ratio, table

# isort: split
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ampersand.agreements.actions.opening import open_for
from ampersand.agreements.models import Acceptance, Template
from ampersand.calendars import Span
from ampersand.meetings.models import (
    BlockedTime,
    ExtraTime,
    Meeting,
    MeetingState,
    MeetingWay,
    Seat,
    Subscription,
    TimeAway,
    WeeklyTime,
    Wishes,
)
from ampersand.meetings.queries.diaries import free_slots
from ampersand.pairs.actions import begin
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme
from ampersand.wording import builtin

GOAL = 2.0  # times the bare questions
A_WEEK = 7  # bookings of the mentor
LOOKS = timedelta(days=28)

BARE = (
    "SELECT * FROM ampersand_agreement a JOIN ampersand_template t ON t.id = a.template_id"
    " WHERE a.pair_id = %(pair)s ORDER BY a.id DESC LIMIT 1",
    "SELECT f.* FROM ampersand_filling f JOIN ampersand_agreement a ON a.id = f.agreement_id"
    " WHERE a.pair_id = %(pair)s",
    "SELECT * FROM ampersand_wishes WHERE person_id IN (%(mentor)s, %(mentee)s)",
    "SELECT * FROM ampersand_weeklytime WHERE person_id IN (%(mentor)s, %(mentee)s)",
    "SELECT * FROM ampersand_extratime WHERE person_id IN (%(mentor)s, %(mentee)s)",
    "SELECT * FROM ampersand_timeaway WHERE person_id IN (%(mentor)s, %(mentee)s)",
    "SELECT s.person_id, b.starts, b.ends FROM ampersand_blockedtime b JOIN ampersand_subscription s"
    " ON s.id = b.subscription_id WHERE s.person_id IN (%(mentor)s, %(mentee)s)"
    " AND b.ends > %(yesterday)s AND b.starts < %(until)s",
    "SELECT person_id, lower(during), upper(during) FROM ampersand_seat"
    " WHERE taken AND person_id IN (%(mentor)s, %(mentee)s)"
    " AND upper(during) > %(since)s AND lower(during) < %(until)s",
)


def two_people() -> Pair:
    """Make a pair whose agreement was accepted by asking: half hours."""
    scheme = Scheme.objects.create(
        slug="bench", name="Bench", contact_email="a@bench.example", urgent_help="999",
        urgent_help_review_on=timezone.localdate(),
    )  # fmt: skip
    template = Template.objects.create(
        scheme=scheme, number=1, text=builtin()["peer"].text, published_at=timezone.now()
    )
    mentor, mentee = (Person.objects.create(email=f"{n}@bench.example", called=n) for n in ("Ada", "Bo"))
    pair = begin(scheme=scheme, mentor=mentor, mentee=mentee)
    acceptance = Acceptance.objects.create(
        template=template, person=mentee, clauses=[], declarations=[], fingerprint="0" * 64
    )
    open_for(pair=pair, acceptance=acceptance)
    return pair


def say_when(pair: Pair) -> None:
    """Let the mentor give weekly times, single days, holidays, and a calendar full of other things."""
    mentor, today = pair.mentor, timezone.localdate()
    Wishes.objects.create(person=mentor, buffer_minutes=15, most_per_week=2 * A_WEEK)
    WeeklyTime.objects.bulk_create(
        WeeklyTime(
            person=mentor, weekday=day, since=clock(since), until=clock(since + 3), zone="Europe/London"
        )
        for day in range(5)
        for since in (9, 16)
    )
    ExtraTime.objects.bulk_create(
        ExtraTime(
            person=mentor,
            day=today + timedelta(days=4 * n),
            since=clock(20),
            until=clock(21),
            zone="Europe/London",
        )
        for n in range(6)
    )
    TimeAway.objects.bulk_create(_holidays(mentor, today))
    calendar = Subscription.objects.create(person=mentor, name="Work")
    morning = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
    BlockedTime.objects.bulk_create(
        BlockedTime(subscription=calendar, starts=starts, ends=starts + timedelta(minutes=50))
        for starts in (morning + timedelta(days=n // 3, hours=n % 3 * 2) for n in range(180))
    )


def _holidays(mentor: Person, today: date) -> list[TimeAway]:
    days = (today + timedelta(days=14 * n) for n in range(6))
    return [TimeAway(person=mentor, first=day, last=day + timedelta(days=1), zone="UTC") for day in days]


def book_years(pair: Pair, years: int) -> int:
    """Fill so many years behind, and the weeks ahead, with bookings of the mentor; give how many."""
    others = [pair.mentee]
    chance = random.Random(1)
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    first = now - timedelta(days=365 * years)
    hours = int((now + LOOKS - first) / timedelta(hours=1))
    at = sorted(chance.sample(range(hours), hours * A_WEEK // (7 * 24)))
    meetings = Meeting.objects.bulk_create(
        (_meeting(pair, first + timedelta(hours=n)) for n in at), batch_size=2000
    )
    Seat.objects.bulk_create(
        (
            Seat(meeting=meeting, person=person, during=(meeting.starts, meeting.ends))
            for meeting in meetings
            for person in (pair.mentor, others[0])
        ),
        batch_size=2000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return len(meetings)


def _meeting(pair: Pair, starts: datetime) -> Meeting:
    return Meeting(
        pair=pair, state=MeetingState.BOOKED, way=MeetingWay.VIDEO, booked_at=starts, booked_by="mentee",
        starts=starts, ends=starts + timedelta(minutes=30), minutes=30, zone="UTC",
        agreed_day=starts.date(), agreed_time=starts.time(),
    )  # fmt: skip


def found(pair: Pair) -> float:
    """Find the free times of the next four weeks; give how long it took."""
    began = time.perf_counter()
    now = timezone.now()
    slots = free_slots(pair, pair.mentee, Span(now, now + LOOKS))
    took = time.perf_counter() - began
    assert slots
    return took * 1000


def bare(pair: Pair) -> float:
    """Read the same rows and do nothing with them; give how long it took."""
    now = timezone.now()
    margin = timedelta(days=8)
    values = {
        "pair": pair.pk, "mentor": pair.mentor_id, "mentee": pair.mentee_id,
        "since": now - margin, "yesterday": now - timedelta(days=1), "until": now + LOOKS + margin,
    }  # fmt: skip
    began = time.perf_counter()
    with connection.cursor() as cursor:
        for question in BARE:
            cursor.execute(question, values)
            cursor.fetchall()
    return (time.perf_counter() - began) * 1000


def questions(pair: Pair) -> float:
    with CaptureQueriesContext(connection) as asked:
        found(pair)
    return float(len(asked))


def measure(*, quick: bool = False, rounds: int = 200) -> list[Row]:
    """Give the table's rows."""
    years, times = (1, 5) if quick else (5, rounds)
    with database():
        pair = two_people()
        say_when(pair)
        found(pair)
        alone = [found(pair) for _ in range(times)]
        few = questions(pair)
        booked = book_years(pair, years)
        found(pair), bare(pair)
        pairs = [(found(pair), bare(pair)) for _ in range(times)]
        many = questions(pair)
    ours, theirs = [one for one, _ in pairs], [other for _, other in pairs]
    goal = None if quick else GOAL
    return [
        Row(f"free times, {booked:,} bookings", ours, "ms", ratio=ratio(ours, theirs), most=goal),
        Row("  bare questions for the same rows", theirs, "ms"),
        Row("  before the first booking", alone, "ms"),
        Row("  questions to the database", [few, many], "questions", ratio=many / few, most=1),
    ]


if __name__ == "__main__":
    print(table(measure()))
