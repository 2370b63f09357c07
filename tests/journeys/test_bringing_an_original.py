"""The original contract, the whole way: brought to an empty installation, corrected, signed, sealed."""

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import leave_by
from tests.figures import Figure
from tests.journeys.test_from_nothing_to_a_sealed_agreement import (
    ask,
    become_mentor,
    check_and_sign,
    introduce,
    missing_in,
)
from tests.journeys.whole import PATIENCE, Someone, enclosed_pdf, link_in, whole, words
from tests.wording.reading.building import text_as_docx, text_as_pdf
from tests.wording.reading.corpus import LENT, lent

pytestmark = [
    pytest.mark.browser,
    pytest.mark.prove,
    pytest.mark.skipif(
        not LENT.is_dir(), reason="NOT TESTED: the lent agreements are not beside this checkout"
    ),
]
MAKERS: dict[str, Callable[[str], bytes]] = {"txt": str.encode, "docx": text_as_docx, "pdf": text_as_pdf}
SCHEME = "/s/harbour-mentoring"
ANSWERS = {  # who writes first in the blank that is called so, and what; the other agrees where both must
    "The mentor’s name": ("hannah", "Hannah Lindqvist"),
    "The mentee’s name": ("joe", "Joe Bright"),
    "How to reach the mentor": ("hannah", "By letter"),
    "How to reach the mentee": ("joe", "By telephone"),
    "How often they meet": ("hannah", "every 4 weeks"),
    "Notice for missing a meeting": ("hannah", "3"),
    "Contact between meetings": ("hannah", "By e-mail"),
    "Telephone times": ("hannah", "Tuesdays 18:00 to 19:00"),
    "Who sets up meetings": ("joe", "mentee"),
    "Notes by the mentor": ("joe", "will"),
    "Recording by the mentee": ("joe", "is not"),
}
EITHER_ORS = {"mentee/mentor": "mentee", "will/will not": "will", "is/is not": "is not"}
FOUND = """links => links.map(link => [link.id.replace("gap-", ""), link.textContent])"""


def make_own_scheme(organiser: Someone, original: Path) -> dict[str, str]:
    """Begin a scheme with the paper, look it over, publish it; give the blanks by what they are called."""
    page = organiser.page
    organiser.go("/schemes/new/")
    if page.get_by_role("link", name="Set up an app").count():
        organiser.set_up_second_step()
        organiser.press("Go there")
    page.locator("input[name=agreement][value=own]").check()
    page.locator("input[name=name]").fill("Harbour Mentoring")
    page.locator("input[name=contact_email]").fill("help@harbour.example")
    page.locator("textarea[name=urgent_help]").fill("In an emergency ring 999.")
    page.locator("input[name=urgent_help_review_on]").fill("2030-01-01")
    organiser.press("Save as a draft")
    if page.get_by_role("link", name="Set up an app").count():
        organiser.set_up_second_step()
        organiser.press("Go there")
    organiser.sees("Bring your own agreement")
    page.locator("input[type=file]").set_input_files(original)
    organiser.press("Read it")
    organiser.sees("2 people sign, on 2 occasions. Right?")
    correct(organiser)
    leave_by(page, page.get_by_role("link", name="It is right: go on").first)
    organiser.press("Go by those ticked")
    organiser.go(f"{SCHEME}/organise/agreement/found/")
    links = page.locator(".sheet a.gap[id], .sheet a.choice[id]").evaluate_all(FOUND)
    called = {name: id for id, text in links for name in ANSWERS if name in text}
    organiser.go(f"{SCHEME}/organise/agreement/")
    organiser.press("See it as a mentee")
    organiser.sees("This is the page as a mentee finds it")
    page.go_back()
    organiser.press("Publish version 1")
    organiser.sees("is open")
    return called


def correct(organiser: Someone) -> None:
    """The title stands twice; times are times; the organisers have a copy."""
    page = organiser.page
    page.get_by_role("link", name=re.compile("^Correct ?: “Mentoring contract")).click()
    page.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_text("Saved", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Correct the title, who signs and when").click()
    page.get_by_label("the organisers").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".found-panel")).to_have_count(0)


