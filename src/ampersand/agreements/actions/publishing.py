"""A scheme's wording: drafted, then published as a numbered version that never changes again."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.agreements.actions.setting_aside import keep_aside
from ampersand.agreements.models import Brought, Template
from ampersand.agreements.tasks import tell_of_newer_version
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Scheme, SchemeState
from ampersand.wording import Part, SchemeValue, builtin, parse, write
from ampersand.wording import Template as Wording


@transaction.atomic
def draft_from_builtin(*, scheme: Scheme, key: str, by: Person | None = None) -> Template:
    """Begin the next version with the words of a built-in agreement; a draft that is there is set aside.

    Without `by` it is part of another action, which notes itself down.
    """
    return _draft(scheme, builtin()[key].text, by)


@transaction.atomic
def draft_from_text(*, scheme: Scheme, text: str, by: Person | None = None, seen: str = "") -> Template:
    """Begin the next version with a text in our language; a draft that is there is set aside.

    WordingErrors if it is none. Clauses without an id are given one, so that versions can be compared. `seen`
    stands for the text that was edited: a draft that has changed since is not written over.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    wording = parse(text)
    return _draft(scheme, text if _has_ids(text, wording) else write(wording), by, seen)


def _has_ids(text: str, wording: Wording) -> bool:
    ids = [clause.id for clause in wording.clauses()]
    ids += [section.id for section in wording.sections if section.heading]
    return all(re.search(rf"\{{#{id}(?![a-z0-9-])", text) for id in ids)


def _draft(scheme: Scheme, text: str, by: Person | None, seen: str = "") -> Template:
    scheme = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
    newest = scheme.templates.order_by("-number").first()
    if seen and newest and newest.stands != seen:
        raise Refused(
            _(
                "The draft was changed while you were writing, perhaps by another organiser. Your text "
                "stands below; nothing has been saved. Save it once more to put it in place of theirs."
            )
        )
    if newest is None or newest.published_at:
        draft = Template.objects.create(scheme=scheme, number=newest.number + 1 if newest else 1, text=text)
    else:
        draft = newest
        if not seen:  # it is not this draft that was edited
            keep_aside(draft)
        Brought.objects.filter(template=draft).delete()
        draft.text = text
        draft.save(update_fields=["text"])
    if by:
        note_down(verb=Verb.DRAFT_WRITTEN, by=by.pk, about=f"template:{draft.pk}", scheme=scheme.pk)
    return draft


@transaction.atomic
def publish(*, template: Template, by: Person, seen: str = "") -> Template:
    """Freeze a draft as its version; the first one opens the scheme.

    `seen` stands for the text that was on the page with the button: nothing else is published.
    """
    scheme = Scheme.objects.select_for_update(no_key=True).get(pk=template.scheme_id)
    template = Template.objects.select_for_update(no_key=True).get(pk=template.pk)
    check_may_publish(template, scheme, seen)
    template.published_at = timezone.now()
    template.save(update_fields=["published_at"])
    if scheme.state != SchemeState.DRAFT:
        tell_of_newer_version.defer(template=template.pk)
    note_down(verb=Verb.SCHEME_PUBLISHED, by=by.pk, about=f"template:{template.pk}", scheme=scheme.pk)
    if scheme.state == SchemeState.DRAFT:
        scheme.state = SchemeState.OPEN
        scheme.save(update_fields=["state"])
        note_down(verb=Verb.SCHEME_OPENED, by=by.pk, about=f"scheme:{scheme.pk}", scheme=scheme.pk)
    return template


def check_may_publish(template: Template, scheme: Scheme, seen: str = "") -> None:
    """Refuse what is published already, and what lacks a value of the scheme or someone to fill it in."""
    if template.published_at:
        raise Refused(
            _("Version %(number)s is published already, and a published version never changes.")
            % {"number": template.number}
        )
    if seen and template.stands != seen:
        raise Refused(
            _(
                "The draft was changed in the meantime, perhaps by another organiser, so it was not "
                "published. Look at it again, then publish it."
            )
        )
    before = scheme.templates.published().order_by("-number").first()
    if before and before.text == template.text:
        raise Refused(
            _("Nothing differs from version %(number)s. Change the text first.") % {"number": before.number}
        )
    if "website" in scheme_keys(template.text) and not scheme.website:
        raise Refused(_("This agreement names the scheme's website: add it to the scheme's details first."))
    if template.by_asking() and any(field.needed for field in template.wording().blanks):
        raise Refused(
            _(
                "Nobody signs this agreement, so nobody would fill in its blanks. Say who signs it, or let "
                "words stand in their place."
            )
        )


def scheme_keys(text: str) -> set[str]:
    """Give the values of the scheme that a wording needs: name, contact, website."""
    parts: list[Part] = [part for clause in parse(text).clauses() for part in clause.parts]
    return {part.key for part in parts if isinstance(part, SchemeValue)}
