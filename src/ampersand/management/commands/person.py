"""What the law lets a person ask for, and help for whoever lost their second step."""

import os
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ampersand.journeys.leaving import leave
from ampersand.people.actions import end_sessions, take_data, take_second_step_away
from ampersand.people.models import Person
from ampersand.people.rules import Refused


class Command(BaseCommand):
    """Export or erase one person, sign them out, or take their second step away."""

    help = (
        "Export everything about a person as a zip, erase them, sign them out everywhere, or take away "
        "the second step at sign-in of someone who lost telephone and recovery codes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["export", "erase", "sign-out", "no-second-step"])
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
        elif what == "sign-out":
            end_sessions(person=person, by=None, which=list(UserSession.objects.filter(user=person)))
            self.stdout.write("They are signed out everywhere.")
        else:
            self.stdout.write(_no_second_step(person))


def _export(person: Person, place: Path) -> str:
    """Write it where nothing lies yet, for nobody else to read from its first byte."""
    if place.exists():
        raise CommandError(f"{place} is there already. Name a new file: nothing is written over.")
    if not place.absolute().parent.is_dir():
        raise CommandError(f"There is no folder {place.absolute().parent}.")
    content = take_data(person=person, by=None)
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as trouble:
        raise CommandError(f"It could not be written: {trouble}") from trouble
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
