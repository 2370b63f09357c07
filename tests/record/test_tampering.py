"""Whoever holds an older checkpoint notices every change to what came before it."""

import random
from collections import Counter

import pytest
from django.db import connection, transaction

from ampersand.record.actions import forget, make_checkpoint, note_down, sealer
from ampersand.record.models import Checkpoint, Entry, Head, Verb
from ampersand.record.queries import Verdict, growing, verify_record, verifying
from ampersand.sealing import SignedCheckpoint, load_sealer, make_authority
from tests.figures import Figure
from tests.record.happenings import happen
from tests.record.tampering import KINDS, clumsily, open_up, run, thoroughly

pytestmark = pytest.mark.django_db


def verdict(*against: SignedCheckpoint) -> Verdict:
    return verify_record(certificates=[sealer().certificate], against=against)


def test_an_untouched_record_is_sound_before_and_after_it_has_anything_in_it() -> None:
    assert verdict().sound
    empty = make_checkpoint()
    happen(70)
    old = make_checkpoint()
    happen(9)
    found = verdict(empty, old)
    assert found.sound
    assert (found.size, found.root) == (81, Head.objects.get().root)
    assert "81 entries" in found.sentence


def caught(times: int, seed: int) -> Counter[str]:
    """Tamper so many times in every way; count what someone with an older checkpoint caught."""
    happen(40)
    make_checkpoint()
    happen(30)
    held = make_checkpoint()
    happen(12)
    open_up()
    assert verdict(held).sound
    chance, found = random.Random(seed), Counter[str]()
    for turn in range(times):
        kind, tamper = KINDS[turn % 4], (clumsily, thoroughly)[turn // 4 % 2]
        with transaction.atomic():
            first = tamper(kind, chance, held.size)
            told = verdict(held)
            named = told.first is not None and told.last is not None and told.first <= first <= told.last
            exact = tamper is thoroughly or told.first == first
            found[kind] += not told.sound and named and exact
            transaction.set_rollback(True)
    assert verdict(held).sound
    return found


def test_a_record_of_many_pieces_is_looked_at_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "WIDTH", 8)
    monkeypatch.setattr(growing, "WIDTH", 8)
    assert caught(8, seed=5).total() == 8


def test_a_hundred_of_a_hundred_tamperings_are_caught(figure: Figure) -> None:
    found = caught(100, seed=11)
    assert found == dict.fromkeys(KINDS, 25)
    figure("tamperings with the record caught, of 100", found.total(), goal="100")


@pytest.mark.prove
def test_a_thousand_of_a_thousand_tamperings_are_caught(figure: Figure) -> None:
    found = caught(1000, seed=12)
    assert found == dict.fromkeys(KINDS, 250)
    for kind in KINDS:
        figure(f"tamperings with the record caught: {kind}, of 250", found[kind], goal="250")


def test_a_leaf_made_without_its_salt_is_caught() -> None:
    happen(5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('record_append'::regproc)")
        (function,) = cursor.fetchone()
    forgetful = function.replace("|| grain ||", "||")
    assert forgetful != function
    with connection.cursor() as cursor:
        cursor.execute(forgetful)
        happen(1)
        cursor.execute(function)
    happen(3)
    found = verdict()
    assert not found.sound
    assert found.first == 6
    assert "Entry 6" in found.sentence


def test_erasing_a_person_leaves_the_tree_and_old_checkpoints_valid() -> None:
    happen(3, by=1, about="person:1")
    happen(4, by=2, about="agreement:5")
    happen(1, by=2, about="person:1")
    old = make_checkpoint()
    assert forget(person=1, abouts=["person:1"]) == 4
    assert verdict(old).sound
    emptied = Entry.objects.filter(number__in=[1, 2, 3, 8])
    assert {(one.content, one.salt, one.who, one.at, one.about) for one in emptied} == {(None,) * 5}
    assert Entry.objects.filter(who__isnull=False).count() == 4
    assert Entry.objects.order_by("number").last().about == "entries:1-3,8"


def test_an_erased_person_is_not_found_again_by_their_pseudonym() -> None:
    happen(3, by=1)
    forget(person=1)
    assert forget(person=1) == 0
    assert verdict().sound


def test_very_many_scattered_entries_are_erased_in_a_few_words() -> None:
    for _ in range(130):
        happen(1, by=1)
        happen(1, by=2)
    assert forget(person=1) == 130
    assert max(len(entry.about) for entry in Entry.objects.filter(verb="entries-erased")) < 1000
    assert verdict().sound


def test_a_deletion_dressed_as_an_erasure_is_caught() -> None:
    happen(5)
    open_up()
    run("UPDATE ampersand_entry SET content = NULL, salt = NULL, about = NULL WHERE number = 3")
    found = verdict()
    assert (found.sound, found.first) == (False, 3)
    assert "no entry tells of its erasure" in found.sentence


def test_an_entry_that_tells_of_no_erasure_is_named() -> None:
    happen(4)
    note_down(verb=Verb.ENTRIES_ERASED, by=None, about="entries:all-of-it")
    found = verdict()
    assert (found.sound, found.first) == (False, 5)


def test_a_checkpoint_that_we_did_not_sign_proves_nothing() -> None:
    happen(5)
    held = make_checkpoint()
    stranger = load_sealer(make_authority("Elsewhere"))
    forged = SignedCheckpoint(size=held.size, root=held.root, at=held.at).signed(stranger)
    assert "was not signed by this installation" in verdict(forged).sentence
    assert not verdict(forged).sound


def test_a_head_that_was_bent_is_caught() -> None:
    happen(5)
    open_up()
    run("UPDATE ampersand_head SET peaks = sha256('x') || sha256('y')")
    assert not verdict().sound
    run("UPDATE ampersand_head SET size = 4")
    assert not verdict().sound
    run("DELETE FROM ampersand_head")
    assert verdict().first == 1


def test_a_stored_checkpoint_that_was_changed_is_caught() -> None:
    happen(5)
    make_checkpoint()
    open_up()
    run("UPDATE ampersand_checkpoint SET root = sha256(root)")
    assert not verdict().sound
    assert Checkpoint.objects.count() == 1
