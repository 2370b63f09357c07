"""What people's calendars answer to invitations: shown to the other, and decides nothing."""

import email.policy
import imaplib
import logging
from contextlib import suppress
from email import message_from_bytes
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.db import DataError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.calendars import Answer, Reply, Unreadable, reply
from ampersand.meetings.models import Meeting, MeetingAnswer, MeetingState, Seat
from ampersand.meetings.notices.inviting import tell_declined
from ampersand.meetings.queries.meetings import WITH_EVERYONE
from ampersand.meetings.tasks.mailbox import unread
from ampersand.pairs.models import Reached
from ampersand.record.actions import note_down
from ampersand.record.models import Verb

MOST_PARTS = 20
MEANS = {
    Answer.YES: MeetingAnswer.ACCEPTED,
    Answer.NO: MeetingAnswer.DECLINED,
    Answer.PERHAPS: MeetingAnswer.TENTATIVE,
}

log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *", periodic_id="answers")
@app.task(name="meetings.read_answers", queueing_lock="read answers")
def read_answers(timestamp: int) -> None:
    """Read what calendars have answered, if there is a mailbox for it."""
    box = settings.MEETINGS_MAILBOX
    if box is None:
        return
    try:
        for letter in unread(box):
            with suppress(ValueError, DataError):  # what no column takes is no answer
                take_in(letter)
    except (OSError, imaplib.IMAP4.error) as wrong:
        log.warning("The mailbox of answers could not be read: %s", type(wrong).__name__)


def take_in(letter: bytes) -> bool:
    """Take an answer out of a letter and keep it; say whether it was one that counts."""
    found = answer_in(letter)
    return found is not None and keep_answer(found)


def answer_in(letter: bytes) -> Reply | None:
    """Find a calendar's answer in a letter, if it comes from the very guest who answers."""
    try:
        mail = message_from_bytes(letter, policy=email.policy.default)
        sender = parseaddr(str(mail["From"] or ""))[1]
        parts = [part for part, _n in zip(mail.walk(), range(MOST_PARTS), strict=False)]
        files = [
            part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/calendar"
        ]
    except Exception:  # whatever a foreign letter provokes in the library that reads it
        return None
    for file in files:
        try:
            found = reply(file if isinstance(file, bytes) else b"")
        except Unreadable:
            continue
        if found.address.casefold() == sender.casefold():
            return found
    return None


@transaction.atomic
def keep_answer(answer: Reply) -> bool:
    """Keep what a calendar answered to the invitation as it stands now; say whether that was new.

    The other is told once if somebody declines, however often their calendar says so.
    """
    meeting = _meeting(answer.uid)
    if meeting is None or answer.sequence < meeting.sequence:
        return False
    rows = Seat.objects.select_for_update(of=("self",)).select_related("person")
    seat = rows.filter(meeting=meeting, person__email=answer.address.lower()).first()
    if seat is None or (seat.answer, seat.answer_sequence) == (MEANS[answer.answer], answer.sequence):
        return False
    seat.answer, seat.answer_sequence = MEANS[answer.answer], answer.sequence
    seat.save(update_fields=["answer", "answer_sequence"])
    party = meeting.pair.party_of(seat.person)
    about = f"meeting:{meeting.pk}:{meeting.sequence}"
    if seat.answer == MeetingAnswer.DECLINED:
        _row, first = Reached.objects.get_or_create(
            pair=meeting.pair, what="declined", about=about, whom=party
        )
        if first:
            tell_declined(meeting, party)
    note_down(
        verb=Verb.INVITATION_ANSWERED,
        by=seat.person_id,
        about=f"meeting:{meeting.pk}",
        scheme=meeting.pair.scheme_id,
    )
    return True


def _meeting(uid: str) -> Meeting | None:
    """Find the meeting that is booked, ahead, and called this in calendars."""
    try:
        known = UUID(uid)
    except ValueError:
        return None
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related(*WITH_EVERYONE)
    return rows.filter(uid=known, state=MeetingState.BOOKED, ends__gt=timezone.now()).first()
