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
    assert near_of(
        "<p>Walker:<u>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;{{$walker_name}}&nbsp;&nbsp;</u></p>", "a.html"
    ) == ["Walker:"]


def test_a_variable_in_the_address_of_a_link_asks_for_nothing() -> None:
    assert near_of("# Walks\n\nSee [the paths]({{ base }}/paths/) and [songs]({{base}}/songs#two).\n") == []


def test_boxes_to_make_sure_of_are_ticked_off_and_not_chosen() -> None:
    text = "# Walks\n\nMake sure your guest:\n\n- [ ] has dry boots\n- [ ] knows the path\n"
    assert near_of(text) == []


def test_a_question_is_answered_at_the_label_below_it() -> None:
    asked = "How do we walk?\n\n**Summary:**\n\n{}\n\n"
    text = "# Walking plan to be completed\n\nName: ____\n\n" + asked.format("In the morning we walk.") * 3
    assert near_of(text) == ["Name:"]


def test_a_guide_for_a_conversation_is_no_form() -> None:
    text = "# Looking back\n\nThis is a template.\n\n### Conversation Guide\n\n- What did we see?\n- What did we eat?\n- Where did we rest?\n"
    assert near_of(text) == []


def test_points_that_end_a_document_are_not_signed() -> None:
    text = "# Walks\n\nWe walk.\n\n- Path: ______\n- Bread: ______\n"
    assert read_here(text.encode(), "a.md").signature_blocks == 0


def test_bold_numbered_lines_among_headings_are_headings() -> None:
    text = "".join(
        f"{n}) **{head}**\n\nWe walk in the rain and in the sun.\n\n"
        for n, head in enumerate(("Paths", "Boots", "Bread", "What if it rains?"), 1)
    )
    assert read_here(text.encode(), "a.md").items == 0


def test_a_frame_with_only_a_hint_or_empty_points_is_room_for_an_answer() -> None:
    text = "# Walks\n\n**What did we see?**\n```\n[Say which hills]\n1.\n2.\n```\n\n**Our year:**\n```\nHigh hills:\n-\n-\n\nLow hills:\n-\n```\n"
    assert near_of(text) == ["What did we see?", "High hills:", "Low hills:"]
    assert near_of("# Walks\n\n**What did we see?**\n```\nWe saw hills.\n```\n") == []


def test_options_with_upright_strokes_after_a_label_are_an_either_or() -> None:
    assert read_here(b"# Walks\n\n- **Path:** hill | lake | town\n", "a.md").alternatives == (
        ("hill", "lake", "town"),
    )


def test_a_scale_among_questions_is_asked() -> None:
    text = "# Walking form\n\nPlease complete.\n\n- How tired we are (1-5)\n- What did we see?\n- What did we eat?\n- Where do we go next?\n"
    assert near_of(text)[0] == "How tired we are"


def test_a_link_to_a_page_beside_this_one_shows_its_words() -> None:
    text = "# Walks\n\n- Keeping to the [[Paths of winter (PW)#stones|path]]\n- Songs, as in [[Songs#two]]\n"
    assert near_of(text) == []


def test_a_note_sign_and_a_remark_in_brackets_ask_for_nothing() -> None:
    assert (
        near_of("# Walks\n\nBread for all [*1] and tea [hut walkers only].\n\n- [\\*1] Brown bread.\n") == []
    )


def test_a_name_in_capitals_behind_a_label_is_to_be_replaced() -> None:
    assert near_of("# Walks\n\n- Host: @NAME_OF_HOST here\n- Guest: YOUR_NAME\n- State: IN_REST\n") == [
        "Host:",
        "Guest:",
    ]


def test_boxes_that_say_who_does_what_are_ticked_off_and_not_chosen() -> None:
    text = "# Walks\n\nWinter:\n\n- [ ] Host: Send the key\n- [ ] New guest: Polish boots\n- [ ] Host: Warm the hut\n"
    assert near_of(text) == []


def test_a_sentence_that_leads_to_questions_below_a_heading_asks_for_nothing() -> None:
    text = "# Walks\n\nWe talk first. Here are some useful questions to consider:\n\n### Paths\n\n* **Hills:** which?\n"
    assert near_of(text) == []


def test_a_form_of_a_page_within_markdown_is_read_as_on_a_page() -> None:
    fields = "<form>\n<div><label>Town</label>\n<input type='text' name='a'>\n</div>\n<div><label>Say more! (Optional: links to your songs)</label>\n<textarea></textarea></div>\n"
    hidden = "\n<div style='position: absolute; left: -5000px;'><input type='text'></div>\n</form>\n"
    assert near_of(f"# Walks\n\n{fields}{hidden}") == ["Town", "Say more!"]


def test_a_field_right_beside_another_is_named_by_what_stands_in_it() -> None:
    text = "<p>Guest: <input placeholder='First name'><input placeholder='Last name'></p>"
    assert near_of(text, "a.html") == ["Guest:", "Last name"]


def test_a_remark_on_what_to_give_alone_is_a_place_to_fill_in() -> None:
    assert near_of("# Walks\n\nThe host is [first name only] and brings the key.\n") == ["The host is"]
