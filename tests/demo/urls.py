"""Every address of the site with the demo on."""

from django.urls import include, path

from ampersand.urls import urlpatterns as without_demo

urlpatterns = [*without_demo, path("demo/", include("ampersand.demo.urls"))]
