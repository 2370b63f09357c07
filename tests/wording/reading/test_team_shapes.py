"""Shapes met in agreements of teams, laboratories and workshops, each in words of our own."""

from __future__ import annotations

import pytest

from ampersand.wording.reading.child import read_here


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("# Walks\n\n## Who sings\n\nTODO: each of us, and the song.\n\n## When\n\nOn Sunday.\n\n### Hut: TODO\n", ["Who sings", "Hut:"]),
        ("# Walking contract\n\n- **Who brings what?**\n  * Name:\n  * Name:\n- **Where do we rest?**\n  * At the hut.\n- **Who sings?**\n  * Anna does.\n", ["Who brings what? Name:", "Who brings what? Name:"]),
        ("# Walks\n\n## Name of the walk:\n\n### Hut\n\n1. Way there:\n\n\n\n2. Way back:\n\n\n\n3. Bread for the way:\n\n\n\n4. Songs for the way:\n\n\n\n5. Time of rest:\n\n\n\n", ["Name of the walk:", "Way there:", "Way back:", "Bread for the way:", "Songs for the way:", "Time of rest:"]),
        ("# Paseos\n\nCantamos juntos.\n\nLlevamos pan.\n\nFirma de la tía o del primo\n\nFirma de quien guía\n", ["Firma de la tía o del primo", "Firma de quien guía"]),
        ("# Walking contract\n\n- Our song:\n- Our hut: the old one.\n\nWalkers sign:\n(type your songs here)\n", ["Our song:", "Walkers sign:"]),
        ("# Walks\n\nThree songs for the walk:\n\n1. [Song]: [Words of it]\n", ["Song", "Song: Words of it"]),
        ("# Walks\n\n| Walker | Signature |\n|---|---|\n| [Name] | |\n| ... | ... |\n", ["Walker", "Signature"]),
        ("# Walks\n\nOurs may look like this:\n\n```\n# Walks\n\n## Hut\n\n[name of the hut]\n\n## Bread\n\nWe bring bread.\n```\n", ["Hut"]),
        ("# Walks\n\nWalker \\_\\_\\_\\_\\_\\_\\_\nHut \\_\\_\\_\\_\\_\\_\\_\nSong \\_\\_\\_\\_\\_\\_\n", ["Walker", "Hut", "Song"]),
        ("# Walking agreement\n\nAnswer these.\n\nWhat do you sing?\nWhere do you rest?\nWho brings bread?\n", ["What do you sing?", "Where do you rest?", "Who brings bread?"]),
        ("# Walks\n\n| Song | Reason for it |\n|---|---|\n| 1 | [Reason for it] |\n| 2 | [Reason for it] |\n", ["Reason for it", "Reason for it"]),
        ("# Walking form\n\nTo be completed by the walker.\n\n## Songs\n\nList songs learned last year.\n\nBriefly describe your hut\n\n## Rest\n\nWhat did you rest on?\n", ["List songs learned last year.", "Briefly describe your hut", "What did you rest on?"]),
        ("# Walks\n\n## Ours\n\n- We sing.\n\n- We bring bread.\n\n\n\n\n# Yours\n\nYou sing at ___.\n", ["You sing at"]),
        ("# Walks\n\n## Hut: ___\n\n## Songs\n\n\n\n## Bread\n\n\n\n## Rest\n", ["Hut:", "Songs", "Bread", "Rest"]),
    ],
)  # fmt: skip
def test_a_place_to_write_is_found_with_the_words_before_it(text: str, near: list[str]) -> None:
    assert [blank.near for blank in read_here(text.encode(), "a.md").blanks] == near


