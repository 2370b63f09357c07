"""The main story, whole: an empty installation, three people, real mail, and what they hold at the end."""

import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import leave_by
from tests.journeys.whole import Someone, Whole, enclosed_pdf, letter_to, link_in, whole, words

pytestmark = pytest.mark.browser

BLANKS = {  # who writes first, and what; the other agrees where it is for both
    "mentor-name": ("hannah", "Hannah Lindqvist"),
    "mentee-name": ("joe", "Zoë Ọlá-Nguyễn"),
    "mentor-contact": ("hannah", "E-mail: hannah@work.example"),
    "mentee-contact": ("joe", "A text message"),
    "often": ("hannah", "every 4 weeks"),
    "notice": ("hannah", "3"),
    "between": ("hannah", "E-mail"),
    "phone": ("hannah", "Tuesdays 18:00 to 19:00"),
}
CHOICES = {"set-up": "mentee", "notes": "will", "recording": "is not"}
# The sheet as a reader sees it: without what is struck out, and without words for screen readers only.
WHAT_IS_READ = """sheet => {
    const copy = sheet.cloneNode(true);
    for (const hidden of copy.querySelectorAll("s, .visually-hidden")) hidden.remove();
    return copy.textContent;
}"""
TOGETHER = {"often", "notice", *CHOICES}


def make_scheme(
    organiser: Someone, everyone: Whole, agreement: str, name: str, *, solo: bool = False
) -> None:
    told = everyone.installation.ampersand("operator", "add", organiser.address)
    assert told.returncode == 0, told.stderr
    organiser.go("/")
    organiser.press("Sign in")
    organiser.sign_in()
    organiser.page.locator("main input[name=called]").fill("Priya")
    organiser.press("Save")
    organiser.go("/")
    organiser.press("Make a scheme")
    page = organiser.page
    if page.get_by_role("link", name="Set up an app").count():
        organiser.set_up_second_step()
        organiser.press("Go there")
    page.locator(f"input[name=agreement][value={agreement}]").check()
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=contact_email]").fill("help@harbour.example")
    page.locator("textarea[name=urgent_help]").fill("In an emergency ring 999.")
    page.locator("input[name=urgent_help_review_on]").fill((date.today() + timedelta(days=200)).isoformat())
    page.locator("input[name=website]").fill("https://harbour.example")
    if solo:
        page.locator("input[name=solo]").check()
        page.locator("input[name=capacity]").fill("2")
    organiser.press("Save as a draft")
    if page.get_by_role("link", name="Set up an app").count():
        organiser.set_up_second_step()
        organiser.press("Go there")
    organiser.press("See it as a mentee")
    organiser.sees("This is the page as a mentee finds it")
    page.go_back()
    organiser.press("Publish version 1")
    organiser.sees("is open")


def ask(mentee: Someone, name: str, *, called: str, declare: bool) -> None:
    """Find the scheme from the home page, read, declare, sign in by code, answer, ask."""
    mentee.go("/")
    leave_by(mentee.page, mentee.page.get_by_role("link", name=name).first)
    mentee.press("Ask for a mentor")
    for box in mentee.page.locator("main input[type=checkbox]").all() if declare else []:
        box.check()
    mentee.press("Go on")
    mentee.sign_in()
    for _step in range(6):
        heading = mentee.page.locator("h1").inner_text()
        if heading == "Check your answers":
            break
        name_field = mentee.page.locator("main input[name=called]")
        if name_field.count():
            name_field.fill(called)
        mentee.press("Go on")
    mentee.press("Ask for a mentor")
    mentee.sees("We have your request")


def become_mentor(mentor: Someone, everyone: Whole) -> None:
    mentor.go(link_in(mentor.letter("mentor"), everyone.home))
    mentor.press("Go on")
    mentor.sign_in()
    mentor.press("Yes, go on")
    answers = {"called": "Hannah", "capacity": "2", "offers": "Leading a team; research careers."}
    for _step in range(8):
        for name, text in answers.items():
            box = mentor.page.locator(f"main [name={name}]")
            if box.count():
                box.fill(text)
        if mentor.page.locator("h1").inner_text() == "Check your answers":
            break
        if mentor.page.get_by_role("button", name="Go on").count():
            mentor.press("Go on")
        else:
            leave_by(mentor.page, mentor.page.locator("main button.button").first)
    leave_by(mentor.page, mentor.page.locator("main button.button").first)
    mentor.sees("You are a mentor in")


def write(someone: Someone, field: str, text: str) -> None:
    page = someone.page
    page.locator(f"#gap-{field}").first.click()
    if field in CHOICES:
        page.locator("main").get_by_role("radio", name=re.compile(f"^{text}$")).check()
    else:
        page.locator(f"#{field}_typed").fill(text)
    page.get_by_role("button", name=re.compile("Suggest this|Write this")).click()
    expect(page.locator(f"#{field}_typed")).to_have_count(0)


def agree(someone: Someone, field: str) -> None:
    """Wait until the other's suggestion appears by itself, then agree to it."""
    someone.page.locator(f"form[action*='/blanks/{field}/agree/'] button").first.click()
    expect(someone.page.locator(f"form[action*='/blanks/{field}/agree/']")).to_have_count(0)


