"""Shapes met in agreements that nobody had seen before, each in words of our own."""

from __future__ import annotations

import pytest

from ampersand.wording.reading.child import read_here
from tests.wording.reading.building import typst_pdf


def near_of(text: str, name: str = "a.txt") -> list[str]:
    return [blank.near for blank in read_here(text.encode(), name).blanks]


FLAT = (
    "WALKING AGREEMENT Walks are led: ☐ By day ☐ By night at: _____ Pace of walk: ☐ Slow ☐ Brisk Length of walk: ____ "
    "1. Before a walk ===== We look at the map together and at the sky, and whoever knows the way tells the other what to bring along. "
    "- Boots that are dry - A coat for the rain - Bread for two 2. On the walk We keep to the path and wait for whoever is slower, at every gate. "
    "3. After the walk We say when we walk next, and whoever cannot come writes a card."
)


def test_a_document_that_lost_its_line_ends_is_read_by_its_numbers_dashes_and_labels() -> None:
    reading = read_here(FLAT.encode())
    assert reading.alternatives == (("By day", "By night at"), ("Slow", "Brisk"))
    assert [blank.near for blank in reading.blanks if blank.kind != "choice"] == [
        "By night at:",
        "Length of walk:",
    ]
    assert reading.items == 6


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("The hut is let from (Effective Date) on.", ["The hut is let from"]),
        ("The hut belongs to the club of[insert town](“the Club”).", ["The hut belongs to the club of"]),
        ("Whoever comes pays [brief description of what is paid, and of what is free for the members of the club and their guests].", ["Whoever comes pays"]),
        ("The course takes ### hours.", ["The course takes"]),
        ("The hut opens on 00/00/0000 this time.", ["The hut opens on"]),
        ("The keys are with NAME OF KEEPER until DATE of this year.", ["The keys are with", "keys are with NAME OF KEEPER until"]),
        ("We walk X times each year.", ["We walk"]),
        ("Wood we need:\n- {{wood}}\n- {{nails}}", ["Wood we need: wood", "Wood we need: nails"]),
        ("Start: End:\nPlace:", ["Start:", "End:", "Place:"]),
        ("The best way to reach us is\nThe hut has no telephone.", ["The best way to reach us is"]),
        ("Whoever is late rings the bell at the following times:\nThe bell is beside the door and is heard in the garden.", ["Whoever is late rings the bell at the following times:"]),
        ("The list\n\nA. ___ hours of sleep in a week.\nB. ___ hours of walks in a week.", ["The list", "hours of walks in a week."]),
        ("between        (the club)\nand        (the walker)", ["between", "and"]),
        ("______________ Signature of walker\n______________ Date", ["Signature of walker", "Date"]),
        ("The hut of the town of NNN is let.", ["The hut of the town of"]),
        ("How we walk: [e.g. weekly / monthly]", ["How we walk:"]),
        ("We walk ________ [Town or lake] at noon.", ["We walk"]),
        ("This walk is on [Day] of [Month], [Year].", ["This walk is on", "This walk is on [Day] of", "This walk is on [Day] of [Month], Year"]),
        ("1. Name of the hut ______\n\n\n2. The walker’s name, town (and street), and telephone.\n\n\n\n\n\n\n3. Other names ____", ["Name of the hut", "The walker’s name, town (and street), and telephone.", "Other names"]),
        ("- Frau ... kommt ab ... zu uns.\n- Sie bringt ... mit.\n- Der Hut von ... bleibt ... hier.", ["Frau", "kommt ab", "Sie bringt", "Der Hut von", "Der Hut von bleibt"]),
        ("Telephone: (____) ________", ["Telephone:"]),
        ("We bring:\n¨ ______\n¨ ______", ["We bring:", "We bring:"]),
        ("WALKER:\nTown: Street: Born on: / /", ["Town:", "Street:", "Born on:"]),
        ("Whoever has taken us on a walk between                    [town] and the gate, and by the                   [lake] in the evening, is thanked for it.", ["has taken us on a walk between", "and the gate, and by the"]),
        ("The hut was built in the town of (name of town) and belongs to (name of walking club).", ["hut was built in the town of", "and belongs to"]),
        ("This is agreed between , who walks, and us.", ["This is agreed between"]),
        ("We walk every      weeks for at least      hours.", ["We walk every", "weeks for at least"]),
        ("The walker (hut number H             ) brings bread.", ["The walker (hut number H"]),
        ("Please put the day on it.\nMM slash DD slash YYYY", ["Please put the day on it."]),
        ("______ Walker Signature Printed Name Date\n\n______ Guide Signature Printed Name Date", ["Walker Signature:", "Walker Signature: Printed Name:", "Walker Signature: Date:", "Guide Signature:", "Guide Signature: Printed Name:", "Guide Signature: Date:"]),
        ("We thank %walker_name% for the bread.", ["We thank"]),
        ("We thank «WalkerName» for the bread.", ["We thank"]),
        ("Name of Walker:Walker’s Telephone (at home):\nTown:", ["Name of Walker:", "Walker’s Telephone (at home):", "Town:"]),
        ("I, Walker’s Name: , walk with you, Guide’s Name: . We also rest.", ["I, Walker’s Name:", "walk with you, Guide’s Name:"]),
        ("TOWN: STREET:\nPHONE #: NUMBER OF BOOTS:\nNAME: SONG: HUT ID #\nDATE:", ["TOWN:", "STREET:", "PHONE #:", "NUMBER OF BOOTS:", "NAME:", "SONG:", "HUT ID #", "DATE:"]),
        ("Walker :\nNom et Prénom :\nTéléphone : Fax :\nCourriel :", ["Nom et Prénom :", "Téléphone :", "Fax :", "Courriel :"]),
        ("We agree.\n\nWalker Signature Date\n\nGuide Signature Date", ["Walker Signature", "Walker Signature Date", "Guide Signature", "Guide Signature Date"]),
        ("We agree.\n\n__________________\nName of Walker Date Signed", ["Name of Walker", "Date Signed"]),
        ("Name        Town        Telephone\n_______     _______     _______", ["Name", "Town", "Telephone"]),
        ("Walker Name Date\nAddress\nStart Date\nEnd Date\nTelephone", ["Walker Name:", "Date:", "Address:", "Start Date:", "End Date:", "Telephone:"]),
        ("Full name\nTelephone\nHome address\nHow we walk\nWeekly\nMonthly\nAs needed\nThank you.", ["Full name:", "Telephone:", "Home address:", "How we walk"]),
    ],
)  # fmt: skip
def test_a_place_to_write_is_found_with_the_words_before_it(text: str, near: list[str]) -> None:
    assert near_of(text) == near


