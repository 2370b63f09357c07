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
NOT_PREPARED = {"42P01", "42883", "42703"}  # no such table, function, column
NOT_UP_TO_THIS = "The database is not up to this version. Run ampersand prepare, or start ampersand serve."
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
        _run(sys.argv)


def _run(words: Sequence[str]) -> None:
    """Run a command of Django's or ours; a database that is empty, old or away is told in a sentence."""
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(list(words))
    except (OperationalError, ProgrammingError) as trouble:
        missing = getattr(trouble.__cause__, "sqlstate", None) in NOT_PREPARED
        if "--traceback" in words or not (missing or isinstance(trouble, OperationalError)):
            raise
        sys.exit(_not_ready(NOT_UP_TO_THIS if missing else f"The database does not answer. {trouble}"))


def _not_ready(sentence: str) -> int:
    """Say why nothing could be done; the code is not that of a record that was changed."""
    print(sentence.strip(), file=sys.stderr)
    return 2


def _plain_command(name: str) -> Callable[[Sequence[str]], int]:
    """Load a command that starts without Django, and nothing that it does not need."""
    command: Callable[[Sequence[str]], int] = getattr(import_module(PLAIN[name]), name.replace("-", "_"))
    return command


if __name__ == "__main__":
    main()
