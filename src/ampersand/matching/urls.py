"""Addresses of asking, requests, introductions and matching."""

from django.urls import path

from ampersand.matching.views import asking, introductions, organising, requests

app_name = "matching"
urlpatterns = [
    path("s/<slug:slug>/", asking.scheme_page, name="scheme"),
    path("s/<slug:slug>/ask/", asking.declare, name="declare"),
    path("s/<slug:slug>/ask/<slug:step>/", asking.ask_step, name="ask"),
    path("s/<slug:slug>/not-now/", asking.not_now, name="not_now"),
    path("s/<slug:slug>/mentoring/", introductions.mentoring, name="mentoring"),
    path("s/<slug:slug>/organise/introduce/<int:pk>/", organising.introduce_to, name="introduce"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/withdraw/", requests.withdraw_request, name="withdraw"),
    path("requests/<int:pk>/asks-you/", introductions.asks_you, name="asks_you"),
    path("introductions/<int:pk>/", introductions.introduction_page, name="introduction"),
    path("introductions/<int:pk>/answer/", introductions.answer, name="answer"),
    path(
        "s/<slug:slug>/organise/introductions/<int:pk>/take-back/",
        organising.take_back_introduction,
        name="take_back",
    ),
]
