"""The two fill in their agreement: suggest, agree, suggest something else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.agreements.actions.agreeing import agree, suggest, take_back
from ampersand.agreements.notices import tell_lapsed, tell_suggested
from ampersand.agreements.queries import standing_of
from ampersand.agreements.rules import Overtaken
from ampersand.notifications.models import Letter
from ampersand.people.models import MailWish, Person
from ampersand.people.rules import Refused
from ampersand.record.models import Entry
from ampersand.wording import WrongValue
from tests.agreements.people import Two
from tests.cast import sign_in


def left(two: Two) -> set[str]:
    return {field.id for field in standing_of(two.fresh()).left}


def test_opening_tells_both_and_suggests_what_they_are_called(two: Two) -> None:
    assert two.blank("mentor-name").suggested == "Hannah"
    assert two.blank("mentee-name").suggested == "Sam"
    assert {letter.to for letter in Letter.objects.filter(event="agreements/opened")} == {
        two.hannah.email,
        two.sam.email,
    }
    assert Entry.objects.filter(verb="agreement-opened", about=f"agreement:{two.agreement.pk}").count() == 1


def test_one_suggests_and_the_other_agrees(two: Two) -> None:
    two.suggest(two.hannah, "notice", "7")
    assert "notice" in left(two)
    two.agree(two.sam, "notice")
    assert two.blank("notice").agreed == "7"
    assert "notice" not in left(two)


def test_nobody_agrees_to_their_own_suggestion(two: Two) -> None:
    two.suggest(two.hannah, "notice", "7")
    two.agree(two.hannah, "notice")
    assert two.blank("notice").agreed == ""


def test_what_the_wording_suggests_needs_both(two: Two) -> None:
    two.agree(two.sam, "often")
    assert (two.blank("often").suggested_by, two.blank("often").agreed) == (two.sam, "")
    two.agree(two.hannah, "often")
    assert two.blank("often").agreed == "every 4 weeks"


def test_a_counter_suggestion_takes_the_place_of_the_first(two: Two) -> None:
    two.suggest(two.hannah, "notice", "7")
    two.suggest(two.sam, "notice", "3")
    blank = two.blank("notice")
    assert (blank.suggested, blank.suggested_by) == ("3", two.sam)


def test_suggesting_the_same_is_agreeing(two: Two) -> None:
    two.suggest(two.hannah, "notice", "7")
    two.suggest(two.sam, "notice", "7 days")
    assert two.blank("notice").agreed == "7"


def test_an_agreed_blank_stands_until_the_change_is_agreed(two: Two) -> None:
    two.suggest(two.hannah, "notice", "7")
    two.agree(two.sam, "notice")
    two.suggest(two.sam, "notice", "3")
    assert two.blank("notice").agreed == "7"
    assert "notice" in left(two)
    two.suggest(two.hannah, "notice", "7")
    assert two.blank("notice").suggested == ""
    assert "notice" not in left(two)


def test_a_suggestion_can_be_taken_back_by_whoever_made_it(two: Two) -> None:
    two.suggest(two.hannah, "notice", "7")
    seen = two.blank("notice").revision
    take_back(agreement=two.fresh(), field="notice", seen=seen, by=two.sam)
    assert two.blank("notice").suggested == "7"
    take_back(agreement=two.fresh(), field="notice", seen=seen, by=two.hannah)
    assert two.blank("notice").suggested == ""


def test_each_fills_in_their_own_blanks_alone(two: Two) -> None:
    two.suggest(two.sam, "mentee-contact", "A text message first")
    assert two.blank("mentee-contact").agreed == "A text message first"
    with pytest.raises(Refused, match="Only Sam"):
        two.suggest(two.hannah, "mentee-contact", "By pigeon")


def test_two_who_write_in_one_blank_at_once_lose_no_word(two: Two) -> None:
    seen = two.blank("notice").revision
    suggest(agreement=two.fresh(), field="notice", typed="7", seen=seen, by=two.hannah)
    with pytest.raises(Overtaken, match="Hannah has just suggested “7 days”"):
        suggest(agreement=two.fresh(), field="notice", typed="3", seen=seen, by=two.sam)
    assert two.blank("notice").suggested == "7"


def test_agreeing_to_what_one_has_not_seen_is_refused(two: Two) -> None:
    seen = two.suggest(two.hannah, "notice", "7").revision
    two.suggest(two.hannah, "notice", "30")
    with pytest.raises(Overtaken):
        agree(agreement=two.fresh(), field="notice", seen=seen, by=two.sam)
    assert two.blank("notice").agreed == ""


def test_agreeing_without_saying_what_one_saw_is_refused(client: Client, two: Two) -> None:
    address = reverse("agreements:agree", args=[two.agreement.pk, "often"])
    sign_in(client, two.sam)
    for seen in ({}, {"seen": "abc"}, {"seen": "9" * 30}):
        client.post(address, seen)
        assert two.blank("often").suggested_by is None
    client.post(address, {"seen": "0"})
    assert two.blank("often").suggested_by == two.sam


def test_what_cannot_stand_in_a_blank_is_said_in_a_sentence(two: Two) -> None:
    with pytest.raises(WrongValue):
        two.suggest(two.hannah, "notice", "several")


def test_dependent_text_comes_with_its_condition(two: Two) -> None:
    def words() -> str:
        return " ".join(c.text for c in standing_of(two.fresh()).document.clauses() if c.applies)

    two.fill_all()
    with_notes = words()
    two.suggest(two.hannah, "notes", "no")
    two.agree(two.sam, "notes")
    assert words() != with_notes
    assert len(words()) < len(with_notes)


def test_when_nothing_is_left_both_are_told_once(two: Two) -> None:
    two.fill_all()
    assert left(two) == set()
    assert Letter.objects.filter(event="agreements/ready_to_sign").count() == 2


def test_a_reminder_waits_for_the_letter_of_the_day_and_what_must_be_known_does_not(two: Two) -> None:
    Person.objects.filter(pk=two.sam.pk).update(mail_wish=MailWish.DAILY)
    two.suggest(two.hannah, "notice", "7")
    tell_suggested(two.fresh(), two.fresh().pair.mentee)
    tell_lapsed(two.fresh())
    letters = Letter.objects.filter(to=two.sam.email)
    assert letters.get(event="agreements/suggested").daily
    assert not letters.get(event="agreements/lapsed").daily
    Person.objects.filter(pk=two.sam.pk).update(erased_at=timezone.now())
    before = letters.count()
    tell_lapsed(two.fresh())
    assert letters.count() == before
