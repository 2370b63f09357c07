"""Every address of the site, room by room."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from ampersand.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("", include("ampersand.dashboard.urls")),
    path("", include("ampersand.matching.urls")),
    path("", include("ampersand.people.urls")),
    path("", include("ampersand.agreements.urls")),
    path("", include("ampersand.boundaries.urls")),
    path("", include("ampersand.meetings.urls")),
    path("", include("ampersand.journeys.urls")),
    path("", include("ampersand.schemes.urls")),
    path("", include("ampersand.journeys.leaving.pages")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("ampersand.demo.urls")))
