"""Addresses of the demo; they exist only in demo mode."""

from django.urls import path

from ampersand.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("be/<slug:key>/", views.be, name="be"),
    path("next/", views.what_happens_next, name="next"),
    path("next/<int:pk>/", views.next_for_pair, name="next_for_pair"),
    path("letters/", views.letters, name="letters"),
    path("letters/<int:letter_id>/", views.letter, name="letter"),
    path("letters/<int:letter_id>/enclosed/<int:enclosure_id>/", views.enclosure, name="enclosure"),
]
