"""Everything that happens is noted down, once, in its own transaction, in words for each reader."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg import sql

from ampersand.people.models import Person
from ampersand.record.actions import make_checkpoint, note_down
from ampersand.record.models import Entry, Head, Verb
from ampersand.record.queries import history_of, history_of_scheme, in_words, pseudonym
from ampersand.sealing import merkle
from tests.cast import person
from tests.record.happenings import happen

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_what_and_when() -> None:
    note_down(verb=Verb.SIGNED_IN, by=7, about="person:7")
    note_down(verb=Verb.AGREEMENT_SIGNED, by=7, about="agreement:12", scheme=3, fingerprint="ab" * 32)
    entry = Entry.objects.get(number=2)
    assert (entry.verb, entry.about, entry.scheme) == (Verb.AGREEMENT_SIGNED, "agreement:12", 3)
    assert (entry.who, entry.fingerprint) == (pseudonym(7), "ab" * 32)
    assert abs(timezone.now() - entry.at) < timedelta(hours=1)


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


@pytest.mark.django_db(transaction=True)
def test_entries_travel_with_the_commit_in_one_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the record is, and however much is noted down; nothing more is asked before or after."""
    with transaction.atomic():
        happen(40)
    said: list[str] = []
    connection.ensure_connection()
    execute = connection.connection.execute

    def told(words: sql.Composed, **how: object) -> object:
        said.append(words.as_string(None))
        return execute(words, **how)

    monkeypatch.setattr(connection.connection, "execute", told)
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        happen(2)
    (whole,) = said
    assert [each["sql"] for each in asked] == ["BEGIN", "COMMIT"]
    assert whole.count("record_append") == 2
    assert [whole.count(words) for words in ("; COMMIT; ", "pg_logical_emit_message")] == [1, 1]
    assert Entry.objects.count() == 42


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_what_is_done_after_noting_down() -> None:
    def another() -> None:
        with transaction.atomic():
            happen(1, by=2)
        connection.close()

    with ThreadPoolExecutor(1) as crowd, transaction.atomic():
        happen(1, by=1)
        crowd.submit(another).result(60)
        assert [entry.who for entry in Entry.objects.all()] == [pseudonym(2)]
    assert [entry.who for entry in Entry.objects.all()] == [pseudonym(2), pseudonym(1)]


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_within_a_transaction_is_not_noted_down() -> None:
    with transaction.atomic():
        happen(1, by=1)
        with suppress(LookupError), transaction.atomic():
            happen(1, by=2)
            raise LookupError
        happen(1, by=3)
    assert [entry.who for entry in Entry.objects.all()] == [pseudonym(1), pseudonym(3)]


@pytest.mark.django_db(transaction=True)
def test_what_was_appended_early_and_taken_back_with_something_else_is_appended_all_the_same() -> None:
    with transaction.atomic():
        happen(1, by=1)
        with suppress(LookupError), transaction.atomic():
            make_checkpoint()  # which is of all that was noted down before it
            assert Entry.objects.count() == 1
            raise LookupError
        assert not Entry.objects.exists()
    assert [entry.who for entry in Entry.objects.all()] == [pseudonym(1)]


@transaction.atomic
def asking_fails() -> None:
    person("Bea")
    happen(1)


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_cannot_be_appended_takes_everything_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER FUNCTION record_append(text, bytea) RENAME TO record_append_away")
    try:
        with pytest.raises(ProgrammingError):
            asking_fails()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER FUNCTION record_append_away(text, bytea) RENAME TO record_append")
    assert not Person.objects.exists()
    assert not Entry.objects.exists()


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
