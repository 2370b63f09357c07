"""Addresses of asking, requests, introductions and matching."""

from django.urls import path

from ampersand.matching.views import asking, requests

app_name = "matching"
urlpatterns = [
    path("s/<slug:slug>/", asking.scheme_page, name="scheme"),
    path("s/<slug:slug>/ask/", asking.declare, name="declare"),
    path("s/<slug:slug>/ask/<slug:step>/", asking.ask_step, name="ask"),
    path("s/<slug:slug>/not-now/", asking.not_now, name="not_now"),
    path("requests/<int:pk>/", requests.request_page, name="request"),
    path("requests/<int:pk>/withdraw/", requests.withdraw_request, name="withdraw"),
]
