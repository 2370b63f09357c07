"""What happened, as told to a person or to those who run a scheme."""

import hashlib
import hmac
from collections.abc import Collection

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ampersand.record.models import Entry, Verb


def pseudonym(person: int) -> str:
    """Give the name a person goes by in the record; only this installation's key connects the two."""
    return hmac.new(settings.RECORD_KEY, b"person %d" % person, hashlib.sha256).hexdigest()[:32]


def history_of(person: int, abouts: Collection[str] = ()) -> QuerySet[Entry]:
    """Find what a person did, and what happened to what is theirs, newest first."""
    return Entry.objects.filter(Q(who=pseudonym(person)) | Q(about__in=list(abouts))).order_by("-number")


def history_of_scheme(scheme: int) -> QuerySet[Entry]:
    """Find what happened in a scheme, newest first. Show it with `in_words`, which names nobody."""
    return Entry.objects.filter(scheme=scheme).order_by("-number")


def in_words(entry: Entry, *, reader: int | None = None) -> str:
    """Tell an entry in a sentence: as "You …" to who did it, without a name to anyone else."""
    if entry.verb is None:
        return _("This entry was erased.")
    if entry.verb not in Verb.values:
        return _("Something happened that this version has no words for.")
    verb = Verb(entry.verb)
    return str(verb.yours if reader is not None and entry.who == pseudonym(reader) else verb.label)
