"""Opening pages as someone."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from ampersand.people.models import Person
from tests.agreements.people import Two

HTMX = {"HX-Request": "true"}


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def url(name: str, two: Two, *more: object) -> str:
    return reverse(f"agreements:{name}", args=[two.agreement.pk, *more])


def words_of(response: HttpResponse) -> str:
    return response.content.decode()
