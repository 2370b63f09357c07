"""Carry on? Each is asked alone, and nobody learns who said no, or whether anyone did."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from ampersand.agreements.actions.renewing import answer, sign_renewal
from ampersand.agreements.models import (
    Renewal,
    RenewalAnswer,
    RenewalCopy,
    RenewalSignature,
    RenewalState,
)
from ampersand.agreements.queries import answer_about
from ampersand.agreements.rules import TextChanged
from ampersand.journeys.ending import stop
from ampersand.journeys.passing import let_time_pass
from ampersand.notifications.models import Letter
from ampersand.pairs.models import PairState
from ampersand.people.models import Person
from ampersand.people.queries import archive_of
from ampersand.people.rules import Refused
from ampersand.record.actions import sealer
from ampersand.sealing import verify
from tests.agreements.amending import agree, change, make_it_count
from tests.agreements.people import Two
from tests.agreements.visiting import as_, words_of
from tests.figures import Figure
from tests.journeys.living import DAY, at, last_day, live, on, question, says, signs, worker_at
from tests.second_step import give_second_step


@pytest.fixture
def asked(in_force: Two) -> Two:
    """Two people twenty days before their last day, both asked."""
    worker_at(last_day(in_force) - 20 * DAY)
    return in_force


@pytest.fixture
def agreed(asked: Two) -> Two:
    """Two people who both said yes nineteen days before their last day."""
    with on(last_day(asked) - 19 * DAY):
        says(asked, asked.hannah, True)
        says(asked, asked.sam, True)
    return asked


def page(two: Two, who: Person, path: str = "carry-on/") -> str:
    return words_of(as_(who).get(f"/pairs/{two.pair.pk}/{path}", follow=True))


def test_one_says_yes_on_their_page_and_sees_their_own_answer_alone(asked: Two) -> None:
    with on(last_day(asked) - 19 * DAY):
        sam = as_(asked.sam)
        before = page(asked, asked.hannah)
        told = words_of(sam.post(f"/pairs/{asked.pair.pk}/carry-on/", {"answer": "no"}, follow=True))
        assert "You have said: no" in told
        assert _plain(page(asked, asked.hannah)) == _plain(before)
        told = words_of(sam.post(f"/pairs/{asked.pair.pk}/carry-on/", {"answer": "yes"}, follow=True))
        assert "You have said: yes" in told
    assert question(asked).state == RenewalState.ASKED


def test_both_yes_is_told_to_both_and_to_nobody_else(agreed: Two) -> None:
    letters = Letter.objects.filter(event="agreements/both_carry_on").values_list("to", flat=True)
    assert sorted(letters) == ["hannah@work.example", "sam@home.example"]
    assert not RenewalAnswer.objects.exists()


def test_signed_by_both_it_runs_on_with_a_sealed_copy_of_its_own(agreed: Two) -> None:
    end = last_day(agreed)
    signs(agreed, agreed.hannah)
    assert last_day(agreed) == end
    signs(agreed, agreed.sam)
    assert last_day(agreed).year == end.year + 1
    worker_at(end - 18 * DAY)
    copy = RenewalCopy.objects.get()
    pdf = bytes(copy.pdf)
    assert verify(pdf, certificates=[sealer().certificate]).genuine
    assert copy.fingerprint == agreed.fresh().fingerprint
    assert pdf != bytes(agreed.fresh().copy.pdf)
    assert answer_about(hashlib.sha256(pdf).hexdigest()) == "in force"
    for who in (agreed.hannah, agreed.sam, give_second_step(agreed.olive)):
        assert as_(who).get(f"/renewals/{copy.renewal_id}/copy.pdf").content == pdf
    assert as_(agreed.outsider).get(f"/renewals/{copy.renewal_id}/copy.pdf").status_code == 404
    enclosed = Letter.objects.filter(event__startswith="agreements/renewed", enclosures__isnull=False)
    assert enclosed.count() == 3


def test_the_page_and_the_paper_show_both_signatures_on_their_lines(agreed: Two) -> None:
    for who in (agreed.hannah, agreed.sam):
        signs(agreed, who)
    sheet = words_of(as_(agreed.sam).get(f"/agreements/{agreed.agreement.pk}/"))
    assert sheet.count('<span class="signature-name">Hannah</span>') == 2
    assert sheet.count('<span class="signature-name">Sam</span>') == 2


def test_a_lone_signature_at_renewal_is_shown_to_nobody_else(agreed: Two) -> None:
    before = page(agreed, agreed.sam, ""), page(agreed, agreed.sam, "carry-on/sign/")
    signs(agreed, agreed.hannah)
    assert _plain(page(agreed, agreed.sam, "")) == _plain(before[0])
    assert _plain(page(agreed, agreed.sam, "carry-on/sign/")) == _plain(before[1])
    assert "You have signed the renewal" in page(agreed, agreed.hannah, "carry-on/sign/")


def test_it_is_signed_on_its_page(agreed: Two) -> None:
    end = last_day(agreed)
    with on(end - 18 * DAY):
        for who in (agreed.hannah, agreed.sam):
            address = f"/pairs/{agreed.pair.pk}/carry-on/sign/"
            assert as_(who).post(address, {"name": "", "read": "x"}).status_code == 200
            read = re.search(r'name="read" value="(\w+)"', page(agreed, who, "carry-on/sign/"))
            assert read
            as_(who).post(address, {"name": who.called, "read": read[1], "strokes": ""})
    assert last_day(agreed).year == end.year + 1


def test_nothing_can_be_signed_before_both_said_yes_nor_after_the_last_day(asked: Two) -> None:
    end = last_day(asked)
    with pytest.raises(Refused, match="once both of you have said yes"):
        signs(asked, asked.sam)
    with on(end - DAY):
        says(asked, asked.hannah, True)
        renewal = says(asked, asked.sam, True)
        signs(asked, asked.sam)
    with on(end + DAY, 0), pytest.raises(Refused, match="has ended"):  # before any worker came by
        signs(asked, asked.hannah)
    with on(end + DAY, 0), pytest.raises(Refused, match="has ended"):
        answer(renewal=renewal, carries_on=True, by=asked.sam)
    assert last_day(asked) == end


def test_another_text_is_not_what_was_read(agreed: Two) -> None:
    with pytest.raises(TextChanged):
        sign_renewal(renewal=question(agreed), by=agreed.sam, read="0" * 64, name="Sam")


def test_a_change_that_counts_meanwhile_asks_whoever_signed_once_more(agreed: Two) -> None:
    day = last_day(agreed) - 18 * DAY
    with on(day):
        signs(agreed, agreed.hannah)
        proposal = change(agreed, agreed.hannah, {"notice": "5"})
        agree(proposal, agreed.sam)
        Letter.objects.all().delete()
        make_it_count(agreed, proposal)
    again = Letter.objects.filter(event="agreements/both_carry_on")
    assert sorted(letter.to for letter in again) == ["hannah@work.example", "sam@home.example"]
    assert all("that signature no longer counts" in letter.body_text for letter in again)
    assert "You have signed" not in page(agreed, agreed.hannah, "")
    reminded = live(day + DAY, last_day(agreed) - 5 * DAY)
    assert [letter for _day, letter in reminded] == [
        "journeys/sign_renewal hannah",
        "journeys/sign_renewal sam",
    ]
    with on(last_day(agreed)):
        signs(agreed, agreed.hannah)
        signs(agreed, agreed.sam)
    assert last_day(agreed).year == day.year + 1


def test_stopping_and_taking_it_back_leaves_the_question_as_it_was(asked: Two) -> None:
    with on(last_day(asked) - 19 * DAY):
        says(asked, asked.sam, True)
        sam = as_(asked.sam)
        sam.post(f"/pairs/{asked.pair.pk}/stop/")
        assert "Carry on with" not in page(asked, asked.hannah)
        sam.post(f"/pairs/{asked.pair.pk}/undo/")
        assert "You have said: yes" in page(asked, asked.sam)


def test_what_was_answered_is_gone_once_the_letters_of_an_ending_are(asked: Two) -> None:
    day = last_day(asked) - 19 * DAY
    with on(day):
        says(asked, asked.sam, False)
        stop(pair=asked.pair)
    worker_at(day + DAY)
    assert not RenewalAnswer.objects.exists()
    assert not Renewal.objects.exists()


def test_what_both_signed_stands_for_good_in_the_database_too(agreed: Two) -> None:
    signs(agreed, agreed.hannah)
    assert RenewalSignature.objects.filter(party="mentor").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():  # nobody renews with one signature
        Renewal.objects.update(
            state="renewed", renewed_at=at(last_day(agreed)), agreement=agreed.agreement, fingerprint="x"
        )
    signs(agreed, agreed.sam)
    worker_at(last_day(agreed) - 300 * DAY)
    for rows in (Renewal.objects.all(), RenewalSignature.objects.all(), RenewalCopy.objects.all()):
        field = "until" if rows.model is Renewal else "fingerprint"
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**{field: "2099-01-01"})
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)


# Nobody learns who said no ---------------------------------------------------------------------------------


def says_no(two: Two, end: object) -> None:
    with on(last_day(two) - 19 * DAY):
        says(two, two.sam, False)


def says_nothing(two: Two, end: object) -> None:
    pass


def says_no_after_yes(two: Two, end: object) -> None:
    with on(last_day(two) - 19 * DAY):
        says(two, two.sam, True)
        says(two, two.sam, False)


def says_yes_too_late(two: Two, end: object) -> None:
    with on(last_day(two) + DAY, 0), pytest.raises(Refused):
        answer(renewal=question(two), carries_on=True, by=two.sam)


CASES: dict[str, Callable[[Two, object], None]] = {
    "no": says_no,
    "nothing": says_nothing,
    "yes, then no": says_no_after_yes,
    "yes, too late": says_yes_too_late,
}


def _plain(page: str) -> str:
    """A page without what differs from one opening to the next."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page)


