"""Throwing a draft away, and taking it up again: nothing written is lost at one press."""

from django.db import transaction
from django.utils.translation import gettext as _

from ampersand.agreements.models import Brought, Correction, SetAside, Template
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Scheme


def keep_aside(draft: Template) -> None:
    """Keep a draft as it is, before another takes its place or it goes. Part of another action."""
    brought = Brought.objects.filter(template=draft).first()
    kept = SetAside(scheme_id=draft.scheme_id, text=draft.text)
    if brought:
        kept.name, kept.read, kept.standing = brought.name, brought.read, brought.standing
        kept.corrections = [correction.changes for correction in brought.corrections.all()]
    kept.save()


@transaction.atomic
def throw_away(*, template: Template, by: Person, seen: str = "") -> None:
    """Take a draft away; it is kept aside for 30 days. `seen` stands for the text beside the button."""
    scheme = Scheme.objects.select_for_update(no_key=True).get(pk=template.scheme_id)
    draft = scheme.templates.drafts().select_for_update(no_key=True).filter(pk=template.pk).first()
    if draft is None:
        raise Refused(_("This draft is no longer there."))
    if seen and draft.stands != seen:
        raise Refused(
            _("The draft was changed in the meantime, perhaps by another organiser, so it was left as it is.")
        )
    keep_aside(draft)
    note_down(verb=Verb.DRAFT_SET_ASIDE, by=by.pk, about=f"template:{draft.pk}", scheme=scheme.pk)
    draft.delete()


@transaction.atomic
def take_up(*, aside: SetAside, by: Person) -> Template:
    """Make a draft of what was set aside; a draft that is there now is set aside in its turn."""
    scheme = Scheme.objects.select_for_update(no_key=True).get(pk=aside.scheme_id)
    kept = scheme.set_aside.select_for_update(no_key=True).filter(pk=aside.pk).first()
    if kept is None:
        raise Refused(_("This draft has been taken up already."))
    newest = scheme.templates.order_by("-number").first()
    if newest and not newest.published_at:
        keep_aside(newest)
        Brought.objects.filter(template=newest).delete()
        draft = newest
        draft.text = kept.text
        draft.save(update_fields=["text"])
    else:
        number = newest.number + 1 if newest else 1
        draft = Template.objects.create(scheme=scheme, number=number, text=kept.text)
    if kept.read is not None:
        brought = Brought.objects.create(
            template=draft, name=kept.name, read=kept.read, standing=kept.standing
        )
        Correction.objects.bulk_create(
            Correction(brought=brought, number=number, changes=changes)
            for number, changes in enumerate(kept.corrections, 1)
        )
    kept.delete()
    note_down(verb=Verb.DRAFT_TAKEN_UP, by=by.pk, about=f"template:{draft.pk}", scheme=scheme.pk)
    return draft