def check_and_sign(someone: Someone, name: str) -> str:
    """Read the whole text, sign it, and give the words that were signed."""
    someone.press("Check and sign")
    someone.sees("Read the whole text once more")
    read: str = someone.page.locator(".sheet").evaluate(WHAT_IS_READ)
    someone.page.locator("main input[name=name]").fill(name)
    someone.press("Sign")
    return read


def text_in(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in opened)


def test_a_contract_from_an_empty_installation_to_a_sealed_copy(
    chromium: Browser, tmp_path: Path, prepared: Path
) -> None:
    with whole(chromium, tmp_path, prepared) as everyone:
        priya, hannah = everyone.someone("priya"), everyone.someone("hannah")
        joe = everyone.someone("joe", size="phone")
        make_scheme(priya, everyone, "contract", "Harbour Mentoring")
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
        signed = fill_in_and_sign(hannah, joe)
        pdfs = [enclosed_pdf(person.letter("sealed copy is enclosed")) for person in (hannah, joe)]
        letter_to("help@harbour.example", "sealed copy for the scheme is enclosed", everyone.mailbox)
        [to_organisers] = [
            mail for mail in everyone.mailbox.to("help@harbour.example") if list(mail.iter_attachments())
        ]
        assert pdfs[0] == pdfs[1] == enclosed_pdf(to_organisers)
        the_copy_is_what_they_signed(everyone, pdfs[0], signed, tmp_path)
        anyone_can_check_it(everyone, tmp_path / "copy.pdf")


def introduce(organiser: Someone) -> None:
    organiser.go("/s/harbour-mentoring/organise/")
    leave_by(organiser.page, organiser.page.get_by_role("link", name=re.compile("Introduce")).first)
    organiser.page.locator("input[name=mentor]").first.check()
    organiser.press("Introduce them")


def fill_in_and_sign(hannah: Someone, joe: Someone) -> list[str]:
    for person in (hannah, joe):
        person.go("/")
        leave_by(person.page, person.page.get_by_role("link", name=re.compile("^Agree and sign with")))
    people = {"hannah": hannah, "joe": joe}
    for field, (writer, text) in BLANKS.items():
        write(people[writer], field, text)
    for field, text in CHOICES.items():
        write(joe, field, text)
    for field in TOGETHER:
        agree(hannah if field in CHOICES else joe, field)
    for person in (hannah, joe):
        person.page.reload()
        expect(person.page.locator("#left")).to_contain_text("Nothing is left to agree")
    read = [check_and_sign(hannah, "Hannah Lindqvist")]
    hannah.sees("You have signed. Waiting for")
    read.append(check_and_sign(joe, "Zoë Ọlá-Nguyễn"))
    for person in (hannah, joe):
        person.sees("You have both signed")
    return read


def the_copy_is_what_they_signed(everyone: Whole, pdf: bytes, signed: list[str], folder: Path) -> None:
    copy = folder / "copy.pdf"
    copy.write_bytes(pdf)
    ours = everyone.installation.ampersand("verify", str(copy))
    assert ours.returncode == 0, ours.stdout + ours.stderr
    theirs = subprocess.run(["pdfsig", str(copy)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in theirs
    assert "Total document signed" in theirs
    printed = words(text_in(pdf))
    for read in signed:
        agreed = words(read.split("Date of issue")[0].split("DATE OF ISSUE")[0])
        assert len(agreed) > 300
        assert missing_in(printed, agreed) == []
    copy.with_name("junk.pdf").write_bytes(pdf + b"\n% added")
    assert everyone.installation.ampersand("verify", str(copy.with_name("junk.pdf"))).returncode != 0


def missing_in(printed: list[str], wanted: list[str]) -> list[str]:
    """Give the wanted words from the first not printed in this order; feet of pages may stand between."""
    at = 0
    for number, word in enumerate(wanted):
        if word not in printed[at : at + 40]:
            return wanted[number : number + 8]
        at = printed.index(word, at) + 1
    return []


def anyone_can_check_it(everyone: Whole, copy: Path) -> None:
    stranger = everyone.someone("stranger", size="phone")
    stranger.go("/")
    stranger.press("Check a copy")
    stranger.page.locator("input[type=file]").set_input_files(copy)
    stranger.page.get_by_role("button", name="Check", exact=True).click()  # the file stays in the browser
    stranger.sees("Genuine, and in force")
    for name in ("Hannah", "Joe", "Harbour Mentoring"):
        assert name not in stranger.page.locator("main").inner_text()


def test_a_peer_mentor_alone_from_an_empty_installation_to_a_pair(
    chromium: Browser, tmp_path: Path, prepared: Path
) -> None:
    with whole(chromium, tmp_path, prepared) as everyone:
        anna, ben = everyone.someone("anna"), everyone.someone("ben", size="phone")
        make_scheme(anna, everyone, "peer", "Small Steps", solo=True)
        ask(ben, "Small Steps", called="Ben", declare=True)
        ben.sees("Your place in line: 1")
        anna.go(link_in(anna.letter("Ben"), everyone.home))
        anna.page.locator("main button.button").first.click()
        ben.letter("mentor")
        ben.go("/")
        ben.page.get_by_role("link", name=re.compile("is your mentor")).click()
        ben.sees("In force since")
        outsider = everyone.someone("outsider", size="phone")
        answer = outsider.page.goto(ben.page.url)
        assert answer is not None
        assert "/sign-in/" in outsider.page.url
