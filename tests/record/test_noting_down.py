"""Everything that happens is noted down, once, in its own transaction, in words for each reader."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from ampersand.record.actions import note_down
from ampersand.record.models import Entry, Head, Verb
from ampersand.record.queries import history_of, history_of_scheme, in_words, pseudonym
from ampersand.sealing import merkle
from tests.record.happenings import happen

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_what_and_when() -> None:
    note_down(verb=Verb.SIGNED_IN, by=7, about="person:7")
    made = note_down(verb=Verb.AGREEMENT_SIGNED, by=7, about="agreement:12", scheme=3, fingerprint="ab" * 32)
    entry = Entry.objects.get(number=2)
    assert (entry.verb, entry.about, entry.scheme) == (Verb.AGREEMENT_SIGNED, "agreement:12", 3)
    assert (entry.who, entry.fingerprint) == (pseudonym(7), "ab" * 32)
    assert (entry.at, entry.number) == (made.at, made.number)


def test_who_did_it_cannot_be_told_without_the_key(settings: object) -> None:
    before = pseudonym(7)
    settings.RECORD_KEY = b"another installation"  # type: ignore[attr-defined]
    assert pseudonym(7) != before


def test_the_tree_grows_with_every_entry() -> None:
    happen(21)
    peaks: list[bytes] = []
    for entry in Entry.objects.all():
        peaks = merkle.append(entry.number - 1, peaks, bytes(entry.leaf))
    assert Head.objects.get().size == 21
    assert Head.objects.get().root == merkle.root_of(peaks)


def test_noting_down_asks_the_database_once_however_long_the_record_is() -> None:
    happen(40)
    with CaptureQueriesContext(connection) as asked:
        happen(1)
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_noting_down_needs_the_transaction_of_what_it_tells_about() -> None:
    with pytest.raises(TransactionManagementError):
        note_down(verb=Verb.SIGNED_IN, by=7, about="person:7")


@pytest.mark.django_db(transaction=True)
def test_what_did_not_happen_leaves_no_entry_and_no_gap() -> None:
    with transaction.atomic():
        happen(2)
    with transaction.atomic():
        happen(1)
        transaction.set_rollback(True)
    with transaction.atomic():
        happen(1)
    assert list(Entry.objects.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("about", ["", "Hannah", "agreement:12 signed", "person:hannah@example.org", "a:b c"])
def test_private_words_find_no_place(about: str) -> None:
    with pytest.raises(ValueError, match="not a thing and its id"):
        note_down(verb=Verb.SIGNED_IN, by=1, about=about)


def test_two_people_doing_the_same_leave_leaves_that_nobody_can_guess() -> None:
    happen(30, by=5, about="agreement:1")
    rows = list(Entry.objects.all())
    assert len({bytes(row.salt) for row in rows}) == 30
    assert all(len(row.salt) == 32 for row in rows)
    for row in rows:
        assert merkle.leaf_hash(row.content.encode()) != bytes(row.leaf)
        assert merkle.leaf_hash(bytes(row.salt) + row.content.encode()) == bytes(row.leaf)


CHANGES: dict[str, Callable[[], object]] = {
    "an entry's words": lambda: Entry.objects.filter(number=2).update(content="2 5 - signed-in person:1 - -"),
    "an entry's hash": lambda: Entry.objects.filter(number=2).update(leaf=b"?" * 32),
    "half an erasure": lambda: Entry.objects.filter(number=2).update(content=None),
    "taking an entry out": lambda: Entry.objects.filter(number=2).delete(),
    "winding the head back": lambda: Head.objects.update(size=1),
    "taking the head away": lambda: Head.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_itself_refuses_changes(change: Callable[[], object]) -> None:
    happen(3)
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_each_reads_their_own_history_and_nobody_elses() -> None:
    note_down(verb=Verb.REQUEST_MADE, by=1, about="request:1", scheme=9)
    note_down(verb=Verb.REQUEST_MADE, by=2, about="request:2", scheme=9)
    note_down(verb=Verb.INTRODUCTION_OFFERED, by=3, about="request:1", scheme=9)
    mine = [in_words(entry, reader=1) for entry in history_of(1, ["request:1"])]
    assert mine == ["Two people were introduced to each other.", "You asked for a mentor."]
    scheme = [in_words(entry) for entry in history_of_scheme(9)]
    assert scheme == [
        "Two people were introduced to each other.",
        "Someone asked for a mentor.",
        "Someone asked for a mentor.",
    ]


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_a_sentence_for_the_doer_and_one_for_others(verb: Verb) -> None:
    assert str(verb.yours).startswith("You ")
    assert str(verb.yours).endswith(".")
    assert str(verb.label).endswith(".")
    assert not str(verb.label).startswith("You")
    assert " " not in verb.value
