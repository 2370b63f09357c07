"""Shapes met in forms that programmes keep as pages and templates, each in words of our own."""

from __future__ import annotations

from ampersand.wording.reading.child import read_here


def near_of(text: str, name: str = "a.md") -> list[str]:
    return [blank.near for blank in read_here(text.encode(), name).blanks]


def test_words_before_their_boxes_on_a_page_are_the_options() -> None:
    boxes = "".join(
        f"<label for='{size}'>{size}</label><input id='{size}' type='radio' name='hut'><br>"
        for size in ("Small", "Wide", "Tall")
    )
    reading = read_here(f"<p>Hut:<br>{boxes}</p>".encode(), "a.html")
    assert reading.alternatives == (("Small", "Wide", "Tall"),)
    behind = "<p>Rain? <input type='radio'><label>Yes</label> <input type='radio'><label>No</label></p>"
    assert read_here(behind.encode(), "a.html").alternatives == (("Yes", "No"),)


def test_an_empty_piece_that_a_page_draws_as_a_line_is_a_place_to_write() -> None:
    assert len(near_of("<p>We walk.</p><div class='sign line'></div><p>Host</p>", "a.html")) == 1
    assert near_of("<p>We walk.</p><div class='line'>We rest.</div><p>Host</p>", "a.html") == []


def test_boxes_beside_placeholders_alone_are_filled_in_and_not_chosen() -> None:
    text = "# Walks\n\n## Paths\n\n- [ ] {{First path}}\n- [ ] {{Second path}} → {{Host}}\n"
    assert near_of(text) == ["First path", "Second path", "{{Second path}} → Host"]


def test_a_template_variable_may_be_a_sentence() -> None:
    assert near_of("# Walks\n\n## Songs\n\n{{What we would like to sing}}\n") == ["Songs"]


def test_short_points_below_asking_points_are_answers() -> None:
    text = "# Walking form\n\n1. Do you walk?\n    - Yes\n    - No\n2. Where do you walk?\n    - Hills\n    - Lakes\n    - Towns\n"
    assert read_here(text.encode(), "a.md").alternatives == (("Yes", "No"), ("Hills", "Lakes", "Towns"))
    told = "# Walks\n\n1. What do we eat?\n    - Bread\n    - Salt\n"
    assert read_here(told.encode(), "a.md").alternatives == ()


def test_numbered_fields_beside_questions_are_asked() -> None:
    text = (
        "# Walking form\n\nPlease write your responses below.\n\n1. First name\n2. Last name\n3. Email address\n4. Town\n\n"
        "# Walks\n\n5. Why do you walk?\n6. Please describe your boots\n7. What do you sing?\n8. What do you eat?\n"
    )
    assert len(near_of(text)) == 8


def test_good_questions_to_talk_about_are_advice() -> None:
    text = "# Plan for a walk, signed by both\n\nName: ____\n\nThese are some good questions to address:\n\n* What did we see?\n* What did we eat?\n* What did we sing?\n"
    assert near_of(text) == ["Name:"]


def test_a_tag_that_the_text_closes_is_a_tag() -> None:
    assert near_of("<nav><b>x</b></nav>\n\n# Walks\n\nWe walk.\n") == []


def test_dates_of_letters_and_spanish_words_in_capitals_stand_for_what_they_say() -> None:
    text = "<p>El caminante NOMBRE Y APELLIDO, con domicilio en DIRECCIÓN de la ciudad, camina con el grupo desde el XX/XX/2024.</p>"
    assert len(near_of(text, "a.html")) == 3
    assert near_of("<p>La casa es de la DIRECCIÓN GENERAL de los caminos y de la gente.</p>", "a.html") == []
