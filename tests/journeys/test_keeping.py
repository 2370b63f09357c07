"""What has been kept for its time goes, not a second before; what is signed goes with its pair."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.agreements.models import Acceptance, Agreement, Copy, Filling, Scan, Signature
from ampersand.journeys import keeping
from ampersand.journeys.ending import stop
from ampersand.journeys.keeping import apply_keeping
from ampersand.journeys.tasks import keep_no_longer
from ampersand.matching.models import Introduction, Request
from ampersand.notifications.models import Enclosure, Letter
from ampersand.pairs.models import Pair
from ampersand.people.models import Knock, Person, SignInCode
from ampersand.record.models import Entry, Verb
from ampersand.schemes.models import Invitation, Member, Role
from tests.agreements.amending import agree, change, in_force_together, leave, make_it_count
from tests.agreements.people import Two, accepted_by_asking, agreeing, two_people
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db

Rows = Any
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone.get_fixed_timezone(0))
SECOND = timedelta(seconds=1)


def years(moment: datetime, count: int) -> datetime:
    return moment.replace(year=moment.year + count)


def invitation(**moments: datetime) -> tuple[Rows, datetime]:
    scheme = two_people().scheme
    row = {"scheme": scheme, "email": "new@example.org", "invited_as": "mentor", "token_hash": "0" * 64}
    times = {"sent_at": NOW - timedelta(days=5), "expires_at": NOW + timedelta(days=9)} | moments
    Invitation.objects.create(**row, **times)
    return Invitation.objects.all(), NOW + timedelta(days=30)


def request_of(two: Two, **more: Any) -> Request:
    template = two.scheme.templates.get()
    empty: dict[str, Any] = {"clauses": [], "declarations": [], "fingerprint": "0" * 64}
    acceptance = Acceptance.objects.create(template=template, person=two.sam, accepted_at=NOW, **empty)
    return Request.objects.create(scheme=two.scheme, mentee=two.sam, acceptance=acceptance, **more)


def closed_request() -> tuple[Rows, datetime]:
    made = request_of(two_people(), state="withdrawn", closed_at=NOW)
    return Request.objects.filter(pk=made.pk), years(NOW, 1)


def acceptance_of_a_closed_request() -> tuple[Rows, datetime]:
    later = NOW + timedelta(days=90)
    made = request_of(two_people(), state="withdrawn", closed_at=later)
    return Acceptance.objects.filter(pk=made.acceptance_id), years(later, 1)


def closed_introduction() -> tuple[Rows, datetime]:
    two = two_people()
    mentor = Member.objects.create(scheme=two.scheme, person=two.hannah, role=Role.MENTOR, capacity=1)
    made = request_of(two)
    Introduction.objects.create(request=made, mentor=mentor, state="closed", closed_at=NOW)
    return Introduction.objects.all(), years(NOW, 1)


def member_who_left() -> tuple[Rows, datetime]:
    two = two_people()
    Member.objects.create(scheme=two.scheme, person=two.sam, role=Role.MENTEE, left_at=NOW)
    return Member.objects.all(), years(NOW, 2)


def member_who_erased_their_account() -> tuple[Rows, datetime]:
    two = two_people()
    Member.objects.create(scheme=two.scheme, person=two.sam, role=Role.MENTEE)
    Person.objects.filter(pk=two.sam.pk).update(erased_at=NOW)
    return Member.objects.all(), years(NOW, 2)


def lapsed_signature() -> tuple[Rows, datetime]:
    two = agreeing()
    two.fill_all()
    two.sign(two.sam)
    two.suggest(two.hannah, "notice", "5")
    lapsed = Signature.objects.get()
    assert lapsed.lapsed_at is not None
    return Signature.objects.all(), lapsed.lapsed_at + timedelta(days=30)


def change_that_was_not_made() -> tuple[Rows, datetime]:
    two = in_force_together()
    dropped = leave(change(two, two.hannah, {"notice": "14"}))
    assert dropped.closed_at is not None
    return Agreement.objects.filter(pk=dropped.pk), dropped.closed_at + timedelta(days=30)


def scan(state: str) -> tuple[Rows, datetime]:
    two = agreeing()
    file = {"name": "page.png", "content_type": "image/png", "content": b"page", "fingerprint": "0" * 64}
    Scan.objects.create(agreement=two.agreement, uploaded_by=two.sam, state=state, answered_at=NOW, **file)
    return Scan.objects.all(), NOW + timedelta(days=30)


def letter(**more: Any) -> Letter:
    words = {"subject": "Hello", "body_text": "Dear Sam", "body_html": "<p>Dear Sam</p>"}
    return Letter.objects.create(
        event="people/code", to="sam@home.example", message_id="<1@x>", queued_at=NOW, **words, **more
    )


def text_of_a_letter() -> tuple[Rows, datetime]:
    letter(state="sent", sent_at=NOW)
    return Letter.objects.exclude(subject="", body_text="", body_html=""), NOW + timedelta(days=7)


def enclosure() -> tuple[Rows, datetime]:
    Enclosure.objects.create(
        letter=letter(state="sent", sent_at=NOW), name="a.pdf", content_type="application/pdf", content=b"%"
    )
    return Enclosure.objects.all(), NOW + timedelta(days=7)


def row_of_a_letter() -> tuple[Rows, datetime]:
    letter(state="dead")
    return Letter.objects.all(), years(NOW, 1)


def code() -> tuple[Rows, datetime]:
    SignInCode.objects.create(email="sam@home.example", code_hash="", asked_at=NOW)
    return SignInCode.objects.all(), NOW + timedelta(days=1)


def count_of_tries() -> tuple[Rows, datetime]:
    Knock.objects.create(key="k", since=NOW - timedelta(hours=1), until=NOW, count=3)
    return Knock.objects.all(), NOW + timedelta(days=1)


KINDS: dict[str, Callable[[], tuple[Rows, datetime]]] = {
    "an invitation, accepted": lambda: invitation(accepted_at=NOW),
    "an invitation, withdrawn": lambda: invitation(withdrawn_at=NOW),
    "an invitation, run out": lambda: invitation(expires_at=NOW),
    "a request": closed_request,
    "what was accepted for it": acceptance_of_a_closed_request,
    "an introduction": closed_introduction,
    "a member who left": member_who_left,
    "a member who erased their account": member_who_erased_their_account,
    "a signature that lapsed": lapsed_signature,
    "a change that was not made": change_that_was_not_made,
    "a scan that was refused": lambda: scan("refused"),
    "a scan that lapsed": lambda: scan("lapsed"),
    "the text of a letter": text_of_a_letter,
    "an enclosure": enclosure,
    "a letter": row_of_a_letter,
    "a sign-in code": code,
    "a count of tries": count_of_tries,
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_kept_for_its_time_and_no_longer(kind: str) -> None:
    rows, over = KINDS[kind]()
    apply_keeping(now=over - SECOND)
    assert rows.exists()
    apply_keeping(now=over)
    assert not rows.exists()


OF_A_PAIR = (Pair, Agreement, Filling, Signature, Copy, Scan, Acceptance)


def signed_pair() -> Two:
    two = agreeing()
    two.fill_all()
    two.sign(two.sam)
    two.sign(two.hannah)
    run_jobs()
    assert Copy.objects.count() == 1
    Scan.objects.create(
        agreement=two.agreement, uploaded_by=two.sam, name="a", content_type="image/png", content=b"a"
    )
    return two


def kept_of(two: Two) -> set[str]:
    return {model.__name__ for model in OF_A_PAIR if model.objects.exists()}


def test_a_signed_agreement_and_all_that_proves_it_goes_six_years_after_its_pair_ended() -> None:
    two = signed_pair()
    over = years(stop(pair=two.pair), 6)
    everything = kept_of(two)
    assert everything == {"Pair", "Agreement", "Filling", "Signature", "Copy", "Scan"}
    apply_keeping(now=over - SECOND)
    assert kept_of(two) == everything
    apply_keeping(now=over)
    assert kept_of(two) == set()


def test_every_version_of_a_changed_agreement_goes_in_the_same_night() -> None:
    two = in_force_together()
    make_it_count(two, agree(change(two, two.hannah, {"notice": "14"}), two.sam))
    over = years(stop(pair=two.pair), 6)
    apply_keeping(now=over - SECOND)
    assert Agreement.objects.count() == Copy.objects.count() == 2
    apply_keeping(now=over)
    assert kept_of(two) == set()


def test_what_was_accepted_by_asking_goes_with_its_agreement() -> None:
    two = accepted_by_asking()
    over = years(stop(pair=two.pair), 6)
    apply_keeping(now=over - SECOND)
    assert kept_of(two) == {"Pair", "Agreement", "Acceptance"}
    apply_keeping(now=over)
    assert kept_of(two) == set()


def test_what_still_runs_stays_however_long() -> None:
    two = signed_pair()
    before = kept_of(two)
    waiting = request_of(two)
    apply_keeping(now=years(NOW, 50))
    assert kept_of(two) == before | {"Acceptance"}
    assert Request.objects.get() == waiting


def test_only_the_job_that_keeps_may_remove_what_is_sealed() -> None:
    signed_pair()
    apply_keeping(now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Copy.objects.all().delete()
    assert Copy.objects.exists()


def test_it_is_noted_what_went_and_a_second_night_finds_nothing() -> None:
    _rows, over = closed_introduction()
    assert dict(apply_keeping(now=over)) == {"introduction": 1}
    noted = Entry.objects.filter(verb=Verb.KEEPING_APPLIED)
    assert set(noted.values_list("about", flat=True)) == {"introduction", "keeping"}
    assert dict(apply_keeping(now=over)) == {}
    assert noted.count() == 3


def codes(count: int) -> Rows:
    SignInCode.objects.bulk_create(
        SignInCode(email=f"{number}@home.example", code_hash="", asked_at=NOW) for number in range(count)
    )
    return SignInCode.objects.all()


def test_it_goes_some_at_a_time_and_is_noted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    rows, over = codes(5), NOW + timedelta(days=1)
    assert dict(apply_keeping(now=over)) == {"signincode": 5}
    assert not rows.exists()
    noted = Entry.objects.filter(verb=Verb.KEEPING_APPLIED).values_list("about", flat=True)
    assert list(noted) == ["signincode", "keeping"]


def test_stopped_in_the_middle_what_went_is_gone_and_noted_and_the_rest_goes_next_night(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 2)
    rows, over = codes(5), NOW + timedelta(days=1)
    let_go, killed = keeping._let_go, iter([False, True])

    def pulled_plug(*what: Any) -> int:
        if what[2] and next(killed):
            raise SystemExit
        return let_go(*what)

    monkeypatch.setattr(keeping, "_let_go", pulled_plug)
    with pytest.raises(SystemExit):
        apply_keeping(now=over)
    assert rows.count() == 3
    assert list(Entry.objects.values_list("about", flat=True)) == ["signincode"]
    monkeypatch.setattr(keeping, "_let_go", let_go)
    assert dict(apply_keeping(now=over)) == {"signincode": 3}


def test_it_is_done_every_night() -> None:
    nightly = {
        task.cron for task in app.periodic_registry.periodic_tasks.values() if task.task is keep_no_longer
    }
    assert nightly == {"30 3 * * *"}
    _rows, _over = text_of_a_letter()
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=8), queued_at=timezone.now())
    keep_no_longer(0)
    assert Letter.objects.get().body_text == ""
