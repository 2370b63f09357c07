"""Who finds which page, at the same cost for one row as for three; and both journeys in Chromium."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from ampersand.boundaries.actions.declaring import declare_conflict
from ampersand.boundaries.models import Capacity
from ampersand.journeys.ending import stop
from tests.agreements.people import Two
from tests.boundaries.people import HANNAH, PURPOSE, SAM, asked, bound, of_scheme, panel, token
from tests.browsing import PATIENCE, Visit, leave_by
from tests.cast import sign_in


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"),
    [
        ("/account/boundaries/", 5),
        ("/account/apart/", 3),
        ("/s/quiet-hours/organise/panels/", 5),
        ("/s/quiet-hours/check/", 6),
    ],
)
def test_a_list_takes_as_many_queries_for_one_as_for_three(
    two: Two, rows: int, page: str, queries: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        asked(of_scheme(two), HANNAH, SAM, list(Capacity)[number])
        token(two)
        declare_conflict(by=two.olive, written=f"p{number}@x.example")
    browser = sign_in(Client(), two.hannah if page == "/account/boundaries/" else two.olive)
    browser.get(page)
    with django_assert_num_queries(queries):
        assert browser.get(page).status_code == 200


def test_a_panels_home_shows_only_that(two: Two) -> None:
    someone, grant = panel(two)
    browser = sign_in(Client(), someone)
    home = browser.get("/").content.decode()
    assert "/s/quiet-hours/check/" in home
    for other in ("Open schemes", "Make a scheme", "Things for you", "not joined a scheme"):
        assert other not in home
    assert browser.get("/s/quiet-hours/check/").status_code == 200
    for closed in ("/s/quiet-hours/organise/", "/s/quiet-hours/organise/panels/", f"/pairs/{two.pair.pk}/"):
        assert browser.get(closed).status_code == 404
    grant.delete()
    assert browser.get("/s/quiet-hours/check/").status_code == 404


def test_someone_of_a_panel_needs_a_second_step_too(two: Two) -> None:
    someone, _grant = panel(two)
    someone.authenticator_set.all().delete()
    answer = sign_in(Client(), someone).get("/s/quiet-hours/check/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/second-step/")


def test_both_read_on_their_pairs_page_what_binds_and_what_remains(two: Two) -> None:
    url = f"/pairs/{two.pair.pk}/"
    hannah, olive = sign_in(Client(), two.hannah), sign_in(Client(), two.olive)
    page = hannah.get(url).content.decode()
    assert "You write no reference for Sam." in page
    assert "As long as the mentoring lasts." in page
    assert "no reference" not in olive.get(url).content.decode()
    stop(pair=two.pair)
    ended = hannah.get(url).content.decode()
    assert "For ever." in ended
    assert "research" not in ended


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_organiser_lets_a_panel_ask_and_both_are_shown_it(visit: Visit) -> None:
    two = bound()
    someone, grant = panel(two)
    grant.delete()
    olive = visit(two.olive)
    olive.goto("/s/quiet-hours/organise/")
    olive.get_by_role("link", name="Conflict checks").click()
    olive.get_by_label("What is the panel or organisation called?").fill("Appointments at the Trust")
    olive.get_by_label("E-mail address of the person").fill(someone.email)
    olive.get_by_role("button", name="Let them ask").click()
    expect(olive.get_by_role("table")).to_contain_text("Appointments at the Trust")

    pat = visit(someone)
    pat.goto("/")
    pat.get_by_role("link", name="Quiet Hours").click()
    ask_about(pat, HANNAH, SAM)
    expect(pat.locator("#answer")).to_contain_text("No")
    leave_by(pat, pat.get_by_role("link", name="Ask something else"))
    ask_about(pat, HANNAH, "stranger@nowhere.example")
    expect(pat.locator("#answer")).to_contain_text("Not known here")
    pat.goto("/s/quiet-hours/check/list/")
    files = {"Those who would decide": HANNAH, "Those decided about": SAM}
    for label, line in files.items():
        field = pat.get_by_label(re.compile(label))
        field.set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": line.encode()})
    pat.get_by_label("A reference").check()
    pat.get_by_label("What is it for?").fill(PURPOSE)
    files_out: list[Any] = []
    pat.on("download", lambda download: files_out.append(download))
    pat.get_by_role("button", name="Check them").click()
    for _tenth in range(PATIENCE // 100):
        if not files_out:
            pat.wait_for_timeout(100)
    assert ",no," in files_out[0].path().read_text()

    hannah = visit(two.hannah)
    hannah.goto("/account/")
    hannah.get_by_role("link", name="Your boundaries").click()
    shown = hannah.locator(".cards").first
    expect(shown).to_contain_text("Appointments at the Trust")
    expect(shown).to_contain_text("The answer was no.")
    expect(hannah.locator("body")).not_to_contain_text(SAM)

    olive.reload()
    olive.get_by_role("button", name="Withdraw").click()
    expect(olive.get_by_role("table")).to_contain_text("withdrawn")
    pat.goto("/")
    expect(pat.locator("main")).not_to_contain_text("Conflict checks")


def ask_about(page: Any, deciding: str, about: str) -> None:
    page.get_by_label("Who would take part in deciding?").fill(deciding)
    page.get_by_label("About whom?").fill(about)
    page.get_by_label("A reference").check()
    page.get_by_label("What is it for?").fill(PURPOSE)
    page.get_by_role("button", name="Ask").click()
