"""Addresses of a pair's page, of carrying on and of ending."""

from django.urls import path

from ampersand.journeys.views import carrying_on, pairs, stopping

app_name = "journeys"
urlpatterns = [
    path("pairs/", pairs.pairs, name="pairs"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pk>/stop/", stopping.stop_pair, name="stop"),
    path("pairs/<int:pk>/undo/", stopping.undo_stop, name="undo"),
    path("pairs/<int:pk>/carry-on/", carrying_on.carry_on, name="carry_on"),
]
