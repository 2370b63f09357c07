"""The `ampersand` command."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from importlib import import_module

from ampersand.running import embedded
from ampersand.running.logs import PART
from ampersand.running.places import data_folder, setting

PLAIN = {
    "serve": "ampersand.running.serving",
    "database": "ampersand.running.serving",
    "with-database": "ampersand.running.serving",
    "restore": "ampersand.management.offline",
    "verify": "ampersand.management.offline",
    "coverage": "ampersand.management.offline",
    "read": "ampersand.wording.reading.command",
}
# Commands that look after the database themselves, or do without one.
WITHOUT_DATABASE = {"help", "makemigrations", "makemessages", "compilemessages", "collectstatic", "states"}


def main() -> None:
    """Run one command."""
    name, arguments = (sys.argv[1] if len(sys.argv) > 1 else "help"), sys.argv[2:]
    os.environ.setdefault(PART, name)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
    if name in PLAIN:
        sys.exit(_plain_command(name)(arguments))
    if name in {"help", "--help", "-h"} and not arguments:
        from ampersand.management.listing import listing

        print(listing({name: _plain_command(name).__doc__ or "" for name in PLAIN}))
        return
    asks_only = {"--help", "-h", "--version"} & set(sys.argv)
    needed = name not in WITHOUT_DATABASE and not asks_only and not setting("AMPERSAND_DATABASE_URL")
    with embedded.running(data_folder()) if needed else nullcontext():
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


def _plain_command(name: str) -> Callable[[Sequence[str]], int]:
    """Load a command that starts without Django, and nothing that it does not need."""
    command: Callable[[Sequence[str]], int] = getattr(import_module(PLAIN[name]), name.replace("-", "_"))
    return command


if __name__ == "__main__":
    main()
