"""An organiser throws a draft away, or puts another in its place, and finds the first one again."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.agreements.actions.bringing import correct, undo
from ampersand.agreements.actions.publishing import draft_from_builtin, draft_from_text, publish
from ampersand.agreements.actions.setting_aside import take_up, throw_away
from ampersand.agreements.models import SetAside, Template
from ampersand.journeys.keeping import apply_keeping
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.models import Entry, Verb
from ampersand.schemes.models import Organiser, Scheme
from tests.agreements.brought import garden_draft
from tests.agreements.test_bringing import LEAVE_OUT, REWORD, at, text_of
from tests.cast import sign_in


@pytest.fixture
def browser(organiser: Person) -> Client:
    return sign_in(Client(), organiser)


def test_a_draft_thrown_away_comes_back_with_every_correction_and_undo(
    garden: Template, browser: Client
) -> None:
    scheme = garden.scheme
    correct(template=garden, changes=LEAVE_OUT)
    before = text_of(garden)
    correct(template=garden, changes=REWORD)
    undo(template=garden)
    page = browser.get(reverse("dashboard:agreement", args=[scheme.slug])).content.decode()
    stood = re.search(r'name="stood" value="([^"]+)">Throw the draft away', page)
    assert stood
    page = browser.post(at("throw_draft_away", scheme), {"stood": stood[1]}, follow=True).content.decode()
    assert "you can take it up again" in page
    assert "garden.txt" in page
    assert not scheme.templates.drafts().exists()
    kept = scheme.set_aside.get()
    browser.post(reverse("agreements:take_draft_up", args=[scheme.slug, kept.pk]))
    draft = scheme.templates.drafts().get()
    assert draft.text == before
    assert (draft.brought.name, draft.brought.standing) == ("garden.txt", 1)
    assert draft.brought.corrections.count() == 2
    undo(template=draft)
    assert "safety guide" in text_of(draft)
    assert not SetAside.objects.exists()
    verbs = list(Entry.objects.order_by("-pk").values_list("verb", flat=True)[:3])
    assert {Verb.DRAFT_SET_ASIDE, Verb.DRAFT_TAKEN_UP} <= set(verbs)


def test_what_takes_the_place_of_a_draft_sets_it_aside_and_editing_it_does_not(
    garden: Template, organiser: Person
) -> None:
    scheme, brought = garden.scheme, text_of(garden)
    draft = draft_from_builtin(scheme=scheme, key="contract", by=organiser)
    assert scheme.set_aside.get().text == brought
    draft_from_text(
        scheme=scheme, text=draft.text.replace("Mentoring", "Our"), by=organiser, seen=draft.stands
    )
    assert scheme.set_aside.count() == 1
    written = text_of(scheme.templates.drafts().get())
    take_up(aside=scheme.set_aside.get(), by=organiser)  # now the two have changed places
    assert text_of(scheme.templates.drafts().get()) == brought
    assert scheme.set_aside.get().text == written


def test_a_draft_that_has_changed_since_is_not_thrown_away(garden: Template, organiser: Person) -> None:
    seen = garden.stands
    correct(template=garden, changes=LEAVE_OUT)
    with pytest.raises(Refused, match="left as it is"):
        throw_away(template=garden, by=organiser, seen=seen)
    garden.refresh_from_db()
    publish(template=garden, by=organiser)
    with pytest.raises(Refused, match="no longer there"):
        throw_away(template=garden, by=organiser)
    assert not SetAside.objects.exists()


def test_what_was_set_aside_is_taken_up_once(garden: Template, organiser: Person) -> None:
    throw_away(template=garden, by=organiser)
    kept = SetAside.objects.get()
    take_up(aside=kept, by=organiser)
    with pytest.raises(Refused, match="taken up already"):
        take_up(aside=SetAside(pk=999_999, scheme=kept.scheme), by=organiser)


def test_the_only_draft_of_a_new_scheme_can_go_and_come_back(organiser: Person, browser: Client) -> None:
    today = timezone.localdate()
    scheme = Scheme.objects.create(
        slug="new", name="New", contact_email="help@new.example", urgent_help_review_on=today
    )
    Organiser.objects.create(scheme=scheme, person=organiser)
    garden_draft(scheme, organiser)
    page = browser.post(at("throw_draft_away", scheme), follow=True).content.decode()
    assert "There is no agreement yet" in page
    assert "Bring your own agreement" in page
    assert "Drafts set aside" in page
    browser.post(reverse("dashboard:draft", args=[scheme.slug]), {"agreement": "peer"})
    assert scheme.templates.drafts().get().by_asking()
    browser.post(reverse("agreements:take_draft_up", args=[scheme.slug, scheme.set_aside.get().pk]))
    assert scheme.templates.drafts().get().number == 1
    assert not scheme.templates.drafts().get().by_asking()


def test_what_was_set_aside_goes_after_30_days(garden: Template, organiser: Person) -> None:
    throw_away(template=garden, by=organiser)
    apply_keeping(now=timezone.now() + timedelta(days=29))
    assert SetAside.objects.exists()
    apply_keeping(now=timezone.now() + timedelta(days=31))
    assert not SetAside.objects.exists()


def test_nobody_else_can_take_it_up(
    garden: Template, organiser: Person, outsider: Person, other_organiser: Person
) -> None:
    throw_away(template=garden, by=organiser)
    kept = SetAside.objects.get()
    for someone in (outsider, other_organiser):
        for scheme in Scheme.objects.all():
            address = reverse("agreements:take_draft_up", args=[scheme.slug, kept.pk])
            assert sign_in(Client(), someone).post(address).status_code == 404
    assert SetAside.objects.exists()
