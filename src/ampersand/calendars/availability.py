"""When somebody can: weekly times, other times on single days, days away; in the zone of their own clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ampersand.calendars.clocks import moment, shows
from ampersand.calendars.spans import Span, common, merged, without

ONE_DAY = timedelta(days=1)
NO_TIME = timedelta()


@dataclass(frozen=True)
class Weekly:
    """Every week on one weekday (Monday is 0) from one time of day until another, by the clock of `zone`.

    An `until` that is not later than `since` is on the next day: 22:00 to 02:00, or a whole day from 00:00
    to 00:00. It counts on days from `first` to `last`, both included; None is without limit.
    """

    weekday: int
    since: time
    until: time
    zone: ZoneInfo
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("a weekday is a number from 0, Monday, to 6, Sunday")


@dataclass(frozen=True)
class Extra:
    """One day on which somebody can from one time until another, beside what is weekly."""

    day: date
    since: time
    until: time
    zone: ZoneInfo


@dataclass(frozen=True)
class Away:
    """Days, both included, on which somebody cannot, whatever else is said; from midnight to midnight."""

    first: date
    last: date
    zone: ZoneInfo


def open_times(
    times: Iterable[Weekly | Extra | Away],
    taken: Iterable[Span] = (),
    *,
    within: Span,
    buffer: timedelta = NO_TIME,
) -> list[Span]:
    """Give when somebody can between the ends of `within`, in order, in UTC.

    `taken` is what they have in their calendar already; `buffer` is how much time they want before and after
    each. Days away count before everything else.
    """
    offered: list[Span] = []
    away: list[Span] = []
    for rule in times:
        match rule:
            case Weekly():
                offered += _weekly(rule, within)
            case Extra():
                offered += _on(rule.day, rule.since, rule.until, rule.zone)
            case Away():
                away += _days(rule.first, rule.last, rule.zone)
    busy = [span.widened(buffer) for span in taken]
    return without(common(offered, [within]), away + busy)


def starts(
    open_spans: Iterable[Span],
    *,
    lasting: timedelta,
    zone: ZoneInfo,
    every: timedelta = timedelta(minutes=15),
) -> Iterator[datetime]:
    """Give the instants at which a meeting of that length could begin, in order, in UTC.

    Within each span the first is at a round time of the clock in `zone` (with quarter hours: :00, :15, :30,
    :45), the others follow every so often. `every` is at most a day and at least a minute.
    """
    if not timedelta(minutes=1) <= every <= ONE_DAY or lasting <= NO_TIME:
        raise ValueError(
            "a meeting lasts some time, and could begin every minute at most, every day at least"
        )
    for span in merged(open_spans):
        shown = shows(span.starts, zone)
        since_midnight = shown - datetime.combine(shown.date(), time())
        begins = span.starts + (-since_midnight % every)
        while begins + lasting <= span.ends:
            yield begins
            begins += every


def full_weeks(meetings: Sequence[Span], *, most: int, zone: ZoneInfo, week_starts: int = 0) -> list[Span]:
    """Give the weeks, from midnight to midnight, in which `most` meetings or more begin.

    A week begins on the weekday `week_starts` (Monday is 0) by the clock of `zone`.
    """
    count: dict[date, int] = {}
    for meeting in meetings:
        day = shows(meeting.starts, zone).date()
        monday = day - ONE_DAY * ((day.weekday() - week_starts) % 7)
        count[monday] = count.get(monday, 0) + 1
    full = sorted(day for day, meetings_then in count.items() if meetings_then >= most)
    return [span for day in full for span in _days(day, day + 6 * ONE_DAY, zone)]


def _weekly(rule: Weekly, within: Span) -> Iterator[Span]:
    earliest = shows(within.starts, rule.zone).date() - 2 * ONE_DAY
    latest = shows(within.ends, rule.zone).date() + ONE_DAY
    day = max(earliest, rule.first or earliest)
    last = min(latest, rule.last or latest)
    day += ONE_DAY * ((rule.weekday - day.weekday()) % 7)
    while day <= last:
        yield from _on(day, rule.since, rule.until, rule.zone)
        day += 7 * ONE_DAY


def _on(day: date, since: time, until: time, zone: ZoneInfo) -> Iterator[Span]:
    ends = day if until > since else day + ONE_DAY
    yield from _between(datetime.combine(day, since), datetime.combine(ends, until), zone)


def _days(first: date, last: date, zone: ZoneInfo) -> Iterator[Span]:
    yield from _between(datetime.combine(first, time()), datetime.combine(last + ONE_DAY, time()), zone)


def _between(since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Span]:
    """Give the span between two times of the clock, unless the clocks skip all of it."""
    begins, ends = moment(since, zone), moment(until, zone)
    if begins < ends:
        yield Span(begins, ends)
