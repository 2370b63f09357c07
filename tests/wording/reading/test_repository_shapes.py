"""Shapes met in agreements kept in repositories, as markdown or page templates, each in words of our own."""

from __future__ import annotations

import pytest

from ampersand.wording.reading.child import read_here


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("# Walks\n\n- XXX brings the bread.\n- We meet in the hut at XXX.\n", ["Walks", "We meet in the hut at"]),
        ("# Walks\n\n- XXX brings the bread for all of us.\n- XXX rings the bell at noon.\n", ["Walks", "rings the bell at noon."]),
        ("# Walks\n\nCopy this:\n\n```markdown\n## Walk with <walker>\n\nWe walk **<n>** hours on **<day, e.g. Sunday at 9/10>**.\n```\n", ["Walk with", "We walk", "hours on"]),
        ("**Walker**<br>\n\nSong:\n\nContact details:\n\n**Guide**<br>\n\nSong:\n\nContact details:\n", ["Song:", "Contact details:", "Guide Song:", "Guide Contact details:"]),
        ("# Walking contract\n\n* Day and place of our walks\n* Who brings what (e.g. bread, salt?)\n* Way to tell the others (e.g., a bell, a card)\n* Ways to decide (by a song? by lot?)\n", ["Day and place of our walks", "Who brings what", "Way to tell the others", "Ways to decide"]),
        ("# Walks\n\n| Name | Hut | Signature | Date |\n|---|---|---|---|\n| Anna | blue | [Signed / sung at the hut] | [Date] |\n| Bert | @[hut] | yes | [Date] |\n", ["Anna Signature", "Anna Date", "Bert Hut", "Bert Date"]),
    ],
)  # fmt: skip
def test_a_place_to_write_in_markdown_is_found_with_the_words_before_it(text: str, near: list[str]) -> None:
    assert [blank.near for blank in read_here(text.encode(), "a.md").blanks] == near


@pytest.mark.parametrize(
    "text",
    [
        "# Walks\n\nThe hut is open to all.\n{{< toc >}}\n\nBring bread.\n",
        "# [EN] Rules of the hut\n\nThe hut is open to all.\n",
        "# Walks\n\nWrite each song into its own file (songs/[your_name]) in the hut.\n",
        "# Walks\n\nPlease indicate that you come along by clicking the button below.\n",
        "# Walks\n\n4. Sleeping: There are two ways to sleep in the hut:\n    - on straw\n    - on wood\n",
        "# Walks\n\n## Before the walk\n\n- [ ] Send a card to the hut\n- [ ] Check that the boots are dry\n- [ ] Take bread along\n",
        '# Walks\n\n* Begin each song with one of "[loud]", "[low]", or "[long]".\n* Say who sings, e.g., "[AB]".\n',
        "# Walks\n\nQuestions? [See the map]({{ '/map/' | relative_url }}), or {link:map.html}.\n\nOn [[#walks](/tags/walks)], page 9\n",
        "# Walks\n\n__Before the walk:__  \n\n- We sing\n- We eat bread\n\n__After the walk:__  \n\n- We rest\n",
        "# Walking contract\n\n## Walks\n\nHow often will we walk?\n- Once in a week\n\nWho brings the bread?\n- Anna does\n\nWho rings the bell?\n- Bert does, at noon\n\nPlease sign.\n",
        "# Walks\n\nIf it rains on the day, bread is enough:\n\n**What we say then:**\n> Bread is enough.\n",
    ],
)
def test_nothing_is_invented_in_markdown(text: str) -> None:
    assert read_here(text.encode(), "a.md").blanks == ()


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("# Walks\n\n**Date:**\n\n---\n\n| What | Yes | No |\n|---|:-:|:-:|\n| I have read all that is written on the door of the hut and at the gate. | &#9744; | &#9744; |\n| I bring bread. | &#9744; | &#9744; |\n", [("Yes", "No"), ("Yes", "No")]),
        ("# Walks\n\n| Walk | |\n|---|---|\n| Path (A / B / C) | |\n| Bread | |\n", [("A", "B", "C")]),
        ("# Walks\n\nWho comes along (circle one): Aunt Cousin\n", [("Aunt", "Cousin")]),
    ],
)  # fmt: skip
def test_an_either_or_in_markdown_is_found(text: str, options: list[tuple[str, ...]]) -> None:
    assert list(read_here(text.encode(), "a.md").alternatives) == options


