"""Reads about people: everything kept about one, found through what each model declares."""

from ampersand.people.queries.archive import archive_of
from ampersand.people.queries.devices import device_of
from ampersand.people.queries.keeping import Kept, everything_about, everything_kept, rows_of

__all__ = ["Kept", "archive_of", "device_of", "everything_about", "everything_kept", "rows_of"]
