"""How a model keeps its data: each declares it, a test of the house reads it, a nightly job applies it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What `until` says, for the machine: from when on rows are over, and what happens to them then.

    The time counts from the first of some moments to have come. Rows are removed, or fields of them emptied.
    """

    since: tuple[str, ...]
    years: int = 0
    days: int = 0
    only: Q | None = None
    emptied: tuple[str, ...] = ()

    def over(self, now: datetime) -> Q:
        """Find the rows that have been kept for their time."""
        last = _years_before(now, self.years) - timedelta(days=self.days)
        passed = Q()
        for moment in self.since:
            passed |= Q(**{f"{moment}__lte": last})
        return passed & self.only if self.only else passed


def _years_before(now: datetime, years: int) -> datetime:
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # 29 February
        return now.replace(year=now.year - years, day=28)


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What is personal in a model, who may read it, for how long, and what erasure does to it."""

    personal: tuple[str, ...]
    readers: str | Promise
    until: str | Promise
    on_erasure: str | Promise
    # What these rows are, as the page about privacy calls them; nothing if nothing in them is personal.
    what: str | Promise = ""
    # What `until` says, for the machine; where it names no time, why no night removes anything.
    limits: tuple[Limit, ...] = ()
    no_limit: str = ""
    # What `on_erasure` says, for the machine. Rows that name a person by no key are found by an address.
    emptied: tuple[str, ...] = ()
    removed: bool = False
    by_address: str = ""
