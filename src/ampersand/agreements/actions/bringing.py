"""A scheme brings its own agreement: what was read becomes a draft, and each correction is kept at once."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from ampersand.agreements.actions.publishing import draft_from_text
from ampersand.agreements.models import Brought, Correction, Template
from ampersand.agreements.rules.bringing import check_stands_as_seen, check_thing_stands_as_seen
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Scheme
from ampersand.wording import WordingErrors, write
from ampersand.wording.reading import Reading
from ampersand.wording.reading.correcting import CannotCorrect, Change, corrected
from ampersand.wording.reading.correcting.taking_over import taken_over

MOST = 2000  # corrections of one agreement


@transaction.atomic
def bring(*, scheme: Scheme, reading: Reading, name: str = "", by: Person) -> Template:
    """Begin the next version with an agreement of the scheme's own; a draft that is there is set aside."""
    try:
        wording = corrected(reading, [])
        text = write(wording)
    except (CannotCorrect, WordingErrors) as wrong:
        raise Refused(_("This agreement was read, but could not be laid out. Paste its text.")) from wrong
    if not any(clause.binds for clause in wording.clauses()) and not wording.blanks:
        raise Refused(
            _(
                "We found nothing in it that two people could agree on. Is it the right one? Otherwise paste "
                "its text."
            )
        )
    template = draft_from_text(scheme=scheme, text=text)
    brought = Brought.objects.create(template=template, name=name[-200:], read=reading.as_dict())
    _take_over(brought, scheme)
    note_down(verb=Verb.AGREEMENT_BROUGHT, by=by.pk, about=f"template:{template.pk}", scheme=scheme.pk)
    return template


def _take_over(brought: Brought, scheme: Scheme) -> None:
    """Say again, as the first correction, what the published version says of clauses with the same words."""
    newest = scheme.templates.published().order_by("-number").first()
    changes = taken_over(newest.wording(), brought.reading) if newest else []
    if changes:
        brought.standing = 1
        brought.save(update_fields=["standing"])
        Correction.objects.create(brought=brought, number=1, changes=[dict(change) for change in changes])
        brought.template.text = write(corrected(brought.reading, [changes]))
        brought.template.save(update_fields=["text"])


@transaction.atomic
def correct(
    *,
    template: Template,
    changes: Sequence[Change],
    by: Person | None = None,
    about: tuple[str, str] = ("", ""),
    seen: str = "",
) -> Template:
    """Correct what was read. What had been undone before is forgotten.

    `about` names the clause, blank, heading or signatures; `seen` is how it stood when its form was shown.
    """
    brought = _being_corrected(template)
    check_thing_stands_as_seen(brought.template.wording(), *about, seen=seen)
    if brought.standing >= MOST:
        raise Refused(_("This agreement has been corrected very often. Publish it, or bring it once more."))
    brought.corrections.filter(number__gt=brought.standing).delete()
    brought.standing += 1
    Correction.objects.create(brought=brought, number=brought.standing, changes=[dict(c) for c in changes])
    return _settle(brought, by)


@transaction.atomic
def undo(*, template: Template, by: Person | None = None, seen: str = "") -> Template:
    """Take the last correction back; with nothing to take back, do nothing.

    `seen` is how the corrections stood when the button was shown: nobody takes back what they did not see.
    """
    brought = _being_corrected(template)
    check_stands_as_seen(brought, seen=seen)
    if not brought.standing:
        return brought.template
    brought.standing -= 1
    return _settle(brought, by)


@transaction.atomic
def redo(*, template: Template, by: Person | None = None, seen: str = "") -> Template:
    """Make the correction once more that was taken back last; without one, do nothing."""
    brought = _being_corrected(template)
    check_stands_as_seen(brought, seen=seen)
    if brought.standing == brought.corrections.count():
        return brought.template
    brought.standing += 1
    return _settle(brought, by)


def _being_corrected(template: Template) -> Brought:
    """Take the lock on a draft, and find what was read for it; refuse once it is published."""
    template = Template.objects.select_for_update(no_key=True).get(pk=template.pk)
    brought = Brought.objects.filter(template=template).first()
    if template.published_at or brought is None:
        raise Refused(_("This version is no longer being corrected here."))
    brought.template = template
    return brought


def _settle(brought: Brought, by: Person | None) -> Template:
    """Let the draft say what the corrections that count make of the reading."""
    counting = brought.corrections.filter(number__lte=brought.standing)
    try:
        wording = corrected(brought.reading, [correction.changes for correction in counting])
    except CannotCorrect as cannot:
        raise Refused(_(str(cannot))) from cannot
    brought.save(update_fields=["standing"])
    brought.template.text = write(wording)
    brought.template.save(update_fields=["text"])
    note_down(
        verb=Verb.DRAFT_CORRECTED,
        by=by.pk if by else None,
        about=f"template:{brought.template_id}",
        scheme=brought.template.scheme_id,
    )
    return brought.template
