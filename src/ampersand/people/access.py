"""Who may open a view at all: each view declares it, a house-rule test reads it.

What a person may see *within* a view is decided by `visible_to` on the rows, and answers 404.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from ampersand.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
V = TypeVar("V", bound=Callable[..., Any])


class PersonRequest(HttpRequest):
    """A request that is known to come from a signed-in person."""

    user: Person


def _declare(view: V, who: str) -> V:
    view.access = who  # type: ignore[attr-defined]
    return view


def public(view: View[P]) -> View[P]:
    """Let anyone open it."""
    return _declare(view, "anyone")


def open_to(who: str) -> Callable[[Callable[Concatenate[PersonRequest, P], HttpResponse]], View[P]]:
    """Let signed-in people open it; `who` says in words whose rows they will find there."""

    def declare(view: Callable[Concatenate[PersonRequest, P], HttpResponse]) -> View[P]:
        return _declare(cast("View[P]", login_required(view)), who)

    return declare


def operator_only(view: Callable[Concatenate[PersonRequest, P], HttpResponse]) -> View[P]:
    """Let the operators of this installation open it; to anyone else it does not exist."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_operator:
            raise Http404
        return view(request, *args, **kwargs)

    return _declare(cast("View[P]", login_required(guarded)), "operators")
