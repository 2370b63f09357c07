"""The pages that only the demo has."""

from django.urls import reverse

from ampersand.notifications.models import Letter
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
