"""What time brings to a pair: not too early, not when it would only mislead, and not at night."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from ampersand.calendars import awake

PARTIES = ("mentor", "mentee")
W = TypeVar("W", bound=StrEnum, covariant=True)


@dataclass(frozen=True)
class Coming(Generic[W]):
    """One thing that time brings: not before `at`, not once it is `over`, in the waking hours of `zone`."""

    at: datetime
    what: W
    whom: str
    about: str
    zone: str = ""
    over: datetime | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it once for its pair."""
        return str(self.what), self.about, self.whom

    def is_due(self, now: datetime) -> bool:
        """Say whether it is to be done now: not early, not when it would only mislead, not at night."""
        if now < self.at or self.is_past(now):
            return False
        return not self.zone or awake(now, self.zone)

    def is_past(self, now: datetime) -> bool:
        """Say whether it would come too late to be of use."""
        return self.over is not None and now >= self.over
