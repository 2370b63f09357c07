"""Addresses of home and of an organiser's pages."""

from django.urls import path

from ampersand.dashboard.views import editing, home, making, overview, publishing

app_name = "dashboard"
urlpatterns = [
    path("", home.home, name="home"),
    path("schemes/new/", making.new_scheme, name="new_scheme"),
    path("s/<slug:slug>/organise/", overview.overview, name="overview"),
    path("s/<slug:slug>/organise/people/", overview.people, name="people"),
    path("s/<slug:slug>/organise/details/", making.details, name="details"),
    path("s/<slug:slug>/organise/close/", making.close, name="close"),
    path("s/<slug:slug>/organise/reopen/", making.reopen, name="reopen"),
    path("s/<slug:slug>/organise/agreement/", publishing.agreement, name="agreement"),
    path("s/<slug:slug>/organise/agreement/draft/", publishing.draft, name="draft"),
    path("s/<slug:slug>/organise/agreement/edit/", editing.edit, name="edit"),
    path("s/<slug:slug>/organise/agreement/<int:number>/changes/", editing.changes, name="changes"),
    path("s/<slug:slug>/organise/agreement/<int:number>/", publishing.version, name="version"),
    path(
        "s/<slug:slug>/organise/agreement/<int:number>/publish/", publishing.publish_version, name="publish"
    ),
    path("s/<slug:slug>/organise/agreement/<int:number>/published/", publishing.published, name="published"),
    path("s/<slug:slug>/organise/preview/", publishing.preview, name="preview"),
]
