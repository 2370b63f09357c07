"""Compare the record that came back with the one that was backed up."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ampersand.management.recorded import keys_in_use, recorded


class Command(BaseCommand):
    """The last step of `restore`."""

    help = "Compare the record with the size and root that a backup names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what the backup says."""
        parser.add_argument("entries", type=int)
        parser.add_argument("root")
        parser.add_argument("keys", nargs="?", default="{}")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say whether they are the same."""
        here, known = keys_in_use(), json.loads(options["keys"])
        for name in (name for name, mark in known.items() if here.get(name, mark) != mark):
            raise CommandError(
                f"The {name} here is not the one of the backup. Where it came from the environment, set "
                f"AMPERSAND_{name.upper()} as it was there; otherwise take it away. Then restore once more, "
                "into an empty place."
            )
        entries, root = recorded()
        if (entries, root) != (options["entries"], options["root"]):
            raise CommandError(
                f"The record that came back is not the one that was backed up: {entries} entries with the "
                f"root {root}, not {options['entries']} with {options['root']}. Do not use this installation."
            )
        self.stdout.write(
            f"Restored. The record is the one that was backed up: {entries} entries, root {root}."
        )
