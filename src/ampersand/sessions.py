"""How long a session lasts: two weeks since it was last used, and sixty days in all.

Django's own sessions end some time after they were last written to, which says little about their use, and
never by themselves while somebody goes on writing.
"""

import time
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

BEGAN = "began"
LONGEST = timedelta(days=60)
DAY = timedelta(days=1)


class SessionStore(db.SessionStore):
    """A session in the database; that it was used is written down once a day, not at every page."""

    def cycle_key(self) -> None:
        """Take another key, as signing in does: from then on the time counts."""
        self[BEGAN] = int(time.time())
        super().cycle_key()

    def load(self) -> dict[str, Any]:
        """Read it, unless it has lasted long enough."""
        row = self._get_session_from_db()  # type: ignore[attr-defined]
        kept: dict[str, Any] = self.decode(row.session_data) if row else {}
        if row is None or SESSION_KEY not in kept:
            return kept
        now = timezone.now()
        began = kept.get(BEGAN)
        if began is not None and now.timestamp() - began > LONGEST.total_seconds():
            row.delete()
            self._session_key = None
            return {}
        if row.expire_date - now < timedelta(seconds=self.get_session_cookie_age()) - DAY:
            kept.setdefault(BEGAN, int(now.timestamp()))  # one that is older than this rule
            self.modified = True
        return kept
