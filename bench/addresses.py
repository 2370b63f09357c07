"""Every address of the site, and a page with nothing on it to compare with."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from ampersand.people.access import signed_in


@signed_in
def nothing(request: HttpRequest) -> HttpResponse:
    """Ask the database one thing and answer a signed-in person with a word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("Well.\n", content_type="text/plain")


urlpatterns = [path("nothing/", nothing), path("", include("ampersand.urls"))]
