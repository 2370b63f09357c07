"""Addresses of meetings."""

from django.urls import path

from ampersand.meetings.views import feed

app_name = "meetings"
urlpatterns = [
    path("calendar/<str:token>.ics", feed.feed, name="feed"),
]
