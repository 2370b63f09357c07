"""The `ampersand` command."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext

from ampersand.running import embedded
from ampersand.running.logs import PART
from ampersand.running.places import data_folder, setting
from ampersand.running.serving import database, serve

# Commands that look after the database themselves, or do without one.
WITHOUT_DATABASE = {"help", "makemigrations", "makemessages", "compilemessages", "collectstatic"}


def main() -> None:
    """Run one command."""
    name, arguments = (sys.argv[1] if len(sys.argv) > 1 else "help"), sys.argv[2:]
    os.environ.setdefault(PART, name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
    plain = _plain_commands().get(name)
    if plain:
        sys.exit(plain(arguments))
    if name in {"help", "--help", "-h"} and not arguments:
        from ampersand.management.listing import listing

        print(listing(_plain_commands()))
        return
    asks_only = {"--help", "-h", "--version"} & set(sys.argv)
    needed = name not in WITHOUT_DATABASE and not asks_only and not setting("AMPERSAND_DATABASE_URL")
    with embedded.running(data_folder()) if needed else nullcontext():
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


def _plain_commands() -> dict[str, Callable[[Sequence[str]], int]]:
    """Commands that run without Django."""
    from ampersand.management.offline import coverage, restore, verify

    commands = (serve, database, verify, coverage, restore)
    return {command.__name__: command for command in commands}


if __name__ == "__main__":
    main()