def _export(person: Person) -> str:
    with zipfile.ZipFile(BytesIO(archive_of(person))) as archive:
        told = json.loads(archive.read("data.json"))
    told.pop("made")
    for kept in told["kept"]:
        for row in kept["rows"]:
            row.pop("last_login", None)
    told["signing_in"] = None
    told["person"].pop("last_login", None)
    return json.dumps(told, sort_keys=True)


def _seen_by_the_other_and_the_organisers(two: Two) -> dict[str, str]:
    """Everything that Hannah and the organiser can read, at this moment."""
    hannah, olive = as_(two.hannah), as_(two.olive)
    pages = {
        "the other's page": (hannah, f"/pairs/{two.pair.pk}/"),
        "the other's question": (hannah, f"/pairs/{two.pair.pk}/carry-on/"),
        "the other's first page": (hannah, "/"),
        "the other's agreement": (hannah, f"/agreements/{two.agreement.pk}/"),
        "what the other did": (hannah, "/account/history/"),
        "the organiser's page of the pair": (olive, f"/pairs/{two.pair.pk}/"),
        "the organiser's day": (olive, f"/s/{two.scheme.slug}/organise/"),
        "the organiser's people and history": (olive, f"/s/{two.scheme.slug}/organise/people/"),
    }
    seen = {name: _plain(_opened(client, address)) for name, (client, address) in pages.items()}
    letters = Letter.objects.exclude(person=two.sam.pk).order_by("queued_at", "pk")
    told = letters.values_list("event", "to", "subject", "body_text", "queued_at")
    return seen | {"letters": str(list(told)), "the other's export": _export(two.hannah)}


