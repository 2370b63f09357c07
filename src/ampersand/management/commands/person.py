"""What the law lets a person ask for: everything kept about them, and to be erased."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ampersand.journeys.leaving import leave
from ampersand.people.models import Person
from ampersand.people.queries import archive_of
from ampersand.people.rules import Refused


class Command(BaseCommand):
    """Export or erase one person."""

    help = "Export everything about a person as a zip, or erase them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export", "erase"])
        parser.add_argument("email")
        parser.add_argument("--to", default="", help="the file to write; otherwise my-data.zip here")

    def handle(self, *args: Any, what: str, email: str, to: str, **options: Any) -> None:
        person = Person.objects.by_email(email)
        if person is None:
            raise CommandError("Nobody here has that address.")
        if what == "export":
            place = Path(to or "my-data.zip")
            place.write_bytes(archive_of(person))
            place.chmod(0o600)
            self.stdout.write(f"Written to {place}.")
            return
        try:
            leave(person=person, by=None)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write("Erased.")
