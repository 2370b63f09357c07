"""Asking: one question, or a panel's list against a list of candidates.

What is typed here is answered at once and kept nowhere: there is no address to come back to an answer.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import render

from ampersand.boundaries.actions.asking import ask, ask_list
from ampersand.boundaries.forms import ListForm, QuestionForm
from ampersand.boundaries.forms.spreadsheets import as_csv, table_of
from ampersand.boundaries.models import Capacity, Reach
from ampersand.boundaries.queries.answering import WORDS, Answer
from ampersand.boundaries.queries.asking import Asker, asked_by, asker_in
from ampersand.people.access import PersonRequest, View, limited, open_to, second_factor_first
from ampersand.people.rules import Refused

P = ParamSpec("P")
LATEST = 10
STEP = 0.05


def for_askers(view: Callable[Concatenate[PersonRequest, Asker, P], HttpResponse]) -> View[...]:
    """Find under what a person may ask in this scheme, and hand it to the view."""

    @wraps(view)
    def of_scheme(request: PersonRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asker = asker_in(request.user, slug)

        def opened(request: PersonRequest) -> HttpResponse:
            return view(request, asker, *args, **kwargs)

        return second_factor_first(opened)(request)

    return open_to("the organisers of the scheme, and panels they gave leave to ask")(of_scheme)


def in_even_time(**question: Any) -> Answer:
    """Ask, and answer at the next twentieth of a second: the clock is not to tell what was found."""
    began = time.monotonic()
    try:
        return ask(**question)
    finally:
        time.sleep((began - time.monotonic()) % STEP)


@for_askers
@limited("conflict check", "60/m", by="person")
def ask_one(request: PersonRequest, asker: Asker) -> HttpResponse:
    """Ask whether one person may take part in deciding about another."""
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            answer = in_even_time(
                asker=asker,
                deciding=asked["deciding"],
                decided_about=asked["decided_about"],
                capacity=Capacity(asked["capacity"]),
                purpose=asked["purpose"],
            )
            context = _context(asker, answer=answer, words=WORDS[answer], asked=form.data)
            context["capacity"] = Capacity(asked["capacity"]).label
            return render(request, "boundaries/answer.html", context)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    context = _context(asker, form=form, latest=asked_by(asker)[:LATEST])
    return render(request, "boundaries/ask.html", context, status=422 if form.errors else 200)


@for_askers
@limited("conflict check", "60/m", by="person")
def check_list(request: PersonRequest, asker: Asker) -> HttpResponse:
    """Check a panel against candidates, two files in, one file out."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return answer_list(asker, form)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    return render(
        request, "boundaries/list.html", _context(asker, form=form), status=422 if form.errors else 200
    )


def answer_list(asker: Asker, form: ListForm) -> HttpResponse:
    """Answer a list that could be read, as a file; what could not be read stands in it by its line."""
    panel, candidates = form.cleaned_data["deciding"], form.cleaned_data["decided_about"]
    table = ask_list(
        asker=asker,
        deciding=panel.people,
        decided_about=candidates.people,
        capacity=Capacity(form.cleaned_data["capacity"]),
        purpose=form.cleaned_data["purpose"],
    )
    words = [[str(WORDS[answer]) for answer in row] for row in table]
    return HttpResponse(
        "".join(as_csv(table_of(panel, candidates, words))),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="conflict-check.csv"',
            "Cache-Control": "no-store",
        },
    )


def _context(asker: Asker, **more: Any) -> dict[str, Any]:
    lists = asker.reach != Reach.ONE
    return {
        "scheme": asker.scheme,
        "asker": asker,
        "as_organiser": asker.grant is None,
        "lists": lists,
        **more,
    }
