"""Put everything into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from ampersand import __version__
from ampersand.management.recorded import keys_in_use, recorded
from ampersand.running.backups import LAST, back_up, connection_of


class Command(BaseCommand):
    """Works while the site is in use: the database is read as it was at one moment."""

    help = "Put the database, the secrets and the sealing key into one file that only you may read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path, help="the file to write; it must not be there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it."""
        target: Path = options["file"].resolve()
        if target.exists():
            raise CommandError(f"{target} is there already. Name a new file: no backup is written over.")
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        now = timezone.now()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            entries, root = recorded()
            about = {
                "version": __version__,
                "at": now.isoformat(),
                "entries": entries,
                "root": root,
                "keys": keys_in_use(),
            }
            back_up(
                data=settings.DATA,
                connection=connection_of(connection.settings_dict),
                snapshot=snapshot,
                about=about,
                target=target,
            )
        (settings.DATA / LAST).write_text(now.isoformat())
        self.stdout.write(
            f"Written to {target}: {entries} entries of the record, root {root}.\n"
            "Whoever holds this file holds the keys: keep it where only you can read it."
        )
