"""What a person may write into a blank, and what they are told when it cannot stand there."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.wording import (
    Duration,
    Field,
    Frequency,
    Kind,
    Option,
    Times,
    Value,
    Window,
    WrongValue,
    read_value,
    show_value,
    store_value,
)

NOTICE = Field("notice", Kind.NUMBER, "Days of notice", unit="days", low=0, high=60)
NOTES = Field("notes", Kind.CHOICE, "Notes", options=(Option("yes", "will"), Option("no", "will not")))


def of(kind: Kind) -> Field:
    return Field("it", kind, "It")


READ: list[tuple[Field, str, Value, str]] = [
    (NOTICE, "7", 7, "7 days"),
    (NOTICE, " 1 day ", 1, "1 day"),
    (NOTICE, "seven days", 7, "7 days"),
    (NOTICE, "No", 0, "0 days"),
    (NOTICE, "٧", 7, "7 days"),
    (NOTES, "yes", "yes", "will"),
    (NOTES, "Will not", "no", "will not"),
    (of(Kind.DATE), "2026-11-21", date(2026, 11, 21), "21 November 2026"),
    (of(Kind.DATE), "3/4/2026", date(2026, 4, 3), "3 April 2026"),
    (of(Kind.DATE), "3.4.2026", date(2026, 4, 3), "3 April 2026"),
    (of(Kind.DATE), "1st Feb 2028", date(2028, 2, 1), "1 February 2028"),
    (of(Kind.DURATION), "2 weeks", Duration(2, "week"), "2 weeks"),
    (of(Kind.DURATION), "A fortnight", Duration(2, "week"), "2 weeks"),
    (of(Kind.DURATION), "one month", Duration(1, "month"), "1 month"),
    (of(Kind.FREQUENCY), "2 weeks", Frequency("every 2 weeks", Duration(2, "week")), "every 2 weeks"),
    (of(Kind.FREQUENCY), "monthly", Frequency("monthly", Duration(1, "month")), "monthly"),
    (of(Kind.FREQUENCY), "every 4-6 days", Frequency("every 4-6 days", Duration(6, "day")), "every 4-6 days"),
    (of(Kind.FREQUENCY), "when it suits us", Frequency("when it suits us", None), "when it suits us"),
    (of(Kind.TIMES), "Sat 9-11", Times("Sat 9-11", (Window((5,), 540, 660),)), "Sat 9-11"),
    (of(Kind.TIMES), "most evenings", Times("most evenings"), "most evenings"),
    (of(Kind.PERSON), "  Ana\tMaría\n López ", "Ana María López", "Ana María López"),
    (of(Kind.CONTACT), "ana@example.org", "ana@example.org", "ana@example.org"),
    (of(Kind.LONG_TEXT), "One.\r\n\r\n\r\n\r\nTwo.", "One.\n\nTwo.", "One.\n\nTwo."),
]  # fmt: skip


@pytest.mark.parametrize(("field", "typed", "value", "shown"), READ)
def test_what_is_typed_is_understood_shown_and_kept(
    field: Field, typed: str, value: Value, shown: str
) -> None:
    read = read_value(field, typed)
    assert read == value
    assert show_value(field, read) == shown
    assert read_value(field, store_value(field, read)) == read


WRONG = [
    (NOTICE, "", "nothing here yet"),
    (NOTICE, "a few", "whole number from 0 to 60"),
    (NOTICE, "61", "from 0 to 60"),
    (NOTICE, "-1", "from 0 to 60"),
    (NOTICE, "9" * 400, "from 0 to 60"),
    (NOTICE, "2 weeks", "in days"),
    (Field("n", Kind.NUMBER, "N", low=3), "2", "3 or more"),
    (Field("n", Kind.NUMBER, "N", high=3), "4", "3 or less"),
    (NOTES, "perhaps", "“will” or “will not”"),
    (of(Kind.DATE), "soon", "day, month and year"),
    (of(Kind.DATE), "21/11/26", "four digits"),
    (of(Kind.DATE), "31/2/2026", "no such day"),
    (of(Kind.DATE), "3 Wintermonth 2026", "no such day"),
    (of(Kind.DURATION), "a while", "length of time"),
    (of(Kind.DURATION), "0 days", "length of time"),
    (of(Kind.PERSON), "x" * 201, "201 letters long; there is room for 200"),
    (Field("t", Kind.TEXT, "T", longest=5), "sixsix", "room for 5"),
    (of(Kind.TEXT), "a\x00b", "cannot be seen (U+0000)"),
    (of(Kind.TEXT), "abc\u202ecba", "cannot be seen (U+202E)"),
    (of(Kind.TEXT), "a\ud800b", "cannot be seen (U+D800)"),
]


@pytest.mark.parametrize(("field", "typed", "told"), WRONG)
def test_what_cannot_stand_there_gets_a_sentence_to_act_on(field: Field, typed: str, told: str) -> None:
    with pytest.raises(WrongValue) as caught:
        read_value(field, typed)
    assert told in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "name", ["محمد بن عبد الله", "שרה כהן", "山田 太郎", "Николай Ёлкин", "ശ്രീ", "O’Brien-Ng", "x" * 200]
)
def test_a_name_in_any_script_is_kept_letter_for_letter(name: str) -> None:
    assert read_value(of(Kind.PERSON), name) == name


@pytest.mark.parametrize(
    ("typed", "windows"),
    [
        ("weekdays after 5pm", [((0, 1, 2, 3, 4), 1020, 1440)]),
        ("Tuesdays and Thursdays, 9am-11am", [((1, 3), 540, 660)]),
        ("Mon-Wed 1-3pm; Saturdays 10 to 12", [((0, 1, 2), 780, 900), ((5,), 600, 720)]),
        ("Fri-Mon before 9:30", [((0, 4, 5, 6), 0, 570)]),
        ("every day 9.30 until 17.30", [((0, 1, 2, 3, 4, 5, 6), 570, 1050)]),
        ("Mondays", []),
        ("9 to 5", []),
        ("Mondays 19:00-17:00", []),
        ("Mondays 9-11, not in August", []),
    ],
)
def test_times_of_the_week_are_understood_or_kept_as_words(
    typed: str, windows: list[tuple[tuple[int, ...], int, int]]
) -> None:
    read = read_value(of(Kind.TIMES), typed)
    assert read == Times(typed, tuple(Window(*window) for window in windows))


@given(st.sampled_from([*(of(kind) for kind in Kind if kind is not Kind.CHOICE), NOTICE, NOTES]), st.text())
def test_anything_at_all_is_read_or_refused_and_what_is_read_is_kept(field: Field, typed: str) -> None:
    try:
        value = read_value(field, typed)
    except WrongValue:
        return
    assert read_value(field, store_value(field, value)) == value
    assert show_value(field, value)
