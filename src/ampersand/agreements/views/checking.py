"""Checking a copy: anyone may ask, and learns one thing."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ampersand.agreements.forms import CheckForm
from ampersand.agreements.queries import answer_about
from ampersand.agreements.views.uploads import too_large
from ampersand.people.access import limited, public


@public
@require_http_methods(["GET", "POST"])
@limited("check a copy", "30/m")
def check_copy(request: HttpRequest) -> HttpResponse:
    """Say whether a file is one of our sealed copies, and whether it is in force."""
    if request.method == "GET":
        return _page(request, CheckForm())
    if too_large(request):  # larger than any copy we seal
        return _page(request, CheckForm(), answer=answer_about(""))
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    sha256 = form.cleaned_data["sha256"]
    if not sha256:
        sha256 = hashlib.sha256(form.cleaned_data["file"].read()).hexdigest()
    return _page(request, CheckForm(), answer=answer_about(sha256))


def _page(request: HttpRequest, form: CheckForm, *, answer: str = "") -> HttpResponse:
    response = render(request, "agreements/check_copy.html", {"form": form, "answer": answer})
    response["Cache-Control"] = "no-store"
    return response
