"""What everyone may know about this site: what it keeps about people, and for whom it works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ampersand.people.access import public
from ampersand.people.queries import everything_kept


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, who may read it and for how long, as the models declare it."""
    return render(request, "people/privacy.html", {"kinds": everything_kept()})


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what is checked, and what does not work for everyone yet."""
    return render(request, "people/accessibility.html")
