"""Reading others' calendars in a child process with limits: whatever is in them, we go on."""

import json
import sys
from collections.abc import Collection
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ampersand.calendars.reading import LARGEST, TooMuch, Unreadable, busy_times
from ampersand.calendars.spans import Span
from ampersand.guarding.children import Overrun, ask_child
from ampersand.guarding.limits import limit

CPU_SECONDS = 8
MEMORY = 600_000_000
WALL_SECONDS = 25


def busy_times_apart(file: bytes, *, within: Span, zone: ZoneInfo, but: Collection[str] = ()) -> list[Span]:
    """As `busy_times`, for a file that a stranger gave: in a process of its own, with limits."""
    if len(file) > LARGEST:
        raise TooMuch("This calendar is larger than we can read.")
    asked = [within.starts.isoformat(), within.ends.isoformat(), zone.key, *but]
    try:
        answer = ask_child(f"{__name__}:main", file, *asked, wall_seconds=WALL_SECONDS)
    except Overrun as wrong:
        raise TooMuch("This calendar holds more than we can read.") from wrong
    if "refused" in answer:
        raise (TooMuch if answer["too_much"] else Unreadable)(str(answer["refused"]))
    return [Span(*map(datetime.fromisoformat, each)) for each in answer["busy"]]


def main() -> None:
    """What the child does: read what comes in, say when it is busy or why that cannot be said."""
    since, until, zone, *but = sys.argv[1:]
    limit(cpu_seconds=CPU_SECONDS, memory=MEMORY)
    within = Span(datetime.fromisoformat(since), datetime.fromisoformat(until))
    answer: dict[str, Any]
    try:
        file = sys.stdin.buffer.read(LARGEST + 1)
        found = busy_times(file, within=within, zone=ZoneInfo(zone), but=but)
        answer = {"busy": [(span.starts.isoformat(), span.ends.isoformat()) for span in found]}
    except Unreadable as refusal:
        answer = {"refused": str(refusal), "too_much": isinstance(refusal, TooMuch)}
    except (MemoryError, RecursionError):
        answer = {"refused": "This calendar holds more than we can read.", "too_much": True}
    sys.stdout.write(json.dumps(answer))
