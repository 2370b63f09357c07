"""One shape at a time: what is a blank, an either/or, a point or a signature, and what only looks like one."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from ampersand.guarding.children import Overrun
from ampersand.wording.reading import Unreadable, read
from ampersand.wording.reading.child import read_here
from tests.wording.reading.building import docx_of


def near_of(text: str, name: str = "a.txt") -> list[str]:
    return [blank.near for blank in read_here(text.encode(), name).blanks]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("We meet every ………… weeks.", "We meet every"),
        ("We meet every ..... weeks.", "We meet every"),
        ("We meet every · · · · · · weeks.", "We meet every"),
        ("Name: ＿＿＿＿", "Name:"),
        ("Name: _ _ _ _ _ _", "Name:"),
        ("We meet at [insert place].", "We meet at"),
        ("We meet at <place>.", "We meet at"),
        ("We meet at {place}.", "We meet at"),
        ("We meet [e.g. weekly] in town.", "We meet"),
        ("Starting on DD/MM/YYYY we meet.", "Starting on"),
        ("Date: ___/___/20___", "Date:"),
        ("Date:", "Date:"),
        ("What would you like to learn?\n\n\n\nWe meet weekly in town.", "What would you like to learn?"),
        ("Aims:\n________________\n________________\n________________", "Aims:"),
        ("________________\nMentor’s signature", "Mentor’s signature"),
        ("Tea is served at [ ] each week.", "Tea is served at"),
        ("The walk is led by (name) in spring.", "The walk is led by"),
        ("Each of us writes every (number) weeks.", "Each of us writes every"),
        ("We pay for lunch from {{startDate}} on.", "We pay for lunch from"),
        ("The hut opens on (Opening.Date) this year.", "The hut opens on"),
        ("The boat holds (number) people when it is calm.", "The boat holds"),
        (
            "[Add a line on where to park here, if your town has none of its own.]",
            "Add a line on where to park here, if your town has none of its own",
        ),
        (
            "If something breaks, please note what you will do about it. (Some call a neighbour first.)",
            "If something breaks, please note what you will do about it.",
        ),
        (
            "A garden is looked after together, and its costs are borne by\n____________________________",
            "together, and its costs are borne by",
        ),
    ],
)
def test_a_place_to_write_is_found_once_with_the_words_before_it(text: str, near: str) -> None:
    assert near_of(text) == [near]


@pytest.mark.parametrize(
    "text",
    [
        "He waited... and waited… until noon.",
        "Contents\n\n1. Purpose .......... 2\n2. Rules .......... 3",
        "See [1] and [the handbook](https://example.org/a_b__c).",
        "We agree as follows:\n\n- be kind\n- be early",
        "Purpose: to say what we expect of each other.",
        "What is a mentor?\n\nSomeone who listens to you.",
        "Title\n=====\n\nText follows here.\n\n----------\n\nMore text.",
        "Call `git clone <url>` and `make {name}.txt`.",
        "He said [...] and (…) etc... and “Well ...” at the end.",
        "Notes:\n\nThe programme is free. Dates: 1-2 May; 3–4 June.",
        "“By [date], I will have learnt it.”",
        "I will not:\n5. lend money,\n6. borrow money.",
        "House rules\n\nSome questions that may help you talk:\n\n- When do you rise?\n- What do you eat?\n- Who waters the plants?",
        "Our agreement\n\n- How do we talk?\n\nWe talk by letter, once each month.\n\n- Who writes first?\n\nThe older of the two writes first.\n\n- When?\n\nOn the first day of the month.",
        "The helper (a volunteer) comes on foot (or by bus) to the number (or street) given.",
        "State of the work: begun / half done / nearly done / done.",
        "General terms:\n\nThe course costs nothing, and whoever joins it may leave it whenever they like.",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    assert near_of(text) == []


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Notes will/will not be kept.", ("will", "will not")),
        ("The mentor is / is not paid.", ("is", "is not")),
        ("We do/don't share numbers.", ("do", "don't")),
        ("Give ___ (days/weeks) notice.", ("days", "weeks")),
        ("We meet (weekly / every two weeks / monthly).", ("weekly", "every two weeks", "monthly")),
        ("We meet [in town/at home].", ("in town", "at home")),
        ("Frequency: weekly / fortnightly / monthly", ("weekly", "fortnightly", "monthly")),
        ("Choose one of: red, green or blue.", ("red", "green", "blue")),
        ("We meet at home / in public*\n\n*delete as appropriate", ("at home", "in public")),
        ("You may film me: ☐ Yes ☐ No", ("Yes", "No")),
        ("You may film me: Yes [ ] No [ ]", ("Yes", "No")),
        ("How we meet\n\n[ ] in town\n[ ] by telephone", ("in town", "by telephone")),
        ("The mentee/mentor will book the room.", ("mentee", "mentor")),
        ("Die Mentorin darf/darf nicht aufzeichnen.", ("darf", "darf nicht")),
        ("I work on a (fixed/changing) day.", ("fixed", "changing")),
    ],
)
def test_an_either_or_is_found_with_its_options(text: str, options: tuple[str, ...]) -> None:
    assert read_here(text.encode()).alternatives == (options,)


@pytest.mark.parametrize(
    "text",
    [
        "Bring pens and/or paper.", "He/she keeps his/her word.", "A parent/guardian is told.", "Keep records/action plans.",
        "On 12/05/2024 we met 24/7.", "See https://example.org/will/will-not.", "The mentor/mentee relationship matters.", "Meet 30 min/week.",
        "Send questions/problems early.",
    ],
)  # fmt: skip
def test_what_names_one_thing_is_no_either_or(text: str) -> None:
    assert read_here(text.encode()).alternatives == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1. Be kind.\n2. Be early.\n3. Be clear.", 3),
        ("1) Be kind.\n1) Be early.\n7) Be clear.", 3),
        ("1. Be kind. 2. Be early. 3. Be clear.", 3),
        ("1 About\n1.1 Be kind to all.\n1.2 Be early always.\n2 More\n2.1 Be clear in words.", 3),
        ("• Be kind.\n• Be early.", 2),
        ("Step 1: Read this.\nStep 2: Write to us.", 0),
        ("12 volunteers came to us last year.", 0),
        ("The topics are 1) tea, 2) cake, 3) talk.", 0),
        ("M. Dupont comes on Mondays.", 0),
    ],
)
def test_points_are_counted(text: str, count: int) -> None:
    assert read_here(text.encode()).items == count


@pytest.mark.parametrize(
    ("text", "blocks", "occasions"),
    [
        ("We agree.\n\nMentor: ________ Date: ____\nMentee: ________ Date: ____", 2, 1),
        ("Signed ________ (mentor)   Signed ________ (mentee)   Date ____", 2, 1),
        (
            "Signatures:\nMentor: ........\nMentee: ........\nRenewal\nSignatures:\nMentor: ........\nMentee: ........",
            4,
            2,
        ),
        ("Student signature: ____\nParent signature: ____\nTeacher signature: ____\nDate: ____", 3, 1),
        ("Mentor: ________\nMentee: ________\n\nWe meet weekly.", 0, 0),
        ("By taking part you accept these terms.", 0, 0),
    ],
)
def test_signature_blocks_are_one_signer_on_one_occasion(text: str, blocks: int, occasions: int) -> None:
    reading = read_here(text.encode())
    assert (reading.signature_blocks, reading.occasions) == (blocks, occasions)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("A session lasts about 45 minutes.", "session_minutes", 45),
        ("We meet for an hour and a half each time; meetings are private.", "session_minutes", 90),
        ("Cancel a meeting with 48 hours' notice.", "notice_days", 2),
        ("Either may end this with 30 days' notice.", "notice_days", None),
        ("Either may end this with 30 days' notice.", "ending_notice_days", 30),
        ("This agreement lasts for 12 months.", "duration_months", 12),
        ("It may be renewed for a further 6 months.", "renewal_months", 6),
        ("We meet once a month.", "frequency", "once a month"),
        ("Write to a.b@example.org.", "contact_email", "a.b@example.org"),
        ("Expenses are paid within 30 days.", "notice_days", None),
    ],
)
def test_facts_are_taken_only_from_what_they_are_about(text: str, name: str, value: object) -> None:
    assert read_here(text.encode()).facts.get(name) == value


FORM = "# Agreement of two gardeners\n\n{}"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        (
            "Please answer together.\n\n1. When do we dig?\n2. Who brings the spade?\n3. What do we plant first?",
            ["When do we dig?", "Who brings the spade?", "What do we plant first?"],
        ),
        (
            "To be completed by both.\n\n1. **Aims** _(what should grow, and by when)_\n2. **Who waters the beds?**\n3. **Who mends the fence?**\n4. **Who sells the apples?**",
            ["Aims", "Who waters the beds?", "Who mends the fence?", "Who sells the apples?"],
        ),
        (
            "My name:\n\n\nI will come by:\n\n\nThese are the beds I like best:\n\n\nI cannot dig on:\n\n\nI can be asked to:\n\n\nThe tools I bring are:\n",
            [
                "My name:",
                "I will come by:",
                "These are the beds I like best:",
                "I cannot dig on:",
                "I can be asked to:",
                "The tools I bring are:",
            ],
        ),
        (
            "## Beds\n\n#### This year:\n\n#### Next year:\n\n## Trees\n\nThe trees are old and are left alone.",
            ["This year:", "Next year:"],
        ),
        (
            "We have read this.\n\nThe tutor’s signature\n\nThe pupil’s signature",
            ["The tutor’s signature", "The pupil’s signature"],
        ),
        (
            "The seed lasts for ____ (weeks/months).",
            ["The seed lasts for", "The seed lasts for (weeks/months)"],
        ),
    ],
)
def test_what_stands_to_be_answered_is_asked_once(text: str, near: list[str]) -> None:
    assert near_of(FORM.format(text), "a.md") == near


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "Emergency contact name: ____\n\nName of the club: ____\n\nDog’s name: ____",
            ["person", "text", "person"],
        ),
        ("Paid by: ____\n\nIt is valid as of ____ in town.\n\nFees: ____", ["person", "date", "number"]),
        (
            "The keeper and ____ (“Walker”) meet.\n\nLong-term plans: ____\n\nTutor comments: ____",
            ["person", "text", "text"],
        ),
        (
            "Start: [dd/mm/yyyy]\n\nLength: [e.g. 2 hours]\n\nHost: [e.g. name of a friend]",
            ["date", "duration", "person"],
        ),
    ],
)
def test_kinds_are_told_from_the_words_around(text: str, kinds: list[str]) -> None:
    assert [blank.kind for blank in read_here(text.encode(), "a.md").blanks] == kinds


def test_points_are_counted_however_they_were_typed() -> None:
    apart = "1.\n\nWe dig on Mondays.\n\n2.\n\nWe rest on Sundays."
    run_on = "Three people help: 1. Ann: she digs. 2. Ben: he waters. 3. Cy: they weed."
    deeper = "1. Digging 1.1 We dig early. 1.2 We dig slowly. 2. Resting"
    assert [read_here(text.encode()).items for text in (apart, run_on, deeper)] == [2, 3, 4]
    tasks = "# Plan\n\n- [ ] Dig the long bed by the wall before the frost comes\n  - Ask for the spade\n- [ ] Rest on the bench by the pond until the sun is high"
    assert read_here(tasks.encode(), "a.md").items == 3


def test_options_without_their_boxes_are_found_where_the_text_says_to_tick() -> None:
    text = "How often do we dig?\n\nPlease put an X in one of the boxes below.\n\nWeekly\nFortnightly\nNever"
    reading = read_here(text.encode())
    assert reading.alternatives == (("Weekly", "Fortnightly", "Never"),)
    short = "Kind of spade: ___ long; ___ short; ___ broad"
    assert read_here(short.encode()).alternatives == (("long", "short", "broad"),)


def test_lines_to_sign_on_over_names_still_to_be_put_in_are_signatures() -> None:
    text = "We agree to dig.\n\nWe rest on Sundays.\n\n________________      ________________\n{{digger_name}}       {{owner_name}}\n\nDate: ________       Date: ________"
    assert read_here(text.encode()).signature_blocks == 2


def test_tracked_changes_are_read_as_accepted() -> None:
    data = docx_of("title: T\np: We meet ⟦del:weekly ____⟧⟦ins:monthly⟧ in town.")
    assert read_here(data).blanks == ()


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED_ODT = {"content.xml": bytes(30), "META-INF__manifest.xml": b"<manifest:encryption-data/>"}
KEPT_SHUT = {
    "a Word file with a password": (OLE + "EncryptedPackage".encode("utf-16le"), "locked with a password"),
    "an OpenDocument with a password": (zipped(**LOCKED_ODT), "locked with a password"),
    "an old spreadsheet": (OLE + "Workbook".encode("utf-16le"), "no Word file"),
    "Pages": (zipped(Index__Document_iwa=b"x").replace(b"_iwa", b".iwa"), "Export To, Word"),
    "nothing but a mark of order": (b"\xef\xbb\xbf\r\n", "is empty"),
}


@pytest.mark.parametrize("what", KEPT_SHUT)
def test_what_we_cannot_open_is_said_so_that_its_owner_knows_what_to_do(what: str) -> None:
    content, sentence = KEPT_SHUT[what]
    with pytest.raises(Unreadable, match=sentence):
        read(content)


def test_pasted_text_that_takes_too_long_is_not_asked_to_be_pasted(monkeypatch: pytest.MonkeyPatch) -> None:
    def overrun(*_args: object, **_named: object) -> None:
        raise Overrun

    monkeypatch.setattr("ampersand.wording.reading.asking.ask_child", overrun)
    with pytest.raises(Unreadable, match="too long to be read in one piece"):
        read(b"On and on.")
    with pytest.raises(Unreadable, match="or paste its text"):
        read(b"On and on.", "on.txt")


def test_an_old_word_file_is_refused_with_a_sentence_where_libreoffice_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(Unreadable, match="LibreOffice"):
        read(OLE + "WordDocument".encode("utf-16le"), "old.doc")


@pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="NOT TESTED: LibreOffice is not installed, which reads old Word files",
)
def test_an_old_word_file_is_read_where_libreoffice_is_installed(tmp_path: Path) -> None:
    new = tmp_path / "garden.docx"
    new.write_bytes(docx_of("title: Garden agreement\nn: We dig weekly.\np: Name: ____________\n"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(new)]
    subprocess.run(command, capture_output=True, timeout=600, check=True)
    reading = read(tmp_path / "garden.doc")
    assert [blank.near for blank in reading.blanks] == ["Name:"]
    assert reading.items == 1


def test_what_is_pointed_out_is_worth_a_look() -> None:
    lost = "Please email Ann Digger at with any question about the beds."
    assert any("lost" in hint.sentence for hint in read_here(lost.encode()).look_at)
    slots = "Plan\n\nOur aims:\n\n1.\n2.\n3.\n\nOther: ____\n\nOther: ____\n\nName: ____\n\nName: ____"
    assert read_here(slots.encode()).look_at == ()


def test_contradictions_and_leftovers_are_pointed_out() -> None:
    text = "A session lasts 30 minutes.\nMeetings last 60 minutes each.\nWe will/will not talk (delete as appropriate)."
    sentences = [hint.sentence for hint in read_here(text.encode()).look_at]
    assert any("how long a meeting lasts" in sentence for sentence in sentences)
    assert any("delete" in sentence for sentence in sentences)
