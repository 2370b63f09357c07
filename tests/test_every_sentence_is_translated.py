"""Every page under a made-up language: what is still plain English was never marked for translation."""

from zoneinfo import available_timezones

import pytest
from django.template import Context, Template
from django.utils.translation import gettext_lazy as _

from tests.pages import PAGES
from tests.pseudo import pseudo_language, untranslated, what_people_wrote
from tests.test_pages_in_six_modes import ask_for

# The name of the product, and places on a clock, which are called alike everywhere.
NAMES = ("Ampersand", *(name.replace("_", " ").replace("/", " ") for name in available_timezones()))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_sentence_of_a_page_is_translated(name: str, request: pytest.FixtureRequest) -> None:
    shown = ask_for(PAGES[name], request)
    client = shown.opened()
    with pseudo_language():
        answer = client.get(shown.url)
    assert answer.status_code == shown.status
    assert (
        untranslated(answer.content.decode(), [*NAMES, *what_people_wrote(), str(dict(client.session))]) == []
    )


@pytest.mark.parametrize(
    ("page", "missed"),
    [
        ("<p>Forgotten</p>", ["Forgotten"]),
        ("<button aria-label='Close'>⟦Clóse⟧</button>", ["Close"]),
        ("<p>⟦Hélló⟧, Hannah</p>", []),
        ("<p>⟦Hélló ⟦ínnér⟧⟧ and more</p>", ["and more"]),
        ("<article lang='en-gb'><p>The agreement</p></article><p>12 · 16:32</p>", []),
        ("<article lang='en'>Theirs <div class='clause-talk'>Agree</div> theirs</article>", ["Agree"]),
        ("<input type='submit' value='Send'><input value='typed'>", ["Send"]),
    ],
)
def test_a_forgotten_sentence_is_found(page: str, missed: list[str]) -> None:
    assert untranslated(page, ["Hannah Ito"]) == missed


def test_sentences_in_python_and_in_templates_come_out_marked() -> None:
    page = Template(
        "{% load i18n %}{% translate 'Sign out' %}"
        "{% blocktranslate trimmed with name='Hannah' %}Dear {{ name }}, hello{% endblocktranslate %}"
        "{{ lazy }}"
    )
    with pseudo_language():
        read = page.render(Context({"lazy": _("A day")}))
    assert read == "⟦Sígn óút⟧⟦Déár Hannah, hélló⟧⟦Á dáý⟧"
    assert str(_("A day")) == "A day"
