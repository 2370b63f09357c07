"""What every page for organisers shares: the scheme is theirs, or it does not exist; then the second step."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse

from ampersand.people.access import PersonRequest, View, open_to, second_factor_first
from ampersand.schemes.models import Scheme
from ampersand.schemes.queries import organised_scheme

P = ParamSpec("P")


def for_organisers(view: Callable[Concatenate[PersonRequest, Scheme, P], HttpResponse]) -> View[...]:
    """Find the scheme by its slug and hand it to the view, if the person organises it."""

    @wraps(view)
    def of_scheme(request: PersonRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        scheme = organised_scheme(request.user, slug)

        def opened(request: PersonRequest) -> HttpResponse:
            return view(request, scheme, *args, **kwargs)

        return second_factor_first(opened)(request)

    return open_to("the organisers of the scheme")(of_scheme)
