"""One thing per page: each answer waits in the login session until all are checked and sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from ampersand.people.access import kept_typing


@dataclass(frozen=True)
class Step:
    """One page of a journey: a word for its address, its heading, its form, and the row it starts from."""

    key: str
    heading: str | Promise
    form: type[ModelForm]  # type: ignore[type-arg]
    words: str | Promise = ""


class Journey:
    """What a person has answered so far on the pages of one journey."""

    def __init__(
        self, request: HttpRequest, name: str, steps: Sequence[Step], page: Callable[[str], str]
    ) -> None:
        self.request = request
        self.name = f"answers:{name}"
        self.steps = steps
        self.page = page  # gives the address of a step, or of the last page, "check"
        self.answers: dict[str, dict[str, Any]] = request.session.get(self.name, {})

    def all(self) -> dict[str, Any]:
        return {name: value for answer in self.answers.values() for name, value in answer.items()}

    def unanswered(self) -> Step | None:
        return next((step for step in self.steps if step.key not in self.answers), None)

    def keep(self, step: Step, answer: dict[str, Any]) -> None:
        self.answers[step.key] = answer
        self.request.session[self.name] = self.answers

    def forget(self) -> None:
        self.request.session.pop(self.name, None)

    def show(self, key: str, *, instance: Any, context: dict[str, Any]) -> HttpResponse:
        """Show one step, or keep what was posted and go on to the next one that is open."""
        step = next((step for step in self.steps if step.key == key), None)
        if step is None:
            raise Http404
        given = {**self.answers.get(step.key, {}), **kept_typing(self.request)}
        form = step.form(self.request.POST or None, instance=instance, initial=given)
        if self.request.method == "POST" and form.is_valid():
            self.keep(step, form.cleaned_data)
            following = self.unanswered()
            return redirect(self.page(following.key if following else "check"))
        place = self.steps.index(step)
        everything = {
            "form": form,
            "step": step,
            "now": place + 1,
            "of": len(self.steps) + 1,
            "keep": f"{self.name}:{step.key}",
            "back": self.page(self.steps[place - 1].key) if place else "",
            **context,
        }
        status = 422 if form.errors else 200
        return render(self.request, "schemes/step.html", everything, status=status)

    def rows(self) -> list[dict[str, Any]]:
        """Give the answers as rows to check, each with the page on which to change it."""
        return [
            {"label": field.label, "value": _shown(field, answer.get(name)), "url": self.page(step.key)}
            for step in self.steps
            if (answer := self.answers.get(step.key)) is not None
            for name, field in _fields(step.form).items()
        ]


def _fields(form: type[BaseForm]) -> dict[str, Any]:
    return dict(form.base_fields)  # type: ignore[attr-defined]


def _shown(field: Any, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get("" if value is None else str(value), "" if value is None else value))
