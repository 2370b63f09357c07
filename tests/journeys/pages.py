"""The pages of a pair: for the two, for their organisers, and of stopping."""

from django.test import Client
from django.urls import reverse

from ampersand.journeys.ending import stop
from ampersand.people.models import Person
from tests.agreements.people import agreeing
from tests.pages import Shown, page
from tests.second_step import give_second_step


@page("journeys:pairs")
def own_pairs() -> Shown:
    return Shown(reverse("journeys:pairs"), agreeing().sam)


@page("journeys:pairs with nobody yet")
def no_pairs() -> Shown:
    return Shown(reverse("journeys:pairs"), Person.objects.create(email="noor@example.org", called="Noor"))


@page("journeys:pair")
def pair() -> Shown:
    two = agreeing()
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.sam)


@page("journeys:pair for organisers")
def pair_for_organisers() -> Shown:
    two = agreeing()
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), give_second_step(two.olive))


@page("journeys:stop")
def stopping() -> Shown:
    two = agreeing()
    return Shown(reverse("journeys:stop", args=[two.pair.pk]), two.sam)


@page("journeys:pair ended by oneself")
def may_be_undone() -> Shown:
    two = agreeing()
    client = Client()
    client.force_login(two.sam)
    client.post(reverse("journeys:stop", args=[two.pair.pk]))
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), client=client)


@page("journeys:pair ended")
def ended() -> Shown:
    two = agreeing()
    stop(pair=two.pair)
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.hannah)
