"""Bring the database and the static files up to this version."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ampersand import __version__
from ampersand.people.models import Person

QUIETLY = {"verbosity": 0, "interactive": False}


class Command(BaseCommand):
    """What `serve` does before it opens; run it yourself when the parts run alone."""

    help = "Bring the database and the static files up to this version."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, collect, and fill an empty demo."""
        refuse_what_is_newer()
        call_command("migrate", **QUIETLY)
        call_command("collectstatic", **QUIETLY)
        if settings.DEMO and "demo" in get_commands() and not Person.objects.exists():
            call_command("demo", "fill")


def refuse_what_is_newer() -> None:
    """Refuse a database that a later version has changed: this one would not know what it finds there."""
    loader = MigrationLoader(connection)
    unknown = {name for app, name in loader.applied_migrations or {} if app == "ampersand"}
    unknown -= {name for app, name in loader.disk_migrations or {} if app == "ampersand"}
    unknown -= {old for one in (loader.replacements or {}).values() for _app, old in one.replaces}
    if unknown:
        raise CommandError(
            f"This database was made by a later version of Ampersand ({max(unknown)}); this is "
            f"{__version__}. Install that version, or a newer one."
        )