def _opened(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return words_of(response)


def lived(two: Two, case: Callable[[Two, object], None]) -> list[dict[str, str]]:
    """Live the last month as in one case, with Hannah saying yes; give what is seen on each telling day."""
    give_second_step(two.olive)
    end = last_day(two)
    worker_at(end - 20 * DAY)
    if case is not says_yes_too_late:
        case(two, end)
    with on(end - 19 * DAY, 13):
        says(two, two.hannah, True)
    seen = []
    for day in (end - 18 * DAY, end - 7 * DAY, end):
        worker_at(day)
        with on(day, 15):
            seen.append(_seen_by_the_other_and_the_organisers(two))
    if case is says_yes_too_late:
        case(two, end)
    worker_at(end + DAY, 0)
    worker_at(end + DAY, 8)
    with on(end + DAY, 15):
        seen.append(_seen_by_the_other_and_the_organisers(two))
    return seen


def test_the_other_and_the_organisers_see_the_same_whatever_was_answered(
    in_force: Two, figure: Figure
) -> None:
    found: dict[str, list[dict[str, str]]] = {}
    for name, case in CASES.items():
        with transaction.atomic():
            found[name] = lived(in_force, case)
            transaction.set_rollback(True)
    compared = 0
    first = found["nothing"]
    for name, seen in found.items():
        for day, (here, there) in enumerate(zip(seen, first, strict=True)):
            for what in here:
                assert _same(here[what]) == _same(there[what]), f"{what} tells of “{name}” on day {day}"
                compared += 1
    figure("what the other and organisers see, compared over 4 answers", compared, goal="0 differ")


def _same(words: str) -> str:
    """Leave out numbers of rows and of letters, which run on when a case is undone."""
    words = re.sub(r"<[0-9a-f]{32}@", "<#@", words)
    return re.sub(r"\b\d+\b(?=[,}\]/\"])", "#", words)


def test_a_letter_that_told_of_an_answer_would_be_caught(
    in_force: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ampersand.agreements.actions import renewing

    def tells(*, by: int | None, **more: object) -> None:
        note_down(by=by, **{**more, "scheme": in_force.scheme.pk})  # type: ignore[arg-type]

    note_down = renewing.note_down
    monkeypatch.setattr(renewing, "note_down", tells)  # the answer noted under the scheme
    found = []
    for case in (says_nothing, says_no):
        with transaction.atomic():
            found.append(lived(in_force, case)[0]["the organiser's people and history"])
            transaction.set_rollback(True)
    assert _same(found[0]) != _same(found[1])


def test_two_yeses_at_one_instant_are_both_counted(asked: Two) -> None:
    with on(last_day(asked) - 19 * DAY):
        says(asked, asked.sam, True)
        says(asked, asked.sam, True)
        assert question(asked).state == RenewalState.ASKED
        says(asked, asked.hannah, True)
    assert question(asked).state == RenewalState.AGREED


def test_not_signed_in_time_it_ends_on_its_day_and_organisers_read_the_usual(agreed: Two) -> None:
    end = last_day(agreed)
    with on(end - 10 * DAY):
        signs(agreed, agreed.hannah)
    letters = [letter for _day, letter in live(end - 9 * DAY, end + DAY)]
    assert letters == [
        "journeys/sign_renewal sam",
        "journeys/ended hannah",
        "journeys/ended sam",
        "journeys/ended_for_organisers help",
    ]
    agreed.pair.refresh_from_db()
    assert agreed.pair.state == PairState.ENDED
    assert not RenewalSignature.objects.exists()


def test_an_erased_person_leaves_no_answer(asked: Two) -> None:
    from ampersand.journeys.leaving import leave

    with time_machine.travel(at(last_day(asked) - 19 * DAY), tick=False):
        says(asked, asked.sam, False)
        leave(person=asked.sam, by=None)
        assert not RenewalAnswer.objects.exists()
        let_time_pass(now=at(last_day(asked) - 18 * DAY) + timedelta(hours=1))
