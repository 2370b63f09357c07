"""Every form ties labels, hints and errors together, without its author doing anything."""

from html.parser import HTMLParser

import pytest
from django import forms


class Asking(forms.Form):
    called = forms.CharField(label="What to call you", help_text="Any name you like.")
    safe = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect)
    adult = forms.BooleanField(label="I am 18 or over")
    words = forms.CharField(required=False)


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def one(self, **wanted: str) -> dict[str, str | None]:
        (found,) = (attrs for _, attrs in self.tags if wanted.items() <= attrs.items())
        return found


@pytest.fixture
def refused() -> Tags:
    return Tags(str(Asking({})))


def test_the_summary_takes_the_focus_and_leads_to_each_field(refused: Tags) -> None:
    assert "autofocus" in refused.one(**{"class": "error-summary"})
    ids = {attrs.get("id") for _, attrs in refused.tags}
    links = [attrs["href"] for tag, attrs in refused.tags if tag == "a"]
    assert links == ["#id_called", "#id_safe_0", "#id_adult"]
    assert {str(link)[1:] for link in links} <= ids


def test_a_field_is_described_by_its_hint_and_its_error(refused: Tags) -> None:
    field = refused.one(name="called")
    assert field["aria-describedby"] == "id_called_helptext id_called_error"
    assert field["aria-invalid"] == "true"
    assert refused.one(id="id_called_helptext")
    assert refused.one(id="id_called_error")


def test_a_question_with_several_answers_is_one_group(refused: Tags) -> None:
    (group,) = (attrs for tag, attrs in refused.tags if tag == "fieldset")
    assert group["aria-describedby"] == "id_safe_error"


def test_every_control_has_a_label(refused: Tags) -> None:
    labelled = {attrs.get("for") for tag, attrs in refused.tags if tag == "label"}
    controls = {attrs["id"] for tag, attrs in refused.tags if tag == "input"}
    assert controls == labelled


def test_errors_say_what_to_do() -> None:
    errors = Asking({}).errors
    assert [errors[name][0] for name in ("called", "safe", "adult")] == [
        "Fill this in.",
        "Choose one.",
        "Tick this to go on.",
    ]


def test_only_what_may_be_left_out_says_so() -> None:
    assert str(Asking()).count("(optional)") == 1
    assert "error-summary" not in str(Asking())
