"""What the child process does that an agreement is read in: it limits itself, reads, and says what it found."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from ampersand.guarding.limits import limit
from ampersand.wording.reading.findings import Reading
from ampersand.wording.reading.lines import TOO_MUCH, Unreadable
from ampersand.wording.reading.sheets.formats import LARGEST, sheet_of
from ampersand.wording.reading.understand import understand

CPU_SECONDS = 2
"""How long the child may compute."""

MEMORY = 700_000_000
"""How much the child may address; what it really uses is well below."""


def read_here(data: bytes, name: str = "") -> Reading:
    """As `asking.read`, in this process and without limits: for files we wrote ourselves, and for the child."""
    return understand(sheet_of(data, name))


def main() -> None:
    """What the child does: read what comes in, say what was found or why not."""
    limit(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    data = sys.stdin.buffer.read(LARGEST + 1)
    answer: Mapping[str, Any]
    try:
        answer = read_here(data, sys.argv[1] if len(sys.argv) > 1 else "").as_dict()
    except Unreadable as error:
        answer = {"refused": str(error)}
    except (MemoryError, RecursionError):
        answer = {"refused": TOO_MUCH}
    except Exception:  # whatever a broken file makes a library raise
        answer = {"refused": "This file is damaged and could not be read. Save it again, or paste its text."}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