def fill_in_and_sign(hannah: Someone, joe: Someone, called: dict[str, str]) -> None:
    people = {"hannah": hannah, "joe": joe}
    for person in (hannah, joe):
        person.go("/")
        leave_by(person.page, person.page.get_by_role("link", name=re.compile("^Agree and sign with")))
    for name, (who, text) in ANSWERS.items():
        write_in(people[who], called[name], text)
        other = joe if who == "hannah" else hannah
        agree = other.page.locator(f"form[action*='/blanks/{called[name]}/agree/'] button")
        other.page.reload()
        if agree.count():
            agree.first.click()
            expect(agree).to_have_count(0)
    for person in (hannah, joe):
        person.page.reload()
        expect(person.page.locator("#left")).to_contain_text("Nothing is left to agree")
    check_and_sign(hannah, "Hannah Lindqvist")
    check_and_sign(joe, "Joe Bright")
    hannah.sees("You have both signed")


def write_in(person: Someone, field: str, text: str) -> None:
    page = person.page
    page.reload()
    page.locator(f"#gap-{field}").first.click()
    radio = page.locator("main").get_by_role("radio", name=re.compile(f"^{text}$"))
    button = page.get_by_role("button", name=re.compile("Suggest this|Write this"))
    expect(button).to_be_visible()
    if radio.count():
        radio.check()
    else:
        page.locator(f"#{field}_typed").fill(text)
    button.click()
    expect(button).to_have_count(0)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_original_contract_becomes_a_sealed_copy_with_its_words(
    kind: str, chromium: Browser, tmp_path: Path, prepared: Path, figure: Figure
) -> None:
    original = next(case for case in lent("seeds") if case.expected["blanks"]).data.decode()
    paper = tmp_path / f"contract.{kind}"
    paper.write_bytes(MAKERS[kind](original))
    with whole(chromium, tmp_path, prepared) as everyone:
        priya, hannah = everyone.someone("priya"), everyone.someone("hannah")
        joe = everyone.someone("joe", size="phone")
        assert everyone.installation.ampersand("operator", "add", priya.address).returncode == 0
        priya.go("/")
        priya.press("Sign in")
        priya.sign_in()
        priya.page.locator("main input[name=called]").fill("Priya")
        priya.press("Save")
        begun = time.monotonic()
        called = make_own_scheme(priya, paper)
        figure(
            f"from the original ({kind}) to a published version, by a machine",
            f"{time.monotonic() - begun:.0f} s",
        )
        assert set(called) == set(ANSWERS)
        priya.press("Invite mentors")
        priya.page.locator("input[name=invited_as][value=mentor]").check()
        priya.page.locator("textarea[name=emails]").fill(hannah.address)
        priya.press("Send the invitations")
        become_mentor(hannah, everyone)
        ask(joe, "Harbour Mentoring", called="Joe", declare=False)
        introduce(priya)
        for person in (hannah, joe):
            person.go(link_in(person.letter("could be"), everyone.home))
            person.press("Yes")
        fill_in_and_sign(hannah, joe, called)
        pdfs = [sealed_copy(person) for person in (hannah, joe)]
        assert pdfs[0] == pdfs[1]
        printed = subprocess.run(["pdftotext", "-", "-"], input=pdfs[0], capture_output=True, check=True)
        wanted = words(words_of_the_paper(original))
        assert len(wanted) > 400
        missing = missing_in(words(printed.stdout.decode()), wanted)
        figure(f"words of the original ({kind}) in the sealed copy, in order", f"{len(wanted)}", goal="all")
        assert missing == []
        (tmp_path / "copy.pdf").write_bytes(pdfs[0])
        seen = subprocess.run(["pdfsig", tmp_path / "copy.pdf"], capture_output=True, text=True, check=False)
        assert "Signature is Valid" in seen.stdout
        assert "Total document signed" in seen.stdout


def sealed_copy(person: Someone) -> bytes:
    """Wait for the letter that encloses the copy: sealing is the worker's, and takes its time."""
    deadline = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < deadline:
        for letter in person.mailbox.to(person.address):
            if list(letter.iter_attachments()):
                return enclosed_pdf(letter)
        time.sleep(0.3)
    raise AssertionError(f"no copy came to {person.address}")


def words_of_the_paper(original: str) -> str:
    """What the two signed: the paper without its dots, its second title, and the lines to sign on."""
    text = original.split("Date of issue")[0].replace("\nMentoring contract\n", "\n")
    for either, chosen in EITHER_ORS.items():
        text = text.replace(either, chosen)
    return re.sub(r"[….]{2,}", " ", text)
