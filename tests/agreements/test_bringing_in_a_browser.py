"""Bringing an agreement in Chromium: by keyboard, without JavaScript, with the mouse, to a sealed copy."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from ampersand.agreements.actions.opening import open_for
from ampersand.agreements.models import Copy, Template
from ampersand.agreements.tasks import seal_agreement
from ampersand.pairs.actions import begin
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme
from ampersand.wording import Kind, fields
from tests.agreements.brought import PAPER
from tests.agreements.people import Two
from tests.browsing import Visit, leave_by, press, tab_to, type_into
from tests.figures import Figure
from tests.journeys.test_from_nothing_to_a_sealed_agreement import missing_in
from tests.journeys.whole import words

FOUND_AGAIN = "Find our safety guide on the website https://garden.example and keep it."
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=re.compile(name))


def fold(page: Page, name: str) -> Locator:
    return page.locator("summary", has_text=name)


def choose(page: Page, wanted: Locator, words: str) -> None:
    """Go to a list by Tab and choose by typing how its entry begins."""
    tab_to(page, wanted)
    page.keyboard.type(words)


def test_everything_is_corrected_by_keyboard_alone(garden: Template, organiser: Person, visit: Visit) -> None:
    page = visit(organiser, size="desktop")
    page.goto("/s/quiet-hours/organise/agreement/found/")
    press(page, link(page, "^Correct ?: “A meeting lasts"))
    expect(page.locator(".panel-title")).to_be_focused()
    press(page, fold(page, "Mark a blank"))
    choose(page, page.locator("#mark_first"), "4.")
    choose(page, page.locator("#mark_last"), "4.")
    type_into(page, page.locator("#mark_label"), "Minutes")
    press(page, button(page, "Mark it"))
    expect(page.locator("#ask_label")).to_have_value("Minutes")  # what it asks for comes next
    choose(page, page.locator("#ask_kind"), "a number")
    press(page, button(page, "Save"))
    expect(page.locator("#gap-minutes")).to_contain_text("a number")
    expect(page.get_by_text("Saved.", exact=True)).to_be_focused()
    garden.refresh_from_db()
    assert garden.wording().field("minutes").kind is Kind.NUMBER
    press(page, button(page, "Undo this"))
    expect(page.get_by_text("Undone.", exact=True)).to_be_visible()
    press(page, page.get_by_role("button", name="Undo", exact=True))
    expect(page.locator("#gap-minutes")).to_have_count(0)
    press(page, page.get_by_role("button", name="Redo", exact=True))
    expect(page.locator("#gap-minutes")).to_have_count(1)
    press(page, link(page, "Blank, to be corrected here: ?Minutes"))
    press(page, fold(page, "This is no blank"))
    type_into(page, page.locator("#words_words_there"), "sixty")
    press(page, button(page, "Make it words"))
    expect(page.locator(".sheet")).to_contain_text("A meeting lasts sixty minutes.")
    press(page, button(page, "Looked at ?: Find our safety guide"))
    expect(page.locator(".task--done")).to_contain_text("Find our safety guide")
    expect(page.locator("#look .saved")).to_be_focused()
    press(page, link(page, "^Correct ?: 3. Ending|^Correct ?: Ending"))
    type_into(page, page.locator("#heading_text"), "Parting")
    press(page, button(page, "Save"))
    expect(page.locator("#section-c-3-ending .saved")).to_be_focused()
    press(page, button(page, "Undo this"))
    expect(page.locator("#section-c-3-ending .saved")).to_have_text("Undone.")
    expect(page.locator("#section-c-3-ending .saved")).to_be_focused()
    press(page, link(page, "Correct the title, who signs and when"))
    type_into(page, page.locator("#signing_others"), "Guardian")
    press(page, button(page, "Save"))
    expect(page.locator("#signing .saved")).to_be_focused()
    expect(page.locator("#signing")).to_contain_text("Guardian")


def kept(page: Page, said: str = "Saved.") -> None:
    """Wait until the sheet says what was done, and stands where it was done."""
    expect(page.get_by_text(said, exact=True)).to_be_focused()


def taken_back(page: Page) -> None:
    press(page, button(page, "Undo this"))
    kept(page, "Undone.")


def open_blank(page: Page, called: str) -> None:
    press(page, link(page, f"to be corrected here: ?{called}"))
    expect(page.locator(".panel-title")).to_be_focused()


def test_what_blanks_dates_choices_and_signatures_ask_is_corrected_by_keyboard_on_a_phone_and_taken_back(
    two_addresses: Template, organiser: Person, visit: Visit
) -> None:
    page = visit(organiser)
    page.goto("/s/quiet-hours/organise/agreement/found/")
    text = two_addresses.text
    open_blank(page, "Call the mentor at")  # asks for the same as another
    press(page, fold(page, "same as another"))
    choose(page, page.locator("#same_other"), "Write to")
    press(page, button(page, "Make them one blank"))
    kept(page)
    expect(page.locator(".sheet")).not_to_contain_text("to be corrected here: Call the mentor at")
    taken_back(page)
    open_blank(page, "It all begins on")  # what kind, and who fills it in
    choose(page, page.locator("#ask_kind"), "several lines")
    tab_to(page, page.locator("#ask_by_0"))
    page.keyboard.press("ArrowDown")
    press(page, button(page, "Save"))
    kept(page)
    expect(page.locator(".sheet")).to_contain_text("several lines; Mentor alone")
    taken_back(page)
    open_blank(page, "It all begins on")  # a date is none
    press(page, fold(page, "This is no blank"))
    type_into(page, page.locator("#words_words_there"), "Monday")
    press(page, button(page, "Make it words"))
    kept(page)
    expect(page.locator(".sheet")).to_contain_text("It all begins on Monday (date).")
    taken_back(page)
    open_blank(page, "Notes")  # a choice has an option more, then is none
    tab_to(page, page.locator("#ask_options"))
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\nmay")
    press(page, button(page, "Save"))
    kept(page)
    notes = page.locator(".choice", has_text="Notes")
    expect(notes).to_have_text(re.compile(r"will */ *will not */ *may$"))
    taken_back(page)
    open_blank(page, "Notes")
    press(page, fold(page, "This is no blank"))
    press(page, button(page, "Make it words"))
    kept(page)
    expect(notes).to_have_count(0)
    taken_back(page)
    press(page, link(page, "Correct the title, who signs and when"))  # nobody signs a second time
    tab_to(page, page.locator("#signing_label_1"))
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    press(page, button(page, "Save"))
    kept(page)
    expect(page.locator("#signing h3")).to_have_text(["Date of issue"])
    taken_back(page)
    expect(page.locator("#signing h3")).to_have_text(["Date of issue", "Date of renewal"])
    two_addresses.refresh_from_db()
    assert two_addresses.text == text


def test_words_are_marked_clauses_parted_and_blanks_made_one_without_javascript(
    two_addresses: Template, organiser: Person, visit: Visit
) -> None:
    page = visit(organiser, javascript=False)
    page.goto("/s/quiet-hours/organise/agreement/found/")
    leave_by(page, link(page, "^Correct ?: “Please talk"))
    fold(page, "Begin a new clause").click()
    page.locator("#split_at").select_option("9")
    leave_by(page, button(page, "Split here"))
    expect(page.locator(".sheet")).to_contain_text("before you sign it.")
    leave_by(page, link(page, "^Correct ?: “before you"))
    fold(page, "Mark a blank").click()
    page.locator("#mark_first").select_option("1")
    page.locator("#mark_last").select_option("1")
    page.get_by_label("an either/or between these words").check()
    page.locator("#mark_options").fill("before\nafter")
    button(page, "Mark it").click()
    expect(page.locator("#ask_options")).to_have_value("before\nafter")
    leave_by(page, button(page, "Undo").first)
    expect(page.get_by_text("Undone.", exact=True)).to_be_visible()
    leave_by(page, link(page, "to be corrected here: ?Call the mentor at"))
    fold(page, "same as another").click()
    page.locator("#same_other").select_option(label="Write to the mentor at")
    leave_by(page, button(page, "Make them one blank"))
    expect(page.locator("a.gap", has_text="Write to the mentor at")).to_have_count(2)
    leave_by(page, button(page, "Undo this"))
    expect(page.locator("a.gap", has_text="Write to the mentor at")).to_have_count(1)
    two_addresses.refresh_from_db()
    assert [field.kind for field in two_addresses.wording().blanks].count(Kind.CHOICE) == 2
    assert len(list(two_addresses.wording().clauses())) == 14


def test_words_selected_with_the_mouse_are_chosen(garden: Template, organiser: Person, visit: Visit) -> None:
    page = visit(organiser, size="desktop")
    page.goto("/s/quiet-hours/organise/agreement/found/?clause=meeting-lasts-45")
    first, last = (page.locator(f"[data-word='{number}']").bounding_box() for number in (3, 4))
    assert first
    assert last
    page.mouse.move(first["x"] + 2, first["y"] + 8)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 2, last["y"] + 8, steps=5)
    page.mouse.up()
    expect(page.locator("#mark_first")).to_have_value("3")
    expect(page.locator("#mark_last")).to_have_value("4")
    expect(page.locator("#mark_how_0")).to_be_visible()


def test_a_click_on_the_words_of_a_gap_reaches_it(garden: Template, organiser: Person, visit: Visit) -> None:
    for size in ("desktop", "phone"):
        page = visit(organiser, size=size)
        page.goto("/s/quiet-hours/organise/agreement/found/")
        expect(page.locator("#gap-mentor")).to_be_visible()
        for place in page.locator(".clause-words a").all():
            place.click(trial=True)  # fails where something else would be clicked
    page.locator("#gap-mentor").click()
    expect(page.locator(".panel-title")).to_be_focused()


def bring_and_publish(page: Page, paper: Path) -> None:
    """Upload, look, correct one thing, take what is suggested, publish."""
    page.goto("/s/quiet-hours/organise/agreement/")
    link(page, "Bring your own agreement").click()
    page.locator("input[type=file]").set_input_files(paper)
    button(page, "Read it").click()
    expect(page.locator(".lead")).to_contain_text("We found 11 clauses, 4 blanks, 2 either/ors")
    link(page, "^Correct ?: “Find our").click()
    fold(page, "Change its words").click()
    page.locator("#reword_text").fill(
        "Find our safety guide on the website https://garden.example and keep it."
    )
    button(page, "Save these words").click()
    expect(page.locator(".sheet")).to_contain_text("https://garden.example")
    link(page, "It is right: go on").first.click()
    button(page, "Go by those ticked").click()
    expect(page.locator("main")).to_contain_text("The agreement, version 2")
    link(page, "See it as a mentee").click()
    expect(page.locator("main")).to_contain_text("This is the page as a mentee finds it")
    page.go_back()
    button(page, "Publish version 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Version 2 is published")


def test_a_paper_of_our_own_becomes_a_sealed_copy_with_its_words(
    peer_scheme: Scheme,
    organiser: Person,
    mentor: Person,
    mentee: Person,
    outsider: Person,
    visit: Visit,
    tmp_path: Path,
    figure: Figure,
) -> None:
    paper = tmp_path / "garden.txt"
    paper.write_text(PAPER)
    bring_and_publish(visit(organiser, size="desktop"), paper)
    pair = begin(scheme=peer_scheme, mentor=mentor, mentee=mentee)
    two = Two(peer_scheme, pair, mentor, mentee, organiser, outsider)
    two.agreement = open_for(pair=pair)
    wording = two.agreement.template.wording()
    typed = {Kind.NUMBER: "3", Kind.FREQUENCY: "two weeks", Kind.PERSON: "Someone"}
    for field in fields(wording):
        owner = two.sam if field.by == "mentee" else two.hannah
        two.suggest(owner, field.id, field.options[0].key if field.is_choice else typed[field.kind])
        if field.together:
            two.agree(two.sam, field.id)
    two.sign(two.hannah)
    two.sign(two.sam)
    seal_agreement(agreement=two.agreement.pk)
    text = printed(bytes(Copy.objects.get(agreement=two.agreement).pdf))
    body = PAPER.split("Date of issue")[0].replace("- -", "https://garden.example")
    wanted = words(
        re.sub(r"_+", " ", body).replace("mentor/mentee", "mentor").replace("will/will not", "will")
    )
    figure("words of our own paper that the sealed copy has, in order", f"{len(wanted)} of {len(wanted)}")
    assert missing_in(words(text), wanted) == []
    assert "gives at least 3 days' notice" in " ".join(text.split())


def printed(pdf: bytes) -> str:
    """What a PDF says, by a reader that is none of ours."""
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
