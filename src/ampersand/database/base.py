"""What travels with a commit, in one conversation with the database instead of three.

Django finds the class by its name, through `ENGINE` in the settings. Decision 37 says why it is there.
"""

from dataclasses import dataclass, field
from typing import LiteralString

from django.db.backends.postgresql import base
from psycopg import sql


@dataclass
class SaidLast:
    """Something to say to the database just before a transaction commits, and just after.

    It is handed to `transaction.on_commit`, so that Django forgets it with whatever is rolled back.
    """

    before: sql.Composed
    after: LiteralString
    said: bool = field(default=False, init=False)
    within: tuple[str | None, ...] = field(default=(), init=False)  # the savepoints it was said early in

    def __call__(self) -> None:
        """By now all is said."""


class DatabaseWrapper(base.DatabaseWrapper):
    def say_now(self) -> None:
        """Say what was to be said just before the commit: someone needs to know what comes of it."""
        for each in self._last():
            if not each.said:
                each.said, each.within = True, tuple(self.savepoint_ids)
                with self.cursor() as cursor:
                    cursor.execute(each.before)

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        for each in self._last():
            each.said = each.said and sid not in each.within  # taken back, it is to be said again

    def commit(self) -> None:
        if last := self._last():
            words: list[sql.Composable] = [each.before for each in last if not each.said]
            words += [sql.SQL("COMMIT"), *(sql.SQL(after) for after in {each.after for each in last})]
            with self.wrap_database_errors:
                self.connection.execute(sql.SQL("; ").join(words), prepare=False)
        super().commit()

    def _last(self) -> list[SaidLast]:
        return [each[1] for each in self.run_on_commit if isinstance(each[1], SaidLast)]
