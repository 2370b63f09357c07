"""Addresses of a pair's page and of ending."""

from django.urls import path

from ampersand.journeys import views

app_name = "journeys"
urlpatterns = [
    path("pairs/", views.pairs, name="pairs"),
    path("pairs/<int:pk>/", views.pair, name="pair"),
    path("pairs/<int:pk>/stop/", views.stop_pair, name="stop"),
    path("pairs/<int:pk>/undo/", views.undo_stop, name="undo"),
]
