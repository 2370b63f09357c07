"""Texts of many kinds that ask for nothing: what looks like a place to write is code, a picture, a menu or an ellipsis."""

from __future__ import annotations

import pytest

from ampersand.wording.reading.child import read_here

MENU = (
    "<table><tr><th colspan=3>Walks in the hills</th></tr>"
    "<tr><td><a href='1'>Back</a></td><td></td><td><a href='3'>On</a></td></tr></table>"
    "<p>We walk on Sunday.</p><table><tr><td><img src='hat.png'></td><td>Wear a hat.</td></tr></table>"
    "<form><input type='text' name='q'></form>"
)
RULES = (
    "# Walks\n\n* Sweep the hut at the end (Fri/Sun).\n\n#### Monthly/Quarterly\n\n"
    + "* Oil the door.\n" * 24
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# Walks\n\nThe map is drawn like this:\n\n```python\ndraw(hut)\n```\n\nThen we walk.\n", "a.md"),
        (
            "# Walks\n\nWe sing.\n\n## Pictures\n\n![](hut.png)\n\n![](hill.png)\n\n## Songs\n\nWe sing.\n",
            "a.md",
        ),
        (
            "# Walks\n\nWe sing.\n\n## Pictures\n\n| ![](a.png) | ![](b.png) |\n|---|---|\n\n## Songs\n\nWe sing.\n",
            "a.md",
        ),
        (
            "The hut is lent as it stands, without promises of TITLE, WARMTH OR SILENCE, to all who walk.\n",
            "a.txt",
        ),
        ("---- The rules of the hut ----\n\nWe walk on Sunday.\n", "a.txt"),
        ("The rules follow [HUT17] and the songs of [.pdf] kind ['loud'] and [high,low].\n", "a.txt"),
        ("Write to Anna <anna at hut dot example> or come by.\n", "a.txt"),
        ("All files in hut/songs* and hut/walks* are Anna's.\n", "a.txt"),
        ("If you bring a guest, please explain that to the others at noon.\n", "a.txt"),
        ("The map shows the way across (X) and up (Y) from the hut.\n", "a.txt"),
        ("The rules are `on the wall <wall>`__ of the hut.\n", "a.txt"),
        ("The door is found under Hills, Valley, Hut….\n", "a.txt"),
        ("我们带面包、水、……一起走。\n", "a.txt"),
        (MENU, "a.html"),
        (
            "Walking Contract:\n\nAnna's part:\n- She rings the bell at noon.\n- She brings the bread.\n",
            "a.txt",
        ),
        ("# Walks\n\n* We meet at the hut on Sunday, time of the song TBD\n* We sing.\n", "a.md"),
        (RULES, "a.md"),
        ("**Taken from the song book:**\n\nA song may consist of:\n\n- words;\n- a tune.\n", "a.md"),
        ("Anna is called at 1-800-XXX-XXXX, and the bread is on the table.\n", "a.txt"),
    ],
)
def test_a_text_that_asks_for_nothing_gets_no_blank(text: str, name: str) -> None:
    reading = read_here(text.encode(), name)
    assert (reading.blanks, reading.signature_blocks) == ((), 0)


def test_a_table_with_a_link_among_its_labels_still_asks() -> None:
    rows = "".join(f"<tr><td>{what}</td><td></td></tr>" for what in ("Name", "Hut", "Date"))
    page = f"<table>{rows}<tr><td><a href='map'>Map read on</a></td><td></td></tr></table>"
    assert [blank.near for blank in read_here(page.encode(), "a.html").blanks] == [
        "Name", "Hut", "Date", "Map read on",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "near"),
    [
        (
            "# Songs\n\n- **Singer & hut:**\n- **Rule of choice:** _[how a song is found: by lot, Anna decides, the oldest one says]_\n- **Bread:** [anna@hut.example]\n",
            ["Singer & hut:", "Rule of choice:", "Bread:"],
        ),
        ("# Walking contract\n\nWALKS:\n1. [First walk]\n2. [Second walk]\n", ["WALKS: First walk", "WALKS: Second walk"]),
        (
            "# Walking contract\n\nEach of us writes for themselves what they bring along to the hut.\n\n### Bread\n\n*What does each walker bring?*\n\n- A:\n- B:\n\n### Songs\n\n*What does each walker sing?*\n\n- A:\n- B:\n",
            ["What does each walker bring? A:", "What does each walker bring? B:", "What does each walker sing? A:", "What does each walker sing? B:"],
        ),
        ("# Walks\n\nWalkers' names:\n\n(type them here)\n", ["Walkers' names:"]),
        ("# Walks\n\nThe walk is led with the help of:\n\n**[Walker]** (“the walker”), who brings bread.\n", ["The walk is led with the help of: Walker"]),
        ("# Walks\n\nKeeping my song (if you like):\n\n- [ ] I agree that my song may be kept in the book of the hut.\n", ["Keeping my song (if you like):"]),
        ("# Walks\n\nEach of us signs.\n\n| Walker | Signature | Date |\n|---|---|---|\n| Anna | AW | 3/5/2031 |\n| Bert | BH | 3/5/2031 |\n| | | |\n", ["Walker", "Signature", "Date"]),
        ("# Bread\n\n| Loaf | Part | Day |\n|---|---|---|\n| first loaf | [XX]% | 3 May |\n| second loaf | [XX]% | 4 May |\n", ["first loaf", "second loaf"]),
        (
            "# Walking contract\n\nPlease write what we agree.\n\n1. Walks (How far do we go? Who leads?)\n2. Songs (Which ones, and when?)\n3. Bread (Kind, salt, and so on)\n",
            ["Walks", "Songs", "Bread"],
        ),
        ("# Walks\n\nOur songs follow the ways of [choose: the north / the valley & hills / Anna’s hut — pick one, please], without any doubt.\n", ["Our songs follow the ways of"]),
    ],
)  # fmt: skip
def test_a_placeholder_is_named_by_what_leads_to_it(text: str, near: list[str]) -> None:
    assert [blank.near for blank in read_here(text.encode(), "a.md").blanks] == near


def test_a_point_that_is_a_placeholder_does_not_say_again_what_leads_to_it() -> None:
    template = read_here(
        b"# Walking contract\n\n1. Walks:\n- [first walk]\n- [second walk]\n", "a.md"
    ).template
    assert "\n- first walk: [" in template
    assert "\n- second walk: [" in template


def test_a_small_table_with_a_link_and_a_label_is_a_form() -> None:
    page = "<table><tr><td>Name</td><td></td></tr><tr><td><a href='map'>Map read on</a></td><td></td></tr></table>"
    assert [blank.near for blank in read_here(page.encode(), "a.html").blanks] == ["Name", "Map read on"]


def test_an_example_of_a_date_is_no_date_that_was_put_in() -> None:
    text = b"# Walks\n\nFrom [walker] on **First walk:** [e.g., June 2031]\n"
    assert len(read_here(text, "a.md").blanks) == 2
