"""Addresses of meetings."""

from django.urls import path

from ampersand.meetings.views import (
    booking,
    calendars,
    changing,
    feed,
    listing,
    meeting,
    suggesting,
    times,
)

app_name = "meetings"
urlpatterns = [
    path("calendar/<str:token>.ics", feed.feed, name="feed"),
    path("meet/<str:token>/", meeting.join, name="join"),
    path("meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<int:pk>/booked/", booking.booked, name="booked"),
    path("meetings/<int:pk>/cancel/", changing.cancel, name="cancel"),
    path("meetings/<int:pk>/move/", changing.move, name="move"),
    path("meetings/<int:pk>/outcome/", meeting.outcome, name="outcome"),
    path("meetings/<int:pk>/place/", booking.place, name="place"),
    path("meetings/calendars/", calendars.calendars, name="calendars"),
    path("meetings/calendars/<int:pk>/again/", calendars.look_again, name="look_again"),
    path("meetings/calendars/<int:pk>/remove/", calendars.unsubscribe, name="unsubscribe"),
    path("meetings/calendars/address/", calendars.new_feed, name="new_feed"),
    path("meetings/suggestions/<int:pk>/", suggesting.pick, name="pick"),
    path("meetings/suggestions/<int:pk>/withdraw/", suggesting.withdraw, name="withdraw"),
    path("meetings/times/", times.times, name="times"),
    path("meetings/times/<str:kind>/<int:pk>/remove/", times.remove_time, name="remove_time"),
    path("meetings/wishes/", times.wishes, name="wishes"),
    path("pairs/<int:pk>/meetings/", listing.meetings, name="meetings"),
    path("pairs/<int:pk>/meetings/book/", booking.book, name="book"),
    path("pairs/<int:pk>/meetings/suggest/", suggesting.suggest, name="suggest"),
]
