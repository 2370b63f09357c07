"""Sending one letter: never lost, and twice only when the worker dies between two lines."""

from datetime import timedelta
from smtplib import SMTP, SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.notifications.models import Letter, LetterState
from ampersand.notifications.tasks.post import hand_in, take_leave
from ampersand.running.mail import MailServer

MINUTE, HOUR = 60, 3600
# Over four days, all together: a mail server may be down from Friday evening until Tuesday morning.
DELAYS = (
    *(5, 20, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE),
    *(HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR, 24 * HOUR),
)
OUTCOME = ["state", "attempts", "next_try", "last_error", "sent_at"]
MAX_ATTEMPTS = len(DELAYS) + 1
TOO_LATE = "TooLate"


def put_in_the_post(letter: Letter) -> None:
    """Have the worker send a letter when its next try is due; part of the caller's transaction."""
    send.configure(schedule_at=letter.next_try).defer(letter=letter.pk)


@app.task(name="notifications.send", queue="letters")
def send(letter: int) -> None:
    """Send one letter, unless another worker is at it or has done it.

    The row stays locked during the conversation with the mail server: a worker that dies lets go of
    it at once, and whoever comes next finds it still waiting. Between the server's yes and the commit
    stands nothing, not even a goodbye: a worker killed just there sends the letter twice.
    """
    server = settings.MAIL_SERVER
    if not server:
        return
    with transaction.atomic():
        post = _sent(letter, server)
    if post:
        take_leave(post)


def _sent(letter: int, server: MailServer) -> SMTP | None:
    """Hand the letter in; give the conversation with the mail server, if it came to one and a yes."""
    row = (
        Letter.objects.select_for_update(skip_locked=True)
        .filter(pk=letter, state=LetterState.WAITING)
        .first()
    )
    if row is None:
        return None
    if row.too_late():
        row.state, row.last_error = LetterState.DEAD, TOO_LATE
        row.save(update_fields=OUTCOME)
        return None
    row.attempts += 1
    # Written beforehand, so that the commit alone is left to do once the server has said yes.
    row.state, row.sent_at, row.last_error = LetterState.SENT, timezone.now(), ""
    row.save(update_fields=OUTCOME)
    try:
        return hand_in(row, server)
    except (OSError, SMTPException, UnicodeError, ValueError) as error:
        row.state, row.sent_at = LetterState.WAITING, None
        _failed(row, error)
        row.save(update_fields=OUTCOME)
        return None


def _failed(row: Letter, error: Exception) -> None:
    row.last_error = f"{type(error).__name__} {_code(error) or ''}".strip()
    if for_good(error) or row.attempts >= MAX_ATTEMPTS:
        row.state = LetterState.DEAD
        return
    row.next_try = timezone.now() + timedelta(seconds=DELAYS[row.attempts - 1])
    put_in_the_post(row)


def for_good(error: Exception) -> bool:
    """Say whether trying again cannot help: the server said no to this letter, not to us."""
    if isinstance(error, SMTPRecipientsRefused | SMTPDataError):
        return _code(error) >= 500
    return isinstance(error, UnicodeError | ValueError)


def _code(error: Exception) -> int:
    if isinstance(error, SMTPRecipientsRefused):
        return max((code for code, _words in error.recipients.values()), default=0)
    return int(getattr(error, "smtp_code", 0) or 0)
