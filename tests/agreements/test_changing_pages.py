"""The pages by which an agreement is changed, as the two open them."""

import pytest
from django.urls import reverse

from ampersand.agreements.actions.opening import open_for
from ampersand.agreements.models import Agreement, AgreementState
from ampersand.agreements.queries import open_change, standing_of
from ampersand.journeys.ending import stop
from ampersand.journeys.leaving import leave as leave_altogether
from ampersand.notifications.models import Letter
from ampersand.pairs.actions import begin
from ampersand.people.models import Person
from ampersand.wording import words_of
from tests.agreements.amending import agree, change, make_it_count, publish_newer
from tests.agreements.people import ANSWERS, Two
from tests.agreements.visiting import as_, url
from tests.agreements.visiting import words_of as page_of
from tests.jobs import run_jobs


def filled_in(by: str, **typed: str) -> dict[str, str]:
    """Give what the form holds when someone has changed a little in it."""
    mine = {
        name: text
        for name, text in ANSWERS.items()
        if not name.startswith({"mentor": "mentee-", "mentee": "mentor-"}[by])
    }
    if by == "mentee":
        mine = {name: text for name, text in mine.items() if name not in {"between", "phone"}}
    fields = mine | {name.replace("_", "-"): text for name, text in typed.items()}
    return {f"blank-{name}": text for name, text in fields.items()}


def test_looking_first_shows_what_would_change_and_tells_nobody(in_force: Two) -> None:
    before = Letter.objects.count()
    page = page_of(as_(in_force.hannah).post(url("change", in_force), filled_in("mentor", notice="14")))
    assert "This is what would change" in page
    assert "<del>2</del><ins>14</ins>" in page
    assert "“2” becomes “14”." in page
    assert Letter.objects.count() == before
    assert open_change(in_force.pair) is None


def test_proposing_answering_and_agreeing_in_pages(in_force: Two) -> None:
    sent = filled_in("mentor", notice="14") | {"do": "propose"}
    answer = as_(in_force.hannah).post(url("change", in_force), sent)
    proposal = open_change(in_force.pair)
    assert proposal
    place = reverse("agreements:agreement", args=[proposal.pk])
    assert answer["Location"] == place
    theirs, own = page_of(as_(in_force.sam).get(place)), page_of(as_(in_force.hannah).get(place))
    assert "Hannah proposes a change" in theirs
    assert "Leave it as it was" in theirs
    assert "Your proposal to Sam" in own
    assert "Take it back" in own
    otherwise = reverse("agreements:otherwise", args=[proposal.pk])
    sent = filled_in("mentee", notice="7") | {"do": "propose", "seen": str(proposal.revision)}
    as_(in_force.sam).post(otherwise, sent)
    assert "Sam proposes a change" in page_of(as_(in_force.hannah).get(place))
    seen = Agreement.objects.get(pk=proposal.pk).revision
    agree_url = reverse("agreements:agree_to_proposal", args=[proposal.pk])
    old = as_(in_force.hannah).post(agree_url, {"seen": "1"})
    assert "has changed since you read it" in page_of(old)
    as_(in_force.hannah).post(agree_url, {"seen": str(seen)})
    page = page_of(as_(in_force.sam).get(place))
    assert "until both of you have signed here" in page
    assert "Nothing is left to agree" in page


def test_a_value_past_its_limits_is_said_where_it_was_typed(in_force: Two) -> None:
    page = page_of(as_(in_force.hannah).post(url("change", in_force), filled_in("mentor", notice="99")))
    assert "Write a whole number from 0 to 60" in page
    assert 'value="99"' in page
    assert "Propose this" not in page


def test_nothing_changed_says_so(in_force: Two) -> None:
    page = page_of(as_(in_force.hannah).post(url("change", in_force), filled_in("mentor")))
    assert "Nothing would be different" in page


def test_words_that_cannot_stand_are_said_and_kept(in_force: Two) -> None:
    in_force.scheme.pairs_may_reword = True
    in_force.scheme.save()
    wording = in_force.fresh().wording()
    sent = filled_in("mentor") | {"words-how-often": "We meet now and then."}
    page = page_of(as_(in_force.hannah).post(url("change", in_force), sent))
    assert "Keep each blank of this clause, once, as it stood: [often]" in page
    assert "We meet now and then." in page
    sent["words-how-often"] = words_of(wording, "how-often").replace("Our aim is", "We hope")
    assert "<ins>We hope</ins>" in page_of(as_(in_force.hannah).post(url("change", in_force), sent))


def test_the_pages_of_a_pair_lead_there_and_back(in_force: Two) -> None:
    pair = reverse("journeys:pair", args=[in_force.pair.pk])
    assert "Propose a change" in page_of(as_(in_force.sam).get(pair))
    proposal = change(in_force, in_force.hannah, {"notice": "14"})
    page = page_of(as_(in_force.sam).get(pair))
    assert "A change to your agreement is proposed" in page
    assert f'href="{reverse("agreements:agreement", args=[proposal.pk])}"' in page
    assert "Propose a change" not in page
    assert "Hannah proposes a change" in page_of(as_(in_force.sam).get("/"))
    make_it_count(in_force, agree(proposal, in_force.sam))
    page = page_of(as_(in_force.hannah).get(reverse("agreements:versions", args=[in_force.pair.pk])))
    assert page.count("Sealed copy (PDF)") == 2


