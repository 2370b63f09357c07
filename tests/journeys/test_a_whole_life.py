"""A pair's whole life in a real browser, the clock moved: from signing to a conflict check years later.

Hannah sits at a desk, Sam holds a phone, and each signs in again on the days when something is to be done.
Between those days nothing happens but the worker's rounds. The letters are those that a mail server took.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from ampersand.agreements.models import Agreement, AgreementState, RenewalCopy
from ampersand.calendars import months_after, months_before
from ampersand.journeys.ending import UNDO
from ampersand.journeys.keeping import apply_keeping
from ampersand.pairs.models import PairState
from ampersand.people.models import Person
from ampersand.record.actions import sealer
from ampersand.schemes.models import Member, Role
from ampersand.sealing import verify
from tests.agreements.people import Two, agreeing
from tests.agreements.test_changing_in_two_browsers import look_and_propose, names_the_first
from tests.agreements.test_in_two_browsers import picture
from tests.boundaries.people import HANNAH, SAM
from tests.boundaries.test_pages import ask_about
from tests.browsing import Visit, press_and_go
from tests.figures import Figure
from tests.journeys.living import DAY, at, last_day, on, worker_at
from tests.mailbox import Mailbox, mail_server_running
from tests.second_step import give_second_step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEGINS = date(2027, 3, 1)
READERS = {"mentor": HANNAH, "mentee": SAM, "organisers": "help@quiet.example"}
TO_BOTH_AT_FIRST = [
    "Your mentoring agreement is ready to fill in",
    "Your mentoring agreement is ready to sign",
    "Your signed mentoring agreement",
]
RENEWED = ["Your agreement is renewed", "This mentoring has ended"]
LETTERS = {
    "mentor": [
        *TO_BOTH_AT_FIRST,
        "Sam proposes to change your agreement",
        "The change to your agreement is ready to sign",
        "Your changed agreement is in force",
        "Would you like to carry on?",
        "You both would like to carry on",
        "Your renewal is waiting to be signed",  # Sam had signed by then, and got none
        *RENEWED,
    ],
    "mentee": [
        *TO_BOTH_AT_FIRST,
        "Your proposal has been sent",
        "The change to your agreement is ready to sign",
        "Your changed agreement is in force",
        "Would you like to carry on?",
        "You both would like to carry on",
        *RENEWED,
    ],
    "organisers": [
        "A mentoring agreement has been signed",
        "A changed mentoring agreement is in force",
        "A mentoring agreement has been renewed",
        "A mentoring has ended",
    ],
}


@contextmanager
def opened(visit: Visit, *people: Person) -> Iterator[list[Page]]:
    """Let people sign in, Sam with a phone; they close before time goes on."""
    pages = [visit(who, size="phone" if who.email == SAM else "desktop") for who in people]
    yield pages
    for page in pages:
        page.context.close()


def test_sign_change_renew_stop_erase_and_ask_two_years_later(
    visit: Visit, settings: Any, figure: Figure
) -> None:
    with mail_server_running() as (mailbox, settings.MAIL_SERVER):
        two = begun()
        sign(two, visit)
        change(two, visit)
        renew(two, visit)
        ended_on = stop(two, visit)
        erase(two, visit, ended_on + 30 * DAY)
        ask(two, visit, months_after(ended_on, 24))
    tell(mailbox, figure)


def begun() -> Two:
    """Bring two people together in a scheme that knows them, with every blank agreed."""
    with on(BEGINS):
        two = agreeing(discreet=False)  # so that the subjects in the table say what each letter is about
        for person, role in ((two.hannah, Role.MENTOR), (two.sam, Role.MENTEE)):
            Member.objects.create(scheme=two.scheme, person=person, role=role)
        give_second_step(two.olive)
        two.fill_all()
    return two


def sign(two: Two, visit: Visit) -> None:
    """On the first day both read it through and sign."""
    with on(BEGINS), opened(visit, two.hannah, two.sam) as pages:
        for page in pages:
            page.goto(f"/pairs/{two.pair.pk}/")
            page.get_by_role("link", name="Fill in and sign your agreement").click()
            page.get_by_role("link", name="Check and sign").click()
            press_and_go(page, "Sign")
        expect(pages[1].get_by_role("heading", level=1)).to_have_text("You have both signed")
    worker_at(BEGINS)
    assert two.fresh().state == AgreementState.IN_FORCE
    assert last_day(two) == months_after(BEGINS, 12)


def change(two: Two, visit: Visit) -> None:
    """In the third month Sam wants more days of notice, and Hannah agrees."""
    day = months_after(BEGINS, 3)
    with on(day), opened(visit, two.hannah, two.sam) as (hannah, sam):
        sam.goto(f"/pairs/{two.pair.pk}/")
        sam.get_by_role("link", name="Propose a change").click()
        look_and_propose(sam, "Hannah", "7")
        hannah.goto("/")
        hannah.get_by_role("link", name="Sam proposes a change").click()
        expect(hannah.locator(".change ins")).to_have_text("7")
        hannah.get_by_role("button", name="Agree").click()
        expect(hannah.get_by_role("link", name="Check and sign")).to_be_visible()
        sam.goto(f"/pairs/{two.pair.pk}/")
        sam.get_by_role("link", name="Look at the change").click()
        for page in (hannah, sam):
            page.get_by_role("link", name="Check and sign").click()
            press_and_go(page, "Sign")
        expect(sam.get_by_role("heading", level=1)).to_have_text("You have both signed")
    worker_at(day)
    new = Agreement.objects.get(predecessor=two.agreement)
    names_the_first(two, new)
    two.agreement = new


def renew(two: Two, visit: Visit) -> None:
    """A month before its end each is asked alone. Sam says no and thinks again; Hannah signs late."""
    end = last_day(two)
    worker_at(months_before(end, 1))
    answers = {"yes": "Yes, carry on", "no": "No, let it end"}
    with on(end - 24 * DAY), opened(visit, two.hannah, two.sam) as pages:
        for page, (answer, button) in zip(pages, answers.items(), strict=True):
            page.goto(f"/pairs/{two.pair.pk}/")
            page.get_by_role("link", name="Say yes or no").click()
            page.get_by_role("button", name=button).click()
            expect(page.get_by_text(f"You have said: {answer}")).to_be_visible()
    with on(end - 15 * DAY), opened(visit, two.sam) as (sam,):
        sam.goto(f"/pairs/{two.pair.pk}/")
        sam.get_by_role("link", name="See or change your answer").click()
        sam.get_by_role("button", name=answers["yes"]).click()
        expect(sam.get_by_role("button", name="Sign the renewal")).to_be_visible()
        sign_again(two, sam)
    worker_at(end - 7 * DAY)
    with on(end - 5 * DAY), opened(visit, two.hannah) as (hannah,):
        sign_again(two, hannah)
    assert last_day(two) == months_after(BEGINS, 24)
    worker_at(end - 5 * DAY)
    assert verify(bytes(RenewalCopy.objects.get().pdf), certificates=[sealer().certificate]).genuine


def sign_again(two: Two, page: Page) -> None:
    page.goto(f"/pairs/{two.pair.pk}/")
    page.get_by_role("link", name="Read it and sign").click()
    picture(page, "life-signing-again")
    page.get_by_role("button", name="Sign the renewal").click()
    expect(page.get_by_role("button", name="Sign the renewal")).to_have_count(0)


def stop(two: Two, visit: Visit) -> date:
    """In the eighteenth month Sam stops, takes it back, and stops for good; ten minutes later all read it."""
    day = months_after(BEGINS, 18)
    with on(day), opened(visit, two.sam) as (sam,):
        sam.goto(f"/pairs/{two.pair.pk}/")
        press_stop(sam)
        sam.get_by_role("button", name="Undo").click()
        expect(sam.get_by_text("The mentoring goes on as before")).to_be_visible()
        press_stop(sam)
        assert worker_at(day) == []
        with time_machine.travel(at(day) + UNDO, tick=False):
            sam.reload()
            expect(sam.get_by_role("heading", level=1)).to_have_text("This mentoring has ended")
            expect(sam.get_by_role("button", name="Undo")).to_have_count(0)
            picture(sam, "life-ended")
    worker_at(day, 13)
    two.pair.refresh_from_db()
    assert (two.pair.state, two.fresh().state) == (PairState.ENDED, AgreementState.ENDED)
    return day


def press_stop(page: Page) -> None:
    page.get_by_role("link", name="Stop", exact=True).click()
    page.get_by_role("button", name="Stop now").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def erase(two: Two, visit: Visit, day: date) -> None:
    """Both leave altogether, each by one press."""
    with on(day), opened(visit, two.hannah, two.sam) as pages:
        for page in pages:
            page.goto("/account/")
            page.get_by_role("link", name="Erase your account").click()
            page.get_by_role("button", name="Erase my account now").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Your account is erased")
    worker_at(day)
    assert not Person.objects.filter(email__in=[HANNAH, SAM]).exists()


def ask(two: Two, visit: Visit, day: date) -> None:
    """Two years after the end, what was kept for its time gone too, Olive asks for a panel."""
    worker_at(day)
    with on(day), opened(visit, two.olive) as (olive,):
        apply_keeping(now=timezone.now())
        olive.goto(f"/s/{two.scheme.slug}/organise/")
        olive.get_by_role("link", name="Conflict checks").click()
        olive.get_by_role("link", name="Ask about two people").click()
        asked = [
            (HANNAH, SAM, "No"),
            ("Dr Hannah Ito", "sam reed", "No"),
            (SAM, HANNAH, "Yes"),
            (HANNAH, "stranger@nowhere.example", "Not known here"),
        ]
        for deciding, about, answer in asked:
            ask_about(olive, deciding, about)
            expect(olive.locator("#answer .notice-title")).to_have_text(answer)
            picture(olive, f"life-asked-{answer}")
            olive.get_by_role("link", name="Ask something else").click()


def tell(mailbox: Mailbox, figure: Figure) -> None:
    """Print what each got, in order, and hold it against what each should have got."""
    for reader, address in READERS.items():
        mails = mailbox.to(address)
        for number, mail in enumerate(mails, start=1):
            day = parsedate_to_datetime(str(mail["Date"])).date()
            figure(f"letter {number:2} of a life, to the {reader}", f"{day}  {mail['Subject']}")
        assert [str(mail["Subject"]) for mail in mails] == LETTERS[reader]
