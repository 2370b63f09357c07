"""Shapes met in the latest agreements read by somebody else, each in words of our own."""

from __future__ import annotations

import pytest

from ampersand.wording import parse
from ampersand.wording.reading.child import read_here
from ampersand.wording.reading.findings import Reading

WALKING = "# Walks\n\n" + "".join(f"{day}. We walk on day {day}.\n" for day in range(1, 7))


def reading_of(text: str, name: str = "a.md") -> Reading:
    return read_here(text.encode(), name)


def near_of(text: str, name: str = "a.md") -> list[str]:
    return [blank.near for blank in reading_of(text, name).blanks]


def test_a_head_of_a_page_that_was_never_closed_is_the_page() -> None:
    said = "<p>We walk on the hill every week and sing on the way down to the town.</p>" * 3
    page = f"<html><body><nav><p>Home</p></nav><header>{said}<p>Guide: ________</p><p>Host: ________</p></body></html>"
    assert near_of(page, "a.html") == ["Guide:", "Host:"]


def test_a_page_without_a_body_is_read_whole() -> None:
    page = "<style>p { margin: 0 }</style><section><p>We walk.</p><p>We sing.</p><p>We rest.</p><p>Song of the day: ________</p></section>"
    assert near_of(page, "a.php") == ["Song of the day:"]


def test_what_a_program_prints_stands_for_an_answer() -> None:
    page = "<div><p>Walk: <?= $walk->name ?></p><p>Town: <?php echo $town; ?></p><p>Day: ______</p></div>"
    assert near_of(page, "a.php") == ["Day:"]


def test_a_column_that_keeps_words_apart_is_no_room_to_write() -> None:
    told = "We walk in all weathers but fog, and whoever is cold may turn back with one of us at any time."
    rows = "".join(
        f"<tr><td>{head}:</td><td>&nbsp;</td><td>{told}</td></tr>" for head in ("Fog", "Snow", "Wind")
    )
    assert near_of(f"<table>{rows}</table>", "a.html") == []
    asked = "<tr><td>Guide:</td><td>&nbsp;</td><td>Date:</td><td>&nbsp;</td></tr>" * 2
    assert len(near_of(f"<table>{asked}</table>", "a.html")) == 4


def test_a_comment_of_a_program_is_read_without_its_signs() -> None:
    text = "/**\n * Walks:\n * - We walk on Sunday\n *\n * Songs:\n * - We sing in the hut\n */\n"
    assert near_of(text) == near_of(text, "a.txt") == []
    assert reading_of(text).items == 2
    told = reading_of("/* We walk on Sunday.\n * We sing in the hut.\n * We rest at noon. */\n").template
    assert all(said in told for said in ("We walk on Sunday.", "We sing in the hut.", "We rest at noon."))


def test_a_star_without_a_space_begins_a_point() -> None:
    assert reading_of("# Walks\n\n*We walk on Sunday.\n\n* We sing.\n\n* We rest.\n").items == 3
    assert reading_of("# Walks\n\n*We walk on Sunday*\n\n* We sing.\n\n* We rest.\n").items == 2


def test_a_clause_with_its_name_and_number_is_a_point() -> None:
    text = "Cláusula 1ª. We walk on Sunday.\nCláusula 2ª. We sing in the hut.\nClause 3: We rest at noon.\n"
    assert reading_of(text, "a.txt").items == 3
    assert reading_of("Clause 5 of the walking act holds for all of us.\n", "a.txt").items == 0


def test_words_set_as_code_are_places_where_an_agreement_names_them() -> None:
    text = "# Walks\n\nBetween `Full Name`, of `Name of the Club`, and `Your Guest`, who walk on `Date of the Walk`.\n"
    assert [blank.kind for blank in reading_of(text).blanks] == ["person", "text", "text", "date"]
    assert (
        near_of("# Walks\n\nPress the button `Full Name`, then `Name of the Club` and `Your Guest`.\n") == []
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Who is late pays $[X] and sings +$[X] songs.", ["number", "number"]),
        ("We meet at [Ej: 10 horas] and sing [z. B. Walzer / Polka].", ["text", "text"]),
        ("Song on the way: [on Sunday/3 times/6 times]", ["choice"]),
        ("Branch names: [walk]-[what is sung]", []),
        ("Branch naming: ____________", ["text"]),
        ("Tell us before/after walks what you sing.", []),
        ("Sung on Date __10/31/2031_____", []),
        ("Name: Ada Moor Date: May 5, 2031", []),
        ("Songs: [Times/Days]", ["text"]),
        ("The walk begins on ______ (date) and lasts ______ days.", ["date", "number"]),
        ("Sung on the [day] of [month] [year].", ["date", "date", "date"]),
        ("We sing {{alone / in turn / together}} on the way.", ["choice"]),
        ('We sing {{ song file="a/b.png" }} on the way.', []),
        ("Whoever is lost may write to the guide at (email) on the way.", ["contact"]),
        ("The hut is lent to us for the SEASON START DATE and not longer.", ["date"]),
    ],
)
def test_a_line(text: str, kinds: list[str]) -> None:
    assert [blank.kind for blank in reading_of(text, "a.txt").blanks] == kinds