def test_when_someone_leaves_a_proposal_closes_kindly(in_force: Two) -> None:
    proposal = change(in_force, in_force.hannah, {"notice": "14"})
    leave_altogether(person=Person.objects.get(pk=in_force.hannah.pk), by=in_force.hannah.pk)
    page = page_of(as_(in_force.sam).get(reverse("agreements:agreement", args=[proposal.pk])))
    assert "This mentoring has ended, so this change was not made" in page
    answer = as_(in_force.sam).post(
        reverse("agreements:agree_to_proposal", args=[proposal.pk]), {"seen": "1"}
    )
    assert "has ended" in page_of(answer)


def test_a_declined_change_reads_kindly_for_both(in_force: Two) -> None:
    proposal = change(in_force, in_force.hannah, {"notice": "14"})
    place = reverse("agreements:agreement", args=[proposal.pk])
    as_(in_force.sam).post(reverse("agreements:leave_as_it_was", args=[proposal.pk]))
    pages = [page_of(as_(person).get(place)) for person in (in_force.hannah, in_force.sam)]
    assert all("Your agreement stays as it was, in every word" in page for page in pages)


TEA = (
    "The mentee comes to each meeting prepared.",
    "The mentee comes to each meeting prepared, and has eaten.",
)
FEWER = (
    "number 0 to 60 days; term meeting-notice-days; suggest 2",
    "number 3 to 60 days; term meeting-notice-days",
)


def test_a_newer_version_is_offered_and_moves_nobody(in_force: Two) -> None:
    publish_newer(in_force, TEA, FEWER)
    run_jobs()
    letters = Letter.objects.filter(event="agreements/newer_version")
    assert {letter.to for letter in letters} == {"hannah@work.example", "sam@home.example"}
    assert in_force.fresh().template.number == 1
    page = page_of(as_(in_force.sam).get(url("newer", in_force)))
    assert "<ins>, and has eaten</ins>" in page
    form = page_of(as_(in_force.sam).get(url("move", in_force)))
    assert "Move to version 2" in form
    sent = filled_in("mentee", notice="5") | {"do": "propose"}
    as_(in_force.sam).post(url("move", in_force), sent)
    proposal = open_change(in_force.pair)
    assert proposal
    assert (proposal.template.number, proposal.state) == (2, AgreementState.PROPOSED)
    first = in_force.agreement
    make_it_count(in_force, agree(proposal, in_force.hannah))
    assert "and has eaten" in " ".join(c.text for c in standing_of(in_force.fresh()).document.clauses())
    assert Agreement.objects.get(pk=first.pk).template.number == 1


def test_a_blank_that_no_longer_fits_may_stay_open_and_is_filled_in_together(in_force: Two) -> None:
    publish_newer(in_force, FEWER)
    template = in_force.scheme.templates.get(number=2)
    proposal = agree(change(in_force, in_force.sam, template=template), in_force.hannah)
    assert [field.id for field in standing_of(Agreement.objects.get(pk=proposal.pk)).left] == ["notice"]


def test_who_accepted_by_asking_is_asked_again_and_the_old_holds_until_then(asked: Two) -> None:
    change_of = ("Plan on about 30 minutes for a meeting.", "Plan on about 45 minutes for a meeting.")
    publish_newer(asked, change_of)
    run_jobs()
    assert Letter.objects.filter(event="agreements/newer_version").count() == 2
    assert "has been asked whether to accept" in page_of(as_(asked.hannah).get(url("newer", asked)))
    page = page_of(as_(asked.sam).get(url("newer", asked)))
    assert "Accept version 2" in page
    read = page.split('name="read" value="')[1].split('"')[0]
    refused = as_(asked.sam).post(url("newer", asked), {"read": read})
    assert "Please tick this" in page_of(refused)
    ticked = {"read": read, "declared-adult": "on", "declared-has-read": "on"}
    as_(asked.hannah).post(url("newer", asked), ticked)
    assert asked.fresh().state == AgreementState.IN_FORCE
    as_(asked.sam).post(url("newer", asked), ticked)
    newest = asked.pair.agreements.get(state=AgreementState.IN_FORCE)
    assert (newest.template.number, newest.predecessor_id) == (2, asked.agreement.pk)
    assert asked.fresh().state == AgreementState.SUPERSEDED
    assert Letter.objects.filter(event="agreements/newer_accepted").count() == 2


def test_who_waited_while_a_newer_version_came_out_is_asked_when_they_begin(asked: Two) -> None:
    publish_newer(asked, ("Plan on about 30 minutes", "Plan on about 45 minutes"))
    acceptance = asked.agreement.acceptance
    stop(pair=asked.pair)
    Letter.objects.all().delete()
    asked.pair = begin(scheme=asked.scheme, mentor=asked.hannah, mentee=asked.sam)
    again = open_for(pair=asked.pair, acceptance=acceptance)
    assert again.template.number == 1
    assert Letter.objects.filter(event="agreements/newer_version").count() == 2


def test_an_ended_pair_is_offered_nothing(in_force: Two) -> None:
    publish_newer(in_force, TEA)
    stop(pair=in_force.pair)
    run_jobs()
    assert not Letter.objects.filter(event="agreements/newer_version").exists()
    assert as_(in_force.sam).get(url("newer", in_force)).status_code == 302
    assert as_(in_force.sam).get(url("change", in_force)).status_code == 302


@pytest.mark.parametrize(
    "name", ["change", "newer", "move", "otherwise", "comparison", "agree_to_proposal", "leave_as_it_was"]
)
def test_an_outsider_finds_none_of_it(in_force: Two, name: str) -> None:
    client = as_(in_force.outsider)
    method = client.post if name in {"agree_to_proposal", "leave_as_it_was"} else client.get
    assert method(url(name, in_force)).status_code == 404
