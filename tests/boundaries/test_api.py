"""A program asks with a token that can do nothing else."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ampersand.boundaries import rules
from ampersand.boundaries.actions.granting import withdraw_grant
from ampersand.boundaries.models import AskedAbout, CheckGrant
from tests.agreements.people import Two
from tests.boundaries.people import HANNAH, PURPOSE, SAM, everything_in_the_database, token
from tests.cast import sign_in

URL = "/api/conflict-check/"
QUESTION = {
    "deciding": {"email": HANNAH},
    "decided_about": {"name": "Sam Reed"},
    "capacity": "reference",
    "purpose": PURPOSE,
}


def ask(bearer: str, *, url: str = URL, **changed: object) -> Any:
    browser = Client(enforce_csrf_checks=True)
    question = json.dumps({**QUESTION, **changed})
    head = {"authorization": f"Bearer {bearer}"}
    return browser.post(url, question, content_type="application/json", headers=head)


def test_a_program_asks_and_learns_one_word(two: Two) -> None:
    grant, secret = token(two)
    answer = ask(secret)
    assert (answer.status_code, answer.json()) == (200, {"answer": "no"})
    assert ask(secret, deciding={"email": "x@nowhere.example"}).json() == {"answer": "not known here"}
    grant.refresh_from_db()
    assert grant.last_used_at
    assert AskedAbout.objects.filter(person=two.hannah).get().asked_as == "Recruitment system"


def test_the_token_is_shown_once_and_kept_nowhere(two: Two) -> None:
    browser = sign_in(Client(), two.olive)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    form = {"called": "Recruitment", "holder": "program", "reach": "one", "last_day": day, "email": ""}
    page = browser.post("/s/quiet-hours/organise/panels/", form).content.decode()
    secret = page.split('class="token">')[1].split("<")[0]
    assert ask(secret).status_code == 200
    assert secret not in browser.get("/s/quiet-hours/organise/panels/").content.decode()
    assert secret.casefold() not in everything_in_the_database()


@pytest.mark.parametrize("bearer", ["", "amp_wrong", "  "])
def test_without_a_good_token_nothing_is_answered(two: Two, bearer: str) -> None:
    assert ask(bearer).status_code == 401


def test_a_token_withdrawn_or_run_out_answers_nothing(two: Two) -> None:
    grant, secret = token(two)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert ask(secret).status_code == 401
    assert ask(secret).status_code == 200
    withdraw_grant(grant=grant, by=two.olive)
    assert ask(secret).status_code == 401


def test_a_token_opens_nothing_else(two: Two) -> None:
    _grant, secret = token(two)
    head = {"authorization": f"Bearer {secret}"}
    for url in ("/s/quiet-hours/check/", "/s/quiet-hours/organise/", "/account/", "/account/boundaries/"):
        assert Client().get(url, headers=head).status_code == 302, url
    assert Client().get(URL, headers=head).status_code == 405
    cookie = sign_in(Client(), two.olive)
    assert cookie.post(URL, json.dumps(QUESTION), content_type="application/json").status_code == 401


@pytest.mark.parametrize(
    "changed",
    [
        {"purpose": ""},
        {"purpose": 7},
        {"capacity": "gossip"},
        {"deciding": HANNAH},
        {"deciding": {"email": 7}},
        {"deciding": {"birthday": "x"}},
        {"deciding": {}},
        {"deciding": {"name": "Hannah"}},
        {"deciding": {"email": SAM}, "decided_about": {"email": SAM}},
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(two: Two, changed: dict[str, object]) -> None:
    answer = ask(token(two)[1], **changed)
    assert answer.status_code == 422
    assert answer.json()["error"].endswith((".", "?", "”.", "May”."))


def test_what_is_no_json_is_told_so(two: Two) -> None:
    head = {"authorization": f"Bearer {token(two)[1]}"}
    for body in ("{", "[]", "nonsense"):
        assert Client().post(URL, body, content_type="application/json", headers=head).status_code == 422


def test_a_program_is_told_when_it_asks_too_often(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "QUESTIONS_A_DAY", 1)
    secret = token(two)[1]
    assert [ask(secret).status_code for _ in range(2)] == [200, 429]


def test_a_program_sends_lists(two: Two) -> None:
    _grant, secret = token(two)
    files = {
        "deciding": SimpleUploadedFile("panel.csv", HANNAH.encode()),
        "decided_about": SimpleUploadedFile("candidates.csv", SAM.encode()),
    }
    form = {**files, "capacity": "reference", "purpose": PURPOSE}
    answer = Client(enforce_csrf_checks=True).post(
        f"{URL}list/", form, headers={"authorization": f"Bearer {secret}"}
    )
    assert answer["Content-Type"].startswith("text/csv")
    assert ",no," in answer.content.decode()
    empty = Client().post(f"{URL}list/", {}, headers={"authorization": f"Bearer {secret}"})
    assert (empty.status_code, set(empty.json()["fields"])) == (
        422,
        {"deciding", "decided_about", "capacity", "purpose"},
    )
    assert CheckGrant.objects.count() == 1
