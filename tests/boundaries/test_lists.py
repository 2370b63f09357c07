"""A panel against its candidates: two files in, one file out, nothing lost and nothing run."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ampersand.boundaries import rules
from ampersand.boundaries.actions.asking import ask_list
from ampersand.boundaries.forms.spreadsheets import as_csv, read_people, safe
from ampersand.boundaries.models import AskedAbout, Capacity, Question, Reach
from ampersand.boundaries.queries.answering import Answer
from ampersand.boundaries.queries.asking import Asker
from ampersand.boundaries.queries.recognising import Who, read_who, who
from ampersand.boundaries.rules import AskedTooOften
from ampersand.people.models import Knock
from ampersand.people.rules import Refused
from ampersand.record.models import Entry, Verb
from tests.agreements.people import Two
from tests.boundaries.people import HANNAH, PURPOSE, SAM, member, of_scheme, panel
from tests.cast import sign_in

URL = "/s/quiet-hours/check/list/"


def send(browser: Client, deciding: bytes, about: bytes, **more: str) -> Any:
    files = {
        "deciding": SimpleUploadedFile("panel.csv", deciding),
        "decided_about": SimpleUploadedFile("candidates.csv", about),
    }
    return browser.post(URL, {"capacity": "reference", "purpose": PURPOSE, **files, **more})


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def strangers(count: int, letter: str = "x") -> list[Who]:
    return [who(email=f"{letter}{n}@nowhere.example") for n in range(count)]


def check(asker: Asker, deciding: list[Who], about: list[Who]) -> list[list[Answer]]:
    return ask_list(
        asker=asker, deciding=deciding, decided_about=about, capacity=Capacity.REFERENCE, purpose=PURPOSE
    )


def test_two_files_in_one_file_out(two: Two) -> None:
    mia = member(two.scheme, "Mia Berg")
    deciding = f"Name;E-Mail\nHannah Ito;{HANNAH}\n;nonsense\nStranger;s@nowhere.example\n".encode()
    about = f"email,name\n{SAM},=HYPERLINK(1)\n\n{mia.email},Mia\n,Mia\n{SAM},again\n".encode()
    answer = send(sign_in(Client(), two.olive), deciding, about)
    assert answer["Content-Type"].startswith("text/csv")
    rows = table(answer.content)
    assert rows[0] == [
        "line",
        "decided about",
        f"Hannah Ito, {HANNAH} (line 2)",
        "Stranger, s@nowhere.example (line 4)",
        "not read because",
    ]
    assert rows[1][:4] == ["2", f"{SAM}, =HYPERLINK(1)", "no", "not known here"]
    assert rows[2][:4] == ["4", f"{mia.email}, Mia", "yes", "not known here"]
    assert [row[0] for row in rows[3:]] == ["5", "6", "3 of those who decide"]
    assert "first and last name" in rows[3][-1]
    assert rows[4][-1] == "stands on line 2 already"
    assert rows[5][-1] == "the e-mail address is none"


def test_a_list_is_one_question_that_each_concerned_sees(two: Two) -> None:
    mia = member(two.scheme, "Mia Berg")
    check(of_scheme(two), [read_who(HANNAH), *strangers(2)], [read_who(SAM), read_who(mia.email)])
    assert Question.objects.count() == Entry.objects.filter(verb=Verb.CONFLICT_ASKED).count() == 1
    seen = AskedAbout.objects.values_list("person__called", "yes", "no", "not_known")
    assert set(seen) == {("Hannah", 1, 1, 0), ("Sam", 0, 1, 2), ("Mia Berg", 1, 0, 2)}
    page = sign_in(Client(), two.hannah).get("/account/boundaries/").content.decode()
    assert "yes 1, no 1, not known here 0" in page


@pytest.mark.parametrize("sizes", [(1, 3), (40, 200)])
def test_a_list_takes_as_many_questions_to_the_database_whatever_its_size(
    two: Two, sizes: tuple[int, int]
) -> None:
    deciding = [read_who(HANNAH), *strangers(sizes[0] - 1)]
    about = [read_who(SAM), *strangers(sizes[1] - 1, "y")]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert check(of_scheme(two), deciding, about)[0][0] == Answer.NO
    assert len(queries) == 16


@pytest.mark.parametrize(("few", "many"), [(1, 21), (2, 21), (21, 1), (21, 2)])
def test_one_against_all_is_refused_on_either_side(two: Two, few: int, many: int) -> None:
    with pytest.raises(Refused, match="one person against many"):
        check(of_scheme(two), strangers(few), strangers(many, "y"))
    assert not Question.objects.exists()


@pytest.mark.parametrize(("few", "many"), [(1, 20), (3, 21), (21, 3)])
def test_a_panel_is_answered(two: Two, few: int, many: int) -> None:
    assert len(check(of_scheme(two), strangers(few), strangers(many, "y"))) == few


def test_repeating_one_person_makes_no_panel(two: Two) -> None:
    same = [read_who(HANNAH)] * 3
    with pytest.raises(Refused, match="one person against many"):
        check(of_scheme(two), same, strangers(21))


def test_an_outside_panel_cannot_send_the_whole_scheme(two: Two) -> None:
    everyone = [read_who(member(two.scheme, f"M{n} Unrelated").email) for n in range(18)]  # with the pair, 20
    someone, grant = panel(two)
    outside = Asker(two.scheme, person=someone, grant=grant)
    decides = [read_who(HANNAH), *strangers(3)]
    with pytest.raises(Refused, match="too many people of one scheme"):
        check(outside, decides, everyone[:11])
    assert len(check(outside, decides, [*everyone[:10], *strangers(40, "y")])[0]) == 50
    assert len(check(of_scheme(two), decides, everyone)[0]) == 18  # organisers know who is a pair


@pytest.mark.parametrize(
    ("reach", "size", "answered"),
    [
        (Reach.ONE, (1, 2), False),
        (Reach.PANEL, (20, 200), True),
        (Reach.PANEL, (21, 20), False),
        (Reach.PANEL, (20, 201), False),
        (Reach.LARGE, (200, 50), True),
        (Reach.LARGE, (201, 20), False),
    ],
)
def test_a_list_is_as_long_as_was_granted(
    two: Two, reach: Reach, size: tuple[int, int], answered: bool
) -> None:
    someone, grant = panel(two, reach)
    asker = Asker(two.scheme, person=someone, grant=grant)
    if answered:
        assert len(check(asker, strangers(size[0]), strangers(size[1], "y"))) == size[0]
    else:
        with pytest.raises(Refused, match="at a time"):
            check(asker, strangers(size[0]), strangers(size[1], "y"))


def test_an_asker_has_so_many_lists_a_day_and_a_person_so_many_a_month(two: Two) -> None:
    asker = of_scheme(two)
    for number in range(rules.LISTS_ABOUT_ONE):
        check(asker, [read_who(HANNAH)], strangers(2, f"z{number}"))
    with pytest.raises(AskedTooOften, match="in a month"):
        check(asker, [read_who(HANNAH)], strangers(2, "w"))
    for number in range(rules.LISTS_A_DAY - rules.LISTS_ABOUT_ONE):
        check(asker, strangers(1, f"q{number}"), strangers(2, f"r{number}"))
    with pytest.raises(AskedTooOften, match="tomorrow"):
        check(asker, strangers(1, "s"), strangers(2, "t"))
    Knock.objects.update(until=asker.scheme.made_at - timedelta(days=1))
    assert check(asker, [read_who(HANNAH)], [read_who(SAM)]) == [[Answer.NO]]


NAMES = "name,email\nZoë Łuc,zoe@work.example\nAna Ruiz,ana@work.example\n"


@pytest.mark.parametrize(
    "content",
    [
        NAMES.encode(),
        NAMES.encode("utf-8-sig"),
        NAMES.encode("utf-16"),
        NAMES.replace(",", ";").replace("\n", "\r\n").encode(),
        NAMES.replace(",", "\t").encode("utf-16"),
        NAMES.replace("Łuc", "Luc").replace(",", ";").encode("cp1252"),
        ("sep=;\r\n" + NAMES.replace(",", ";")).encode(),
        b'"name","email"\n"Luc, Zo\xc3\xab","zoe@work.example"\n"Ruiz, Ana",ana@work.example\n',
        "First name,Surname,E-mail address\nZoë,Luc,zoe@work.example\nAna,Ruiz,ana@work.example\n".encode(),
        NAMES.partition("\n")[2].encode(),  # no heading
    ],
)
def test_what_spreadsheets_write_is_read(content: bytes) -> None:
    lines = read_people(content, most=10)
    assert not lines.bad
    assert [line.who.email for line in lines.good] == ["zoe@work.example", "ana@work.example"]
    assert [line.who.name for line in lines.good] == ["luc zoe", "ana ruiz"]


def test_every_line_that_cannot_be_read_is_named_and_kept() -> None:
    content = (
        b'name,email\nAna Ruiz,a@b.example\nHannah,\n"two\nlines",x\n\n\x00bad Name,\nBea Ray,b@b.example\n'
    )
    lines = read_people(content, most=10)
    assert [line.number for line in lines.good] == [2, 8]
    assert [line.number for line in lines.bad] == [3, 4, 7]
    assert all(line.problem for line in lines.bad)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"name,email\n", b"\xff\xfe"])
def test_an_empty_list_is_said_to_be_one(content: bytes) -> None:
    with pytest.raises(ValueError, match="nobody on this list"):
        read_people(content, most=10)


def test_a_list_without_end_is_not_read_to_its_end() -> None:
    with pytest.raises(ValueError, match="longer than 10"):
        read_people(b"".join(b"p%d@x.example\n" % n for n in range(11)), most=10)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell).startswith("'")
    written = "".join(as_csv([[cell, "plain, or not"]]))
    assert table(written.encode())[0] == [safe(cell), "plain, or not"]


def test_a_file_that_is_no_list_keeps_the_form(two: Two) -> None:
    answer = send(sign_in(Client(), two.olive), b"", b"a@b.example")
    assert answer.status_code == 422
    assert PURPOSE in answer.content.decode()
