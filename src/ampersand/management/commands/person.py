"""What the law lets a person ask for, and help for whoever lost their second step."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ampersand.journeys.leaving import leave
from ampersand.people.actions import take_second_step_away
from ampersand.people.models import Person
from ampersand.people.queries import archive_of
from ampersand.people.rules import Refused


class Command(BaseCommand):
    """Export or erase one person, or take their second step away."""

    help = (
        "Export everything about a person as a zip, erase them, or take away the second step at sign-in of "
        "someone who lost telephone and recovery codes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export", "erase", "no-second-step"])
        parser.add_argument("email")
        parser.add_argument("--to", default="", help="the file to write; otherwise my-data.zip here")

    def handle(self, *args: Any, what: str, email: str, to: str, **options: Any) -> None:
        person = Person.objects.by_email(email)
        if person is None:
            raise CommandError("Nobody here has that address.")
        if what == "export":
            self.stdout.write(_export(person, Path(to or "my-data.zip")))
        elif what == "erase":
            self.stdout.write(_erase(person))
        else:
            self.stdout.write(_no_second_step(person))


def _export(person: Person, place: Path) -> str:
    place.write_bytes(archive_of(person))
    place.chmod(0o600)
    return f"Written to {place}."


def _erase(person: Person) -> str:
    try:
        leave(person=person, by=None)
    except Refused as refusal:
        raise CommandError(refusal.sentence) from refusal
    return "Erased."


def _no_second_step(person: Person) -> str:
    if not take_second_step_away(person=person):
        raise CommandError("There is no second step on that account.")
    return "Taken away, and they are signed out everywhere. A letter tells them so."
