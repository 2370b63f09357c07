"""The conflict check for programs: a token in the head of the question, JSON or CSV in the answer.

A token can do this and nothing else. docs/conflict-check.md says how to ask.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from ampersand.boundaries.forms import ListForm
from ampersand.boundaries.models import Capacity
from ampersand.boundaries.queries.asking import Asker, asker_by_token
from ampersand.boundaries.queries.recognising import Who, who
from ampersand.boundaries.rules import AskedTooOften
from ampersand.boundaries.views.asking import answer_list, in_even_time
from ampersand.people.access import View, limited, with_token
from ampersand.people.rules import Refused

KEYS = {"email", "number", "name"}


def for_programs(view: Callable[[HttpRequest, Asker], HttpResponse]) -> View[...]:
    """Find the grant that a token belongs to; say in JSON what was refused."""

    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        asker = asker_by_token(token.strip()) if kind.casefold() == "bearer" else None
        if asker is None:
            answer = _refused(401, _("A token is needed that is good and was not withdrawn."))
            answer["WWW-Authenticate"] = "Bearer"
            return answer
        try:
            return view(request, asker)
        except AskedTooOften as refusal:
            return _refused(429, refusal.sentence)
        except Refused as refusal:
            return _refused(422, refusal.sentence)

    return with_token(limited("conflict check by token", "120/m")(asked))


@for_programs
def check(request: HttpRequest, asker: Asker) -> JsonResponse:
    """Answer one question."""
    asked = _read(request.body)
    answer = in_even_time(
        asker=asker,
        deciding=_who(asked, "deciding"),
        decided_about=_who(asked, "decided_about"),
        capacity=_capacity(asked),
        purpose=str(asked.get("purpose", ""))[:200],
    )
    return JsonResponse({"answer": answer.value})


@for_programs
def check_list(request: HttpRequest, asker: Asker) -> HttpResponse:
    """Answer two lists, sent as files of a form, with a CSV file."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        wrong = {name: [str(each) for each in errors] for name, errors in form.errors.items()}
        return JsonResponse({"error": _("The lists could not be read."), "fields": wrong}, status=422)
    return answer_list(asker, form)


def _read(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except ValueError as error:
        raise Refused(_("The question is not JSON.")) from error
    if not isinstance(asked, dict):
        raise Refused(_("The question is one JSON object."))
    return asked


def _who(asked: dict[str, Any], side: str) -> Who:
    said = asked.get(side)
    if (
        not isinstance(said, dict)
        or not set(said) <= KEYS
        or not all(isinstance(v, str) for v in said.values())
    ):
        raise Refused(_("“%(side)s” is an object with “email”, “number” or “name”.") % {"side": side})
    return who(**said)


def _capacity(asked: dict[str, Any]) -> Capacity:
    try:
        return Capacity(str(asked.get("capacity")))
    except ValueError as error:
        words = _("“capacity” is one of: %(words)s.") % {"words": ", ".join(Capacity.values)}
        raise Refused(words) from error


def _refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
