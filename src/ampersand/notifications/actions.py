"""Writing letters, and sending again what could not be delivered."""

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template import Context, TemplateDoesNotExist, engines
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from ampersand.calendars import next_morning
from ampersand.notifications.models import INVITATION, Enclosure, Letter, LetterState
from ampersand.notifications.tasks import new_message_id, put_in_the_post, release

TEXTS = ["subject", "body_text", "body_html"]


@dataclass(frozen=True)
class Enclosed:
    """A file to go with a letter."""

    name: str
    content_type: str
    content: bytes


def enclosed_invitation(content: bytes, method: str) -> Enclosed:
    """Give what has calendars act upon a letter; `method` is the one that stands in it, such as REQUEST."""
    return Enclosed("invite.ics", f"{INVITATION}{method}", content)


@dataclass(frozen=True)
class Words:
    """The words of a letter in one language."""

    subject: str
    text: str
    html: str


def write_letter(
    *,
    event: str,
    to: str,
    context: Mapping[str, object],
    person: int | None = None,
    language: str = "en",
    time_zone: str = "",
    thread: str = "",
    urgent: bool = True,
    optional: bool = False,
    daily: bool = False,
    discreet: bool = False,
    enclosures: Sequence[Enclosed] = (),
    good_until: datetime | None = None,
) -> Letter:
    """Write a letter now and have it sent once the transaction it is written in has succeeded.

    `event` is "room/event"; its words are `letters/event/{subject.txt,body.txt,body.html}` among the
    room's templates, where `body.html` is a fragment and `{{ address }}` is that of this site. With
    `discreet` the subject is `subject-discreet.txt`, and never one with the name of `scheme` in it.
    `daily` keeps what is not urgent for one letter each morning of the reader's, but no invitation: a
    calendar is told at once.
    What could not be sent by `good_until` never is.
    """
    invites = any(each.content_type.startswith(INVITATION) for each in enclosures)
    daily = daily and not urgent and not invites
    now = timezone.now()
    words = words_of(event, context, language=language, time_zone=time_zone, discreet=discreet)
    with transaction.atomic():
        letter = Letter.objects.create(
            event=event,
            to=to,
            person=person,
            subject=words.subject[:250],
            body_text=words.text,
            body_html=words.html,
            language=language,
            message_id=new_message_id(),
            thread=thread,
            urgent=urgent,
            optional=optional,
            daily=daily,
            next_try=next_morning(now, time_zone or settings.TIME_ZONE) if daily else now,
            good_until=good_until,
            state=LetterState.WAITING if settings.MAIL_SERVER else LetterState.HELD,
        )
        Enclosure.objects.bulk_create(
            Enclosure(letter=letter, name=e.name, content_type=e.content_type, content=e.content)
            for e in enclosures
        )
        if letter.state == LetterState.WAITING and not letter.daily:
            put_in_the_post(letter)
    return letter


def words_of(
    event: str, context: Mapping[str, object], *, language: str, time_zone: str = "", discreet: bool = False
) -> Words:
    """Give the words that a letter would have, without writing it."""
    room, _slash, name = event.partition("/")
    folder = f"{room}/letters/{name}"
    everything = {"address": settings.ADDRESS, **context}
    zone: AbstractContextManager[object] = (
        timezone.override(ZoneInfo(time_zone)) if time_zone else nullcontext()
    )
    with translation.override(language), zone:
        return Words(
            subject=_subject(folder, everything, discreet=discreet),
            text=_render(f"{folder}/body.txt", everything, escape=False).strip() + "\n",
            html=_render(f"{folder}/body.html", everything, escape=True).strip() + "\n",
        )


def _subject(folder: str, context: Mapping[str, object], *, discreet: bool) -> str:
    if not discreet:
        return _one_line(_render(f"{folder}/subject.txt", context, escape=False))
    try:
        subject = _one_line(_render(f"{folder}/subject-discreet.txt", context, escape=False))
    except TemplateDoesNotExist:
        subject = _one_line(_render(f"{folder}/subject.txt", context, escape=False))
    scheme = str(context.get("scheme") or "")
    return _("A letter for you") if scheme and scheme.casefold() in subject.casefold() else subject


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _render(name: str, context: Mapping[str, object], *, escape: bool) -> str:
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined]
    return str(template.render(Context(dict(context), autoescape=escape)))


def send_again(*, letter: Letter) -> None:
    """Give a letter that could not be delivered, or was held, a fresh start."""
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter.pk)
        if letter.state not in {LetterState.DEAD, LetterState.HELD} or not settings.MAIL_SERVER:
            return
        if letter.too_late():
            return
        letter.state, letter.attempts, letter.next_try = LetterState.WAITING, 0, timezone.now()
        letter.save(update_fields=["state", "attempts", "next_try"])
        put_in_the_post(letter)


def send_all_again(*, state: LetterState) -> None:
    """Have the worker give every letter that was held, or could not be delivered, a fresh start."""
    if state in {LetterState.DEAD, LetterState.HELD} and settings.MAIL_SERVER:
        with suppress(AlreadyEnqueued), transaction.atomic():
            release.configure(queueing_lock=f"release {state}").defer(state=str(state))


def unname(*, words: Sequence[str]) -> int:
    """Take someone's name and address out of letters to others that are still here; give how many changed."""
    said = [word.strip() for word in words if len(word.strip()) > 1]
    if not said:
        return 0
    mentions = Q()
    for word in said:
        for field in TEXTS:
            mentions |= Q(**{f"{field}__icontains": word}) | Q(**{f"{field}__icontains": escape(word)})
    found = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in _forms(said)))
    changed = 0
    for letter in Letter.objects.filter(mentions).iterator(chunk_size=100):
        for field in TEXTS:
            setattr(letter, field, found.sub("…", getattr(letter, field)))
        letter.save(update_fields=TEXTS)
        changed += 1
    return changed


def _forms(words: Sequence[str]) -> list[str]:
    """Give each word as it stands in plain text and in HTML, longest first."""
    return sorted({form for word in words for form in (word, escape(word))}, key=len, reverse=True)
