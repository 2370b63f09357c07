"""What the parts say to stderr: when, which part, what. Paths and statements stay out of it."""

import logging
import os
import sys
import time
from datetime import UTC, datetime

PART = "AMPERSAND_PART"


def say(part: str, sentence: str) -> None:
    """Write a line in the same shape as the parts' own."""
    now = datetime.now(UTC)
    line = f"{now:%Y-%m-%d %H:%M:%S}.{now.microsecond // 1000:03} UTC {part}: {sentence}"
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is the log


class Lines(logging.Formatter):
    """Lines like PostgreSQL's own, so that one log reads as one."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%d %H:%M:%S"
    default_msec_format = "%s.%03d UTC"

    def __init__(self) -> None:
        part = os.environ.get(PART, "command")
        super().__init__(f"%(asctime)s {part}: %(levelname)s %(name)s: %(message)s")


def logging_settings() -> dict[str, object]:
    """One configuration: everything to stderr, every exception with its trace; never an address asked for."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Lines}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "django.request": {"level": "ERROR"},  # addresses can hold a secret link
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},
            "procrastinate": {"level": "WARNING"},
            "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "granian.access": {"handlers": [], "propagate": False},
            "pyhanko": {"level": "WARNING"},
        },
    }
