"""The pages that only the demo has."""

from django.urls import reverse

from ampersand.notifications.models import Letter
from ampersand.pairs.models import Pair
from tests.pages import Shown, page


@page("demo:cast")
def cast(demo_told: None) -> Shown:
    return Shown(reverse("demo:cast"))


@page("demo:letters")
def letters(demo_told: None) -> Shown:
    return Shown(reverse("demo:letters"))


@page("demo:letters before anything happened")
def no_letters(demo_on: None) -> Shown:
    return Shown(reverse("demo:letters"))


@page("demo:letter")
def letter(demo_told: None) -> Shown:
    sealed = Letter.objects.filter(enclosures__isnull=False).latest("pk")
    return Shown(reverse("demo:letter", args=[sealed.pk]))


@page("demo:next")
def what_happens_next(demo_told: None) -> Shown:
    return Shown(reverse("demo:next"))


@page("demo:next before anything happened")
def nothing_next(demo_on: None) -> Shown:
    return Shown(reverse("demo:next"))


@page("demo:next_for_pair")
def next_for_pair(demo_told: None) -> Shown:
    pair = Pair.objects.get(mentee__email="leah@demo.example")
    return Shown(reverse("demo:next_for_pair", args=[pair.pk]))
