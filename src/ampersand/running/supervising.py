"""Looking after the parts: started in order, started again when they die, stopped together."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

from ampersand.running.children import stop
from ampersand.running.logs import say

FIRST_DELAY, LONGEST_DELAY = 0.2, 5.0
ASKS_TO_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
STEADY = 30.0  # seconds after which a part has earned a quick restart again


_heard: list[int] = []  # the signals that asked us to stop


class Stopping(BaseException):  # like KeyboardInterrupt: nothing may swallow it
    """Someone asked us to stop."""


def stop_if_asked() -> None:
    """Stop if someone asked while nothing could be raised, as just after a fork: Python drops it there."""
    if _heard:
        raise Stopping


@dataclass
class Part:
    """One child that should be running."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop_by: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 15.0),)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    not_before: float = 0.0
    delay: float = field(default=FIRST_DELAY)

    def begin(self) -> None:
        """Start it."""
        self.started = time.monotonic()
        self.process = self.start()

    def look_after(self) -> None:
        """Start it again if it has died and its delay is over."""
        now = time.monotonic()
        if self.process is not None:
            status = self.process.poll()
            if status is None:
                return
            self.process = None
            self.delay = FIRST_DELAY if now - self.started > STEADY else self.delay
            self.not_before = now + self.delay
            say("serve", f"{self.name} {_ending(status)}; it starts again in {self.delay:.1f} s.")
            self.delay = min(self.delay * 2, LONGEST_DELAY)
        elif now >= self.not_before:
            self.begin()

    def end(self) -> None:
        """Stop it, if it runs."""
        if self.process is not None:
            stop(self.process, *self.stop_by)


def look_after(parts: Sequence[Part]) -> None:
    """Keep all parts running until someone asks to stop."""
    while True:
        stop_if_asked()
        for part in parts:
            part.look_after()
        time.sleep(0.1)


def end_all(parts: Sequence[Part]) -> None:
    """Stop the parts, the first started last; all but that one are asked at once."""
    for sign in ASKS_TO_STOP:
        signal.signal(sign, signal.SIG_IGN)
    for part in parts[1:]:
        if part.process is not None and part.process.poll() is None:
            part.process.send_signal(part.stop_by[0][0])
    for part in reversed(parts):
        part.end()


@contextmanager
def until_asked_to_stop() -> Iterator[None]:
    """Turn the signals that ask to stop into the end of this block; further ones change nothing."""

    def asked(number: int, _frame: FrameType | None) -> None:
        _heard.append(number)
        for sign in ASKS_TO_STOP:
            signal.signal(sign, signal.SIG_IGN)
        raise Stopping

    _heard.clear()
    for sign in ASKS_TO_STOP:
        signal.signal(sign, asked)
    with suppress(Stopping):
        yield


def _ending(status: int) -> str:
    if status < 0:
        return f"was killed by {signal.Signals(-status).name}"
    return f"ended with status {status}"
