"""Addresses of the conflict check, of leave to ask, and of everyone's own boundaries."""

from django.urls import path

from ampersand.boundaries import api
from ampersand.boundaries.views import asking, organising, own

app_name = "boundaries"
urlpatterns = [
    path("s/<slug:slug>/check/", asking.ask_one, name="ask"),
    path("s/<slug:slug>/check/list/", asking.check_list, name="list"),
    path("s/<slug:slug>/organise/panels/", organising.panels, name="panels"),
    path("s/<slug:slug>/organise/panels/<int:pk>/withdraw/", organising.withdraw, name="withdraw"),
    path("account/boundaries/", own.mine, name="mine"),
    path("account/apart/", own.apart, name="apart"),
    path("account/apart/<int:pk>/take-back/", own.take_back, name="take_back"),
    path("account/professional-number/", own.number, name="number"),
    path("api/conflict-check/", api.check, name="api_check"),
    path("api/conflict-check/list/", api.check_list, name="api_list"),
]
