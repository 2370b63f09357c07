"""Addresses of invitations and joining."""

from django.urls import path

from ampersand.schemes.views import invitations, joining

app_name = "schemes"
urlpatterns = [
    path("invitation/<str:token>/", joining.invitation, name="invitation"),
    path("invitation/<str:token>/accept/", joining.accept_invitation, name="accept_invitation"),
    path("invitation/<str:token>/mentor/<slug:step>/", joining.join, name="join"),
    path("s/<slug:slug>/joined/", joining.joined, name="joined"),
    path("s/<slug:slug>/organise/invitations/", invitations.invitations, name="invitations"),
    path("s/<slug:slug>/organise/invitations/<int:pk>/again/", invitations.send_again, name="send_again"),
    path("s/<slug:slug>/organise/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw"),
]
