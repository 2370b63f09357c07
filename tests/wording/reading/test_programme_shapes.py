"""Shapes met in agreements and rules of mentoring programmes, each in words of our own."""

from __future__ import annotations

from ampersand.wording.reading.child import read_here


def near_of(text: str, name: str = "a.md") -> list[str]:
    return [blank.near for blank in read_here(text.encode(), name).blanks]


def test_a_picture_written_as_a_word_between_colons_asks_for_nothing() -> None:
    assert near_of("# Walks\n\nWe sing on the way. :music:\n\n## Songs\n\nWe sing what we know.\n") == []


def test_a_drawn_line_that_a_tool_turned_into_stars_and_escaped_rules_is_one_blank() -> None:
    text = "# Walks\n\nName: **\\*\\*\\***\\*\\***\\_\\_\\_**\\*\\*\\***\n\nTown: **\\_\\_** and **more** of it\n"
    assert near_of(text) == ["Name:", "Town:"]


def test_a_role_after_to_names_no_signer() -> None:
    text = "Walks\n\nWe walk.\n\nWe rest.\n\nSignature: ______\nRelationship to walker: ______\nRelationship to mentee: ______\nDate: ______\n"
    assert [blank.kind for blank in read_here(text.encode()).blanks].count("signature") == 1


def test_two_names_of_one_thing_are_no_either_or() -> None:
    for text in ("Club: Walking / Winter Songs", "Hut of Bread (House of Bread / Bread Club) is open."):
        assert read_here(text.encode()).alternatives == ()
    assert read_here(b"Where: At home / In the hut").alternatives == (("At home", "In the hut"),)


def test_points_with_a_box_and_a_place_of_their_own_are_things_to_do() -> None:
    text = "# Walks\n\n## Aims\n\n- [ ] Aim 1: [Which hill]\n- [ ] Aim 2: [By which path]\n"
    reading = read_here(text.encode(), "a.md")
    assert (reading.alternatives, len(reading.blanks)) == ((), 2)


def test_a_line_that_says_whose_signature_over_a_name_and_a_date_is_signed() -> None:
    said = "".join(f"<p>We walk on day {day} in all weathers.</p>" for day in range(6))
    signed = "".join(
        f"<div><div class='line'></div><b>{who} Signature</b><br>Town: [town]<br>Date: ______</div>"
        for who in ("Walker", "Host")
    )
    assert read_here(f"<body>{said}{signed}</body>".encode(), "a.html").signature_blocks == 2


def test_a_label_goes_with_a_placeholder_after_wide_room() -> None:
    assert near_of("<p>Walker:<u>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;{{$a}}&nbsp;&nbsp;</u></p>", "a.html") == [
        "Walker:"
    ]
