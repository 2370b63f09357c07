"""Bring the database and the static files up to this version."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from ampersand.people.models import Person


class Command(BaseCommand):
    """What `serve` does before it opens; run it yourself when the parts run alone."""

    help = "Bring the database and the static files up to this version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, collect, and fill an empty demo."""
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        if settings.DEMO and "demo" in get_commands() and not Person.objects.exists():
            call_command("demo", "fill")