@pytest.mark.parametrize(
    "text",
    [
        "# Walks\n\nWe sing.\n\nTODO: Find out who owns the hut.\nTODO: Ask for the key.\n",
        '# Walks\n\nWe sleep in the hut of our aunt [the "Hut"].\n\n<DO NOT MOVE THIS CARD>\n',
        "# Walks\n\nWe walk with [Anna] and [Bert] from the hut, from [5 May 2019] on.\n\n[Walker 3:] Clara\n\n12: sun / rain\n",
        "# Walks\n\n- [Walker 1]: Anna\n- [Walker 2]: Bert\n\nWe walk at noon [longest walk: 3 hours].\n",
        "# Walks\n\n## Songs\n\n\n\n## Bread\n\n\n\n## Rest\n\nWe rest at the hut.\n",
        "# Walking form\n\nPlease fill in this form.\n\n| | Far | Near |\n|---|---|---|\n| How far do you walk?<br>Say it in hours. | 9 | 1 |\n| How far do you sing? | 8 | 2 |\n| How far do you rest? | 7 | 3 |\n",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    assert read_here(text.encode(), "a.md").blanks == ()


def test_a_number_asked_for_beside_a_signature_is_not_signed() -> None:
    text = "We agree to walk.\n\n\\_______________\n\n**student ID**\n\n\\_______________\n\n**date**\n\n\\_______________\n\n**signature**\n"
    assert read_here(text.encode(), "a.md").signature_blocks == 1


def test_names_that_signed_are_no_points() -> None:
    text = "# Walks\n\n- We sing.\n- We bring bread.\n\n**Signatures**\n- Anna\n- Bert\n"
    assert read_here(text.encode(), "a.md").items == 2


def test_fields_side_by_side_on_a_page_are_signed_by_those_named_below() -> None:
    page = b"<p>We sign for the walk.</p><li>We sing<li>We rest<p><input type=text> <input type=text></p><p>(signature of aunt) (signature of cousin)</p>"
    reading = read_here(page, "a.html")
    assert (reading.items, reading.signature_blocks) == (2, 2)


def test_boxes_may_hold_two_spaces() -> None:
    text = "# Walks\n\nTick what you bring:\n\n[  ] bread  \n[  ] salt  \n"
    assert read_here(text.encode(), "a.md").alternatives == (("bread", "salt"),)


def test_a_line_of_contrary_options_is_one_choice_of_all_of_them() -> None:
    text = "# Walks\n\n## Songs\n\nSung / partly sung / not sung\n"
    assert read_here(text.encode(), "a.md").alternatives == (("Sung", "partly sung", "not sung"),)


def test_those_who_approve_sign() -> None:
    text = (
        "# Walks\n\nWe walk.\n\n## Approved\n\nChair \\_\\_\\_\\_\\_\\_\\_\n\nMember \\_\\_\\_\\_\\_\\_\\_\n"
    )
    assert read_here(text.encode(), "a.md").signature_blocks == 2


def test_pictures_of_signatures_are_no_empty_cells() -> None:
    text = r"\begin{document}We sign.\begin{tabular}{ll}\includegraphics{a} & \includegraphics{b} \\ Anna & Bert \\ \end{tabular}\end{document}"
    assert read_here(text.encode(), "a.tex").blanks == ()


def test_what_one_is_told_to_list_is_text() -> None:
    text = "# Walking form\n\nTo be completed by the walker.\n\n## Songs\n\nList songs completed and dated.\n\n## Way\n\nWhat did you sing?\n\n## Rest\n\nList huts that were open last year.\n"
    assert [blank.kind for blank in read_here(text.encode(), "a.md").blanks] == ["text", "text", "text"]


def test_a_page_that_a_program_holds_as_its_text_is_read() -> None:
    code = b"<?php\n$page['walk']['title'] = \"Walks\";\nfunction page() {\n$it = '<TABLE><TR><TD>Vorname: </TD><TD><br>______ </TD></TR><TR><TD>Stra&szlig;e: </TD><TD><br>______ </TD></TR></TABLE><P>Hut, den ______<BR>';\nreturn $it;\n}\n?>\n"
    found = [(blank.near, blank.kind) for blank in read_here(code, "a.php").blanks]
    assert found == [("Vorname:", "person"), ("Straße:", "contact"), ("Hut, den", "date")]


def test_tags_left_in_a_text_are_no_placeholders() -> None:
    assert read_here(b"We walk.<br>We sing <b>loudly</b>, <font size=4>always.\n", "a.txt").blanks == ()


def test_rows_with_a_box_at_their_end_are_one_choice() -> None:
    box = "<td><input type=radio name=a></td></tr>"
    page = f"<p>When do you walk?</p><table><tr><th>Walk</th><th>Starts</th><th>Choose</th></tr><tr><td>Spring</td><td>in May</td>{box}<tr><td>Autumn</td><td>in <p>October</p></td>{box}</table>"
    assert read_here(page.encode(), "a.html").alternatives == (("Spring", "Autumn"),)


def test_a_row_of_boxes_takes_its_options_from_the_header() -> None:
    box = "<td><input type=radio name=a></td>"
    page = f"<p>Hut</p><table><tr><th>Old</th><th>New</th><th>Far</th></tr><tr>{box * 3}</tr></table>"
    assert read_here(page.encode(), "a.html").alternatives == (("Old", "New", "Far"),)
