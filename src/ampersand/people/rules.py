"""What every room's rules share: a refusal is a sentence a person can act on."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.people.models import Person, SignInCode

CODE_LIVES = timedelta(minutes=10)
TRIES = 5


class Refused(Exception):
    """Something may not be done now; the sentence says why and what can be done instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def check_is_here(person: Person) -> None:
    """Refuse for someone who has just erased their account elsewhere: nothing of theirs is kept anew."""
    if person.erased_at is not None:
        raise Refused(_("This account is closed. Write to the organisers if that surprises you."))


def check_code_is_open(asked: SignInCode | None) -> None:
    """Refuse a code that was never asked for in this browser, is used, too old, or tried too often."""
    if asked is None:
        raise Refused(_("This browser has not asked for a code yet. Send one, then type it here."))
    if asked.used_at is not None:
        raise Refused(_("That code has been used already. Send a new one to sign in again."))
    if timezone.now() - asked.asked_at > CODE_LIVES:
        raise Refused(_("That code was good for ten minutes and has run out. Send a new one."))
    if asked.tries >= TRIES:
        raise Refused(_("That code was tried five times and is closed now. Send a new one."))
