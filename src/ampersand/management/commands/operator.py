"""Who looks after this installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ampersand.people.models import Person


class Command(BaseCommand):
    """Add or remove an operator."""

    help = "Let a person look after this installation, or no longer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["add", "remove"])
        parser.add_argument("email")

    def handle(self, *args: Any, what: str, email: str, **options: Any) -> None:
        person = Person.objects.by_email(email)
        if person is None and what == "add":
            person = Person.objects.create(email=email)
        if person is None:
            raise CommandError("Nobody here has that address.")
        person.is_operator = what == "add"
        person.save(update_fields=["is_operator"])
        self.stdout.write(f"{person.email} is {'now' if person.is_operator else 'no longer'} an operator.")
