"""The `ampersand` command."""

import os
import sys


def main() -> None:
    """Run one command of the management package."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
