"""`ampersand demo fill`: bring the demo's cast to where the story has them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ampersand.demo.story import is_told, tell


class Command(BaseCommand):
    """Fill an empty installation with the demo's story."""

    help = "Fill the demo with a made-up cast, pairs at every stage of life."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["fill"])

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is off. Start it with AMPERSAND_DEMO=1 or `ampersand serve --demo`.")
        if is_told():
            self.stdout.write("The demo is filled already.")
            return
        tell()
        self.stdout.write("The demo is filled.")