def test_the_first_of_several_options_keeps_its_own_preposition() -> None:
    assert reading_of("We pay [on arrival/2 days/9 days].").alternatives == (
        ("on arrival", "2 days", "9 days"),
    )


def test_a_row_over_a_full_name_and_a_date_is_signed() -> None:
    signed = "\n_________________________\nAda Moor\nHead of walks\nDate: ___/___/____\n"
    other = "\n_________________________\n[Name]\n[Club]\nDate: ___/___/____\n"
    reading = reading_of(f"{WALKING}\nWe promise to keep to all that stands here:\n{signed}{other}")
    assert [blank.kind for blank in reading.blanks] == [
        "signature",
        "date",
        "signature",
        "person",
        "text",
        "date",
    ]


def test_two_rows_over_two_names_to_put_in_are_two_signatures() -> None:
    text = f"{WALKING}\n**SIGNED BY:**\n\n_____________________       _____________________\n[Guide Name]            [Guest Name]\n"
    assert reading_of(text).signature_blocks == 2


def test_a_greeting_over_a_row_asks_for_nothing() -> None:
    assert near_of(f"{WALKING}\nYours truly\n\n____________________\nSignature of the guide\n") == [
        "Signature of the guide"
    ]


def test_an_answer_over_a_rule_is_an_answer() -> None:
    assert near_of(f"{WALKING}\nName: Ada Moor\n__________________________\n") == []


def test_names_and_a_date_that_close_a_document_are_signed() -> None:
    text = f"{WALKING}\nHe: __________________\n\nShe: __________________\n\nDate: __________________\n"
    assert [blank.kind for blank in reading_of(text).blanks] == ["signature", "signature", "date"]


def test_a_variable_for_the_day_of_signing_is_a_date() -> None:
    text = f"{WALKING}\nGuide {{{{guideSignature}}}} Date {{{{guideDateSigned}}}}\n"
    assert [blank.kind for blank in reading_of(text).blanks] == ["signature", "date"]


def test_a_page_of_questions_under_headings_is_to_be_answered() -> None:
    questions = "* Which hill do we climb?\n* Who brings the bread?\n* When do we turn back?\n"
    assert len(near_of(f"# Walks\n\n{questions}\n# Songs\n\n* What do we sing?\n* Who begins?\n")) == 5
    told = "We have walked for many years and found these worth asking of whoever wants to come along with us on a hill.\n\n"
    assert near_of(f"# Walks\n\n{told * 3}{questions}\n# Songs\n\n* What do we sing?\n") == []


def test_several_questions_under_a_heading_are_asked_by_it() -> None:
    asked = (
        "Which hills are steep enough for us to climb in the winter? Who of us knows the paths well enough?"
    )
    text = f"# Charter\n\nFill them in before you walk.\n\n## Hills\n\n{asked}\n\n## Songs\n\n{asked}\n\n## Bread\n\n{asked}\n"
    assert near_of(text) == ["Hills", "Songs", "Bread"]


def test_sections_left_empty_are_to_be_written_where_most_are() -> None:
    text = "# Walking agreement\n\n## Hills\n\n## Songs\n\nWe sing what we know.\n\n## Bread\n\n## Fog\n"
    assert near_of(text) == ["Hills", "Bread", "Fog"]
    told = "\n\nWe do as we did in the years before.\n\n"
    assert near_of(text + "".join(f"\n## Part {n}{told}" for n in range(5))) == []


def test_a_long_lead_over_a_heading_asks_for_nothing() -> None:
    assert (
        near_of("# Walks\n\nThese are the hills we climb together:\n\n## Steep ones\n\nWe climb slowly.\n")
        == []
    )


def test_open_squares_under_a_label_are_boxes_where_points_have_dots() -> None:
    text = "AIMS:\n□ Climb a hill\n□ Learn [X] songs\n\nFINES:\n• First time: $[X]\n• Then: $[X]\n"
    assert reading_of(text, "a.txt").alternatives == (("Climb a hill", "Learn [X] songs"),)
    assert (
        reading_of("AIMS:\n□ Climb a hill every day\n□ Learn songs on the way\n", "a.txt").alternatives == ()
    )


def test_options_in_brackets_are_near_the_words_before_them() -> None:
    assert near_of("We pay by the day that stands on the bill [on arrival/2 days/9 days].") == [
        "the day that stands on the bill"
    ]
    assert near_of("The day will/will not be dry.") == ["The day will/will not"]


def test_an_agreement_in_a_field_of_a_page_is_read() -> None:
    said = "".join(
        f"{day}. We walk on the hill on day {day} and sing on the way down to the town.\n" for day in range(8)
    )
    page = f"<html><body><p>Change it:</p><textarea>\n{said}\n**Guide:** \\_\\_\\_\\_\\_\\_\n</textarea></body></html>"
    reading = reading_of(page, "a.html")
    assert ([blank.near for blank in reading.blanks], reading.items) == (["Guide:"], 8)


def test_a_blank_is_called_by_what_its_placeholder_says() -> None:
    reading = reading_of(
        "# Walks\n\nIn short, [guest name] walks with [insert the guide's name], on [e.g. Sunday].\n\nTown: [where]\n"
    )
    assert [blank.label for blank in parse(reading.template).blanks][:2] == ["guest name", "guide's name"]
