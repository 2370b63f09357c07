"""Two people in two zones, in a real browser, in the weeks when only one of them has changed the clocks.

Hannah sits at a desk in London. Sam holds a phone in New York, on which no JavaScript runs. On 14 March 2027
New York puts its clocks forward, London on 28 March: five hours lie between them, then four, then five. They
begin with when Hannah can, and end after a meeting that was booked, moved and held. Each
letter is one that a mail server took.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from icalendar import Calendar, Event
from playwright.sync_api import Page, expect

from ampersand.meetings.models import Meeting
from ampersand.people.models import Person
from tests.agreements.test_in_two_browsers import picture
from tests.browsing import Visit
from tests.figures import Figure
from tests.jobs import run_jobs
from tests.mailbox import Mailbox, mail_server_running
from tests.meetings.people import LONDON, NEW_YORK, Meeters, at, lives_in, with_contract

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE = at("2027-03-10 12:00", LONDON)  # five hours between them
BOOKED = at("2027-03-16 17:00", LONDON)  # four
MOVED = at("2027-03-30 17:00", LONDON)  # five again


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    with time_machine.travel(moment, tick=False):
        yield
        run_jobs(now=moment)


@contextmanager
def phone(visit: Visit, who: Person) -> Iterator[Page]:
    """Let Sam sign in on a phone without JavaScript, and close before time goes on."""
    page = visit(who, size="phone", javascript=False)
    yield page
    page.context.close()


@contextmanager
def desk(visit: Visit, who: Person) -> Iterator[Page]:
    page = visit(who, size="desktop")
    yield page
    page.context.close()


def test_two_zones_over_a_change_of_clocks(visit: Visit, settings: Any, figure: Figure) -> None:
    with mail_server_running() as (mailbox, settings.MAIL_SERVER):
        with on(BEFORE):
            both = with_contract()
            lives_in(both.sam, NEW_YORK)
            with desk(visit, both.hannah) as hannah:
                says_when_she_can(hannah)
            with phone(visit, both.sam) as sam:
                books(sam)
        invited = invitations(mailbox, both)
        with on(at("2027-03-12 09:00", NEW_YORK)), phone(visit, both.sam) as sam:
            moves(sam)
        changed = invitations(mailbox, both)
        with on(MOVED), phone(visit, both.sam) as sam, desk(visit, both.hannah) as hannah:
            meet(both, sam, hannah)
        with on(at("2027-03-30 18:05", LONDON)):
            with phone(visit, both.sam) as sam:
                say_it_happened(both, sam)
            with desk(visit, both.hannah) as hannah:
                say_it_happened(both, hannah)
    tell(both, invited, changed, figure)


def says_when_she_can(hannah: Page) -> None:
    """From her account to two weekly times, by her own clock."""
    hannah.goto("/account/")
    hannah.get_by_role("link", name="When you can meet").click()
    form = hannah.locator("form", has=hannah.get_by_role("button", name="Add this weekly time"))
    for weekday in ("Tuesday", "Thursday"):
        form.get_by_label("Every").select_option(weekday)
        form.get_by_label("From", exact=True).fill("17:00")
        form.get_by_label("Until", exact=True).fill("19:00")
        form.get_by_role("button").click()
        expect(hannah.locator("main")).to_contain_text(f"{weekday}, 17:00 to 19:00")
    picture(hannah, "two-clocks-times")


def books(sam: Page) -> None:
    """From the first page to a meeting in the week after New York has changed its clocks."""
    sam.goto("/")
    sam.get_by_role("link", name="Book your first meeting with Hannah").click()
    expect(sam.get_by_role("button", name="12:00 17:00 in London Thursday 11 March")).to_be_visible()
    picture(sam, "two-clocks-this-week")
    sam.get_by_role("link", name="Later: the week of Monday 15 March").click()
    picture(sam, "two-clocks-next-week")
    sam.get_by_role("button", name="13:00 17:00 in London Tuesday 16 March").click()
    expect(sam.locator(".when")).to_have_text("Tuesday 16 March at 13:00 (New York) · 17:00 in London")
    sam.get_by_role("button", name="Book it").click()
    expect(sam.get_by_role("heading", level=1)).to_have_text("Your meeting is booked")
    picture(sam, "two-clocks-booked")
    assert Meeting.objects.get().starts == BOOKED


def moves(sam: Page) -> None:
    """Two weeks later, when London has changed its clocks too; the agreed two days' notice is kept."""
    sam.goto("/pairs/")
    sam.get_by_role("link", name="With Hannah", exact=True).click()
    expect(sam.locator("main")).to_contain_text("Tuesday 16 March at 13:00 (New York) · 17:00 in London")
    sam.get_by_role("link", name="See your meetings").click()
    sam.get_by_role("link", name="Move").click()
    expect(sam.locator("main")).to_contain_text("asks for 2 days of notice. That is kept.")
    for monday in ("22 March", "29 March"):
        sam.get_by_role("link", name=f"Later: the week of Monday {monday}").click()
    picture(sam, "two-clocks-move")
    sam.get_by_role("link", name="12:00 17:00 in London Tuesday 30 March").click()
    sam.get_by_role("button", name="Move it").click()
    expect(sam.get_by_role("heading", level=1)).to_have_text("Your meeting is moved")
    expect(sam.locator(".when")).to_have_text("Tuesday 30 March at 12:00 (New York) · 17:00 in London")
    assert Meeting.objects.get().starts == MOVED


def meet(both: Meeters, sam: Page, hannah: Page) -> None:
    """On the day both open the page of their meeting by their own clocks."""
    for page, here, there in ((sam, "12:00", "17:00"), (hannah, "17:00", "12:00")):
        open_meeting(both, page)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Your meeting with")
        expect(page.locator("main")).to_contain_text(here)
        expect(page.locator("main")).to_contain_text(there)


def open_meeting(both: Meeters, page: Page) -> None:
    page.goto(f"/pairs/{both.pair.pk}/meetings/")
    page.get_by_role("link", name=re.compile("^Tuesday 30 March")).click()


def say_it_happened(both: Meeters, page: Page) -> None:
    open_meeting(both, page)
    page.get_by_role("button", name="Yes, it happened").click()
    expect(page.locator("main")).to_contain_text("You said that it happened.")


def invitations(mailbox: Mailbox, both: Meeters) -> dict[str, Event]:
    """Give the newest invitation that each of the two got, as their calendars read it."""
    return {person.called: in_calendar(mailbox.to(person.email)[-1]) for person in (both.hannah, both.sam)}


def in_calendar(mail: EmailMessage) -> Event:
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"][:1]
    [event] = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    return event


def tell(both: Meeters, invited: dict[str, Event], changed: dict[str, Event], figure: Figure) -> None:
    """Hold what arrived against what was agreed, and print it."""
    meeting = Meeting.objects.get()
    for name in ("Hannah", "Sam"):
        first, second = invited[name], changed[name]
        assert (first["uid"], first.start, int(first["sequence"])) == (second["uid"], BOOKED, 0)
        assert (second.start, second.end, int(second["sequence"])) == (MOVED, meeting.ends, 1)
        assert first.start.utcoffset() == second.start.utcoffset()  # both in UTC, whatever the clocks do
        told = " → ".join(f"{event.start:%d %B %H:%M} UTC" for event in (first, second))
        figure(f"{name}'s invitation → its change", told, goal="16 March 17:00 UTC → 30 March 16:00 UTC")
    said = sorted(meeting.outcomes.values_list("party", "happened"))
    figure("what both say of a meeting held across two zones", str(said))
    assert said == [("mentee", True), ("mentor", True)]
