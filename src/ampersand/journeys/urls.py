"""Addresses of a pair's page, of carrying on and of ending."""

from django.urls import path

from ampersand.journeys.views import carrying_on, pairs, stopping

app_name = "journeys"
urlpatterns = [
    path("pairs/", pairs.pairs, name="pairs"),
    path("pairs/stop/", stopping.stop_one, name="stop_one"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pk>/stop/", stopping.stop_pair, name="stop"),
    path("pairs/<int:pk>/undo/", stopping.undo_stop, name="undo"),
    path("s/<slug:slug>/organise/pairs/<int:pk>/end/", stopping.end_for_them, name="end_for_them"),
    path("s/<slug:slug>/organise/pairs/<int:pk>/undo/", stopping.undo_for_them, name="undo_for_them"),
    path("pairs/<int:pk>/carry-on/", carrying_on.carry_on, name="carry_on"),
]