@pytest.mark.parametrize(
    "text",
    [
        "Bring a coat {delete if it is warm} and boots.",
        "{{#if summer}}\nWe swim in the lake.\n{{else}}\nWe skate on the lake.\n{{/if}}",
        "Coats / boots:\n\n3. Coats. Whoever walks with us in winter brings a coat, and dries it after the walk.",
        "The RULES OF THE HUT and the HOURS OF THE FAIR are on the door: NAME and number beside them.\n\nREAD THEM.",
        "Notes for walkers\n\nWalks\nGardens\nThe lake\nThe hut\n\nAll of these are open to whoever comes along with us.",
        "Dear walkers:\n\nThe hut is open to whoever comes along with us on a day of the week.",
        "He waited ... and then ... nothing came.\n\nShe called ... in vain.",
        "The hut , the lake , and the garden , too , are open to whoever walks with us from , or to , the town.",
        "Whoever is late writes to Anna Bakewell: , or rings the bell.",
        "Der «Garten» und die «Hütte» sind offen.",
        "The initial days are free.\nThe initial visit: we meet at the gate, and walk to the hut.",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    assert near_of(text) == []


def test_a_question_with_options_below_it_is_one_either_or() -> None:
    text = "Our walking agreement\n\n1. When do we walk? Here are some suggestions:\n   • At dawn\n   • At noon\n2. Who brings the bread?\n3. Who brings the map?\n4. Who rings the bell?"
    reading = read_here(text.encode())
    assert reading.alternatives == (("At dawn", "At noon"),)
    assert [blank.near for blank in reading.blanks] == [
        "When do we walk?",
        "Who brings the bread?",
        "Who brings the map?",
        "Who rings the bell?",
    ]


def test_an_option_is_told_without_what_is_said_about_it() -> None:
    text = "The hut\n\n☐ Warm - with a fire that burns all night\n☐ Cold - with blankets for all who come"
    assert read_here(text.encode()).alternatives == (("Warm", "Cold"),)


def test_dashes_and_rings_that_stand_before_points_in_some_way_are_points() -> None:
    assert read_here(b"We bring:\n-\nBread\n-\nSalt\n").items == 2
    assert read_here(b"We bring:\no Bread that was baked today\no Salt\n").items == 2


def test_a_row_with_a_choice_behind_it_is_one_either_or() -> None:
    reading = read_here(b"We walk once per ________ [Week/Month].")
    assert [(blank.kind, blank.options) for blank in reading.blanks] == [("choice", ("Week", "Month"))]


def test_a_name_beside_another_name_is_not_signed() -> None:
    text = "Both sign at the end.\nStudent Name: ______ Mentor: ______\n\nWe walk together in summer and in winter.\n\nWe rest at noon.\n\nMentor Signature: ______"
    assert [blank.kind for blank in read_here(text.encode()).blanks] == ["person", "person", "signature"]


def test_a_number_to_choose_is_an_either_or() -> None:
    assert read_here(b"We walk for [30/60] minutes.").alternatives == (("30", "60"),)


def test_round_brackets_after_square_ones_do_not_make_a_text_markdown() -> None:
    assert near_of("We meet in[insert town](“the Town”) and walk.") == ["We meet in"]


SAID = "Whoever walks with us says beforehand which path it is to be, and waits at every gate for the one who is slower. "
LABELS = (
    "Name of the walker",
    "Town",
    "Street",
    "Telephone",
    "Name of the hut",
    "Path",
    "Boots",
    "Songs",
    "Bread",
    "Day of the walk",
    "Horse",
    "Date",
)


def test_a_form_set_in_two_columns_is_read_down_the_first_and_then_down_the_second() -> None:
    left, right = ("\n\n".join(f"{label}:" for label in half) for half in (LABELS[:8], LABELS[8:]))
    page = f"#set page(columns: 2)\n#set text(size: 9pt)\n#set par(spacing: 1.4em)\n{SAID * 4}\n\n{left}\n#colbreak()\n{right}\n\n{SAID}\n\n{SAID}\n\n{SAID}"
    assert [blank.near for blank in read_here(typst_pdf(page)).blanks] == [f"{label}:" for label in LABELS]


def test_a_label_that_says_what_to_write_is_a_blank_among_others() -> None:
    text = "Walks\n\nName:\n\nTown:\n\nStreet:\n\nTelephone:\n\nPath:\n\nHopes: What do you hope to see on the walk?\n\nBread: Describe what you bring along.\n\nWe walk in all weathers, and wait for whoever is slower."
    assert near_of(text) == ["Name:", "Town:", "Street:", "Telephone:", "Path:", "Hopes:", "Bread:"]
    assert (
        near_of("Walks\n\nHopes: What do you hope to see?\n\nBread: Describe what you bring along.\n") == []
    )


def test_a_telephone_number_and_a_full_stop_are_no_markers() -> None:
    assert read_here(b"The hut\n(727) 423-7811\n. I walk with you.").items == 0


def test_a_name_and_a_date_in_brackets_are_one_signature() -> None:
    reading = read_here(b"Signed by [Your Name] on [date].")
    assert [blank.kind for blank in reading.blanks] == ["signature", "date"]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        (
            "The walks begin on Click or tap to enter a date. and cost Click or tap here to enter text. pounds.",
            ["The walks begin on", "and cost"],
        ),
        ("Name: Klicken oder tippen Sie hier, um Text einzugeben.", ["Name:"]),
        ("Lieu : Choisissez un élément.", ["Lieu :"]),
    ],
)
def test_what_word_writes_where_nothing_was_entered_is_a_place_to_write_also_as_mere_words(
    text: str, near: list[str]
) -> None:
    assert near_of(text) == near


def test_two_who_begin_a_sentence_are_the_options_and_not_all_that_follows() -> None:
    text = "Walks\n\nThe leader / the walker packs the rucksack (delete as appropriate).\n\nSigned (walker): _____\n"
    assert read_here(text.encode()).alternatives == (("The leader", "the walker"),)
