"""The pages of an agreement, as the two use them, with and without JavaScript; and to everyone else."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from ampersand.agreements.models import Signature
from ampersand.people.models import Person
from tests.agreements.people import Two
from tests.agreements.visiting import HTMX, as_, url

Counting = Any  # pytest-django's counter of queries


def write(
    two: Two, by: Person, field: str, typed: str, *, seen: int | None = None, htmx: bool = False
) -> HttpResponse:
    seen = two.blank(field).revision if seen is None else seen
    headers = HTMX if htmx else {}
    return as_(by).post(url("blank", two, field), {"typed": typed, "seen": seen, "since": 0}, headers=headers)


def test_the_sheet_shows_every_word_and_gap(two: Two) -> None:
    page = as_(two.sam).get(url("agreement", two)).content.decode()
    assert "Your agreement with Hannah" in page
    assert "We work together for 12 months" in page
    assert 'id="gap-notice"' in page
    assert "hannah@work.example" not in page


def test_without_javascript_a_gap_opens_on_a_page_of_its_own(two: Two) -> None:
    page = as_(two.sam).get(url("blank", two, "notice")).content.decode()
    assert "Your agreement with Hannah" in page
    assert 'name="typed"' in page
    assert "autofocus" in page


def test_without_javascript_writing_leads_back_to_the_gap(two: Two) -> None:
    answer = write(two, two.sam, "notice", "7")
    assert answer.status_code == 302
    assert answer["Location"].endswith("#gap-notice")


def test_with_javascript_only_what_changed_comes_back(two: Two) -> None:
    answer = write(two, two.sam, "notice", "7", htmx=True).content.decode()
    assert "<html" not in answer
    assert "Saved" in answer
    assert 'id="clause-cancelling" hx-swap-oob="true"' in answer
    assert "clause-how-long" not in answer


def test_a_wrong_value_is_explained_beside_the_gap_and_kept(two: Two) -> None:
    answer = write(two, two.sam, "notice", "a fortnight or so", htmx=True).content.decode()
    assert 'value="a fortnight or so"' in answer
    assert "field--wrong" in answer


def test_the_other_sees_the_suggestion_in_words_at_the_next_look(two: Two) -> None:
    hannah = as_(two.hannah)
    assert hannah.get(url("changes", two) + "?since=0").status_code == 204
    write(two, two.sam, "notice", "7")
    news = hannah.get(url("changes", two) + "?since=0", headers=HTMX).content.decode()
    assert "Sam suggests “7 days”" in news
    assert "<ins>7 days</ins>" in news
    assert 'id="editor-' not in news
    assert hannah.get(url("changes", two) + f"?since={two.fresh().revision}").status_code == 204


def test_two_who_write_at_once_both_see_both_texts(two: Two) -> None:
    write(two, two.hannah, "between", "By e-mail")
    write(two, two.hannah, "notice", "7", seen=0)
    answer = write(two, two.sam, "notice", "3", seen=0, htmx=True).content.decode()
    assert "Hannah has just suggested “7 days”" in answer
    assert "Your words: “3”" in answer
    assert 'value="3"' in answer
    seen = re.findall(r'name="seen" value="(\d+)"', answer)[-1]
    assert write(two, two.sam, "notice", "3", seen=int(seen)).status_code == 302
    assert two.blank("notice").suggested == "3"


def test_agreeing_in_one_press(two: Two) -> None:
    write(two, two.hannah, "notice", "7")
    seen = two.blank("notice").revision
    answer = as_(two.sam).post(url("agree", two, "notice"), {"seen": seen})
    assert answer.status_code == 302
    assert two.blank("notice").agreed == "7"


def test_pressing_sign_too_early_shows_what_is_left(two: Two) -> None:
    page = as_(two.sam).get(url("sign", two)).content.decode()
    assert "Not quite ready to sign" in page
    assert "#gap-notice" in page


def test_dependent_text_that_falls_away_is_hidden_and_comes_back(two: Two) -> None:
    two.suggest(two.hannah, "notes", "no")
    before = two.fresh().revision
    two.agree(two.sam, "notes")
    news = as_(two.hannah).get(url("changes", two) + f"?since={before}", headers=HTMX).content.decode()
    assert re.search(r'id="clause-[a-z-]+" hidden hx-swap-oob', news)


@pytest.mark.parametrize("name", ["agreement", "changes", "sign", "by_hand", "paper", "copy"])
def test_to_everyone_else_it_does_not_exist(two: Two, name: str) -> None:
    for person in (two.outsider, two.olive):
        assert as_(person).get(url(name, two)).status_code == 404
    assert Client().get(url(name, two)).status_code == 302


@pytest.mark.parametrize("name", ["blank", "agree", "take_back"])
def test_nobody_else_writes_in_it(two: Two, name: str) -> None:
    for person in (two.outsider, two.olive):
        answer = as_(person).post(url(name, two, "notice"), {"typed": "7", "seen": 0})
        assert answer.status_code == 404
    assert two.blank("notice").revision == 0


def test_a_blank_that_is_not_there_does_not_exist(two: Two) -> None:
    assert as_(two.sam).get(url("blank", two, "nonsense")).status_code == 404


def test_the_sheet_costs_the_same_however_much_is_written(
    two: Two, django_assert_num_queries: Counting
) -> None:
    client = as_(two.sam)
    client.get(url("agreement", two))
    with django_assert_num_queries(5):
        client.get(url("agreement", two))
    for name, typed in {"notice": "7", "often": "monthly", "notes": "yes", "recording": "no"}.items():
        two.suggest(two.hannah, name, typed)
    with django_assert_num_queries(5):
        client.get(url("agreement", two))


def test_looking_for_changes_is_cheap(two: Two, django_assert_num_queries: Counting) -> None:
    client = as_(two.sam)
    client.get(url("agreement", two))
    with django_assert_num_queries(3):
        assert client.get(url("changes", two) + "?since=0").status_code == 204


def test_what_is_typed_is_shown_as_typed(two: Two) -> None:
    write(two, two.sam, "mentee-contact", "<script>alert(1)</script>")
    page = as_(two.hannah).get(url("agreement", two)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_no_signature_without_the_whole_text(two: Two) -> None:
    answer = as_(two.sam).post(url("sign", two), {"name": "Sam", "read": "0" * 64})
    assert "Not quite ready" in answer.content.decode()
    assert Signature.objects.count() == 0


def test_words_typed_as_the_session_ended_are_there_after_signing_in(two: Two) -> None:
    client = as_(two.sam)
    sheet = f"http://testserver{url('agreement', two)}"
    client.logout()
    answer = client.post(
        url("blank", two, "notice"),
        {"typed": "13", "seen": 0, "blank": "notice"},
        headers={**HTMX, "Referer": sheet},
    )
    assert answer.status_code == 204
    assert answer["HX-Redirect"].startswith("/sign-in/")
    client.force_login(two.sam)
    page = client.get(url("agreement", two)).content.decode()
    assert 'value="13"' in page
    assert two.blank("notice").revision == 0