def test_yes_and_no_in_points_with_boxes_are_no_points() -> None:
    text = "# Walks\n\nMay we sing on the walk?\n- [ ] **Yes**, you may sing as long as you like\n- [ ] **No**, we would rather hear the birds\n\n- Bring bread.\n"
    reading = read_here(text.encode(), "a.md")
    assert reading.items == 1
    assert len(reading.alternatives) == 1


def test_empty_lines_of_a_page_are_room_for_an_answer() -> None:
    page = b"<h2>Walks</h2><p>Name: ______<br>Songs you know (please say how old they are)<br> <br> <br> <br></p><p>We sing.</p><ul><li>Loud</li><li>Long</li></ul>"
    assert [blank.near for blank in read_here(page, "a.html").blanks] == [
        "Name:",
        "Songs you know (please say how old they are)",
    ]


def test_a_heading_needs_no_space_after_its_sign() -> None:
    text = "#1. Walks\n\nWe walk in all weathers.\n\n##2. Songs\n\n* Loud ones\n* Low ones\n"
    reading = read_here(text.encode(), "a.md")
    assert (reading.sections, reading.items) == (("1. Walks", "2. Songs"), 2)


def test_a_question_that_heads_an_empty_section_is_asked() -> None:
    text = "# Walks\n\nWe said this.\n\nWho brings the bread?\n-\n\nWho sings?\n-\n\nWe walk on.\n"
    assert [blank.near for blank in read_here(text.encode(), "a.md").blanks] == ["Who brings the bread?"]


def test_a_signature_of_one_or_the_other_has_its_date_beside_it() -> None:
    text = "We agree.\n\n______ ______\nAunt or Cousin Signature Date\n"
    assert [blank.kind for blank in read_here(text.encode(), "a.txt").blanks] == ["signature", "date"]


def test_a_page_within_markdown_keeps_its_points() -> None:
    text = "# Walks\n\nHere is what we said.\n\n<div>\n<h2>Songs</h2>\n<ul>\n<li>We sing loud</li>\n<li>We sing\n  <ol>\n  <li>at noon</li>\n  </ol>\n</li>\n</ul>\n</div>\n\nThat is all.\n"
    reading = read_here(text.encode(), "a.md")
    assert (reading.sections, reading.items, reading.blanks) == (("Walks", "Songs"), 3, ())


def test_a_bare_signature_has_the_bare_date_below_it() -> None:
    text = "We walk together.\n\nWe sing.\n\nSigned by:\n{{aunt}}\nSignature\nDate\n{{cousin}}\nSignature\nDate\n"
    kinds = [blank.kind for blank in read_here(text.encode(), "a.txt").blanks]
    assert kinds[1:3] == kinds[4:6] == ["signature", "date"]


def test_labels_that_count_on_are_places_to_write() -> None:
    text = "We agree on three songs for the walk.\n\nSong 1\n\nSong 2\n\nSong 3\n\nWe walk in all weathers.\n"
    assert [blank.near for blank in read_here(text.encode(), "a.txt").blanks] == [
        "Song 1",
        "Song 2",
        "Song 3",
    ]


def test_lines_above_the_word_to_choose_are_options() -> None:
    text = "How long we walk\n\n3 Months\n6 Months\n\nSelect how long from the list\n\nWe sing.\n"
    assert read_here(text.encode(), "a.txt").alternatives == (("3 Months", "6 Months"),)
