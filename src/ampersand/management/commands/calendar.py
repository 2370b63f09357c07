"""`ampersand calendar --until 2027-12-31`: what time will bring, day by day."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ampersand.journeys.notices import in_words
from ampersand.journeys.queries import Foreseen, foreseen
from ampersand.schemes.models import Scheme

A_MONTH = timedelta(days=31)
FARTHEST = timedelta(days=5 * 366)
AT_MOST = 5000  # lines; more is more than anyone reads


class Command(BaseCommand):
    """Dates, schemes and numbers of pairs: no names, and nothing of who answered or signed."""

    help = "Say what time will bring to every pair, day by day: questions, reminders, endings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a last day, and one scheme if not all."""
        parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="the last day; else a month on")
        parser.add_argument("--scheme", default="", help="the address of one scheme, such as harbour")

    def handle(self, *args: Any, until: date | None, scheme: str, **options: Any) -> None:
        """Print each day on which something happens."""
        now = timezone.now()
        last = until or now.date() + A_MONTH
        if last > now.date() + FARTHEST:
            raise CommandError("That is further than anyone can see: five years at most.")
        if scheme and not Scheme.objects.filter(slug=scheme).exists():
            raise CommandError(f"There is no scheme “{scheme}” here.")
        ahead = foreseen(now=now, until=last, scheme=scheme)
        found = sorted(ahead, key=lambda each: (each.day, each.pair.pk))
        for day, lines in groupby(found[:AT_MOST], key=lambda each: each.day):
            self.stdout.write(f"{day:%Y-%m-%d %A}")
            for line in _together(list(lines)):
                self.stdout.write(f"  {line}")
        if len(found) > AT_MOST:
            self.stdout.write(f"… and {len(found) - AT_MOST} more: name an earlier day, or one scheme.")
        if not found:
            self.stdout.write(f"Nothing until {last}, as things stand.")


def _together(lines: list[Foreseen]) -> list[str]:
    """Say once what several people of a pair meet with on the same day."""
    told: dict[tuple[str, int, str], list[str]] = {}
    for each in lines:
        key = each.pair.scheme.slug, each.pair.pk, str(in_words(each.coming.what, renews=each.renews))
        told.setdefault(key, []).append(each.coming.whom)
    return [
        f"{scheme}, pair {pair}: {what}" + (f" ({', '.join(whom)})" if any(whom) else "")
        for (scheme, pair, what), whom in told.items()
    ]


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise ArgumentTypeError(f"“{typed}” is no day such as 2027-12-31.") from error
