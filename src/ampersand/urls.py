"""Every address of the site, room by room."""

from django.urls import URLPattern, URLResolver, include, path

from ampersand.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("", include("ampersand.people.urls")),
]
