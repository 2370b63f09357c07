"""What people do with their accounts."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ampersand.people.models import Person, SignInCode
from ampersand.people.notices import account_changed, code_letter
from ampersand.people.queries import archive_of
from ampersand.people.rules import CODE_LIVES, Refused, check_code_is_open
from ampersand.record.actions import note_down
from ampersand.record.models import Verb

DIGITS = 6


@transaction.atomic
def ask_for_code(*, email: str) -> SignInCode:
    """Send a code to an address. Nothing here depends on whether anyone has an account there."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    asked = SignInCode.objects.create(email=email.strip().lower(), code_hash="")
    asked.code_hash = _sealed(asked, code)
    asked.save(update_fields=["code_hash"])
    code_letter(
        email=asked.email,
        code=code,
        language=translation.get_language() or "en-gb",
        good_until=asked.asked_at + CODE_LIVES,
    )
    return asked


def confirm_code(*, asked: int | None, typed: str) -> Person:
    """Take a code for proof that someone reads an address; whoever is new there gets an account.

    A wrong try is counted before anything is answered, so that many at once count as many.
    """
    row = _count_try(asked)
    if not hmac.compare_digest(row.code_hash, _sealed(row, _digits(typed))):
        raise Refused(_wrong(row))
    with transaction.atomic():
        taken = SignInCode.objects.filter(pk=row.pk, used_at=None).update(used_at=timezone.now())
        if not taken:
            raise Refused(_("That code has been used already. Send a new one to sign in again."))
        Person.objects.bulk_create([Person(email=row.email)], ignore_conflicts=True)
        person = Person.objects.get(email=row.email)
        if not person.is_active:
            raise Refused(_("This account is closed. Write to the organisers if that surprises you."))
    return person


@transaction.atomic
def change_account(*, person: Person) -> None:
    """Keep what a person has changed about themselves; rooms above follow them to another time zone."""
    before = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.save()
    if person.time_zone != before.time_zone:
        for name in settings.WHEN_ZONE_CHANGED:
            import_string(name)(person=person)
    note_down(verb=Verb.ACCOUNT_CHANGED, by=person.pk, about=f"person:{person.pk}")


@transaction.atomic
def end_sessions(*, person: Person, by: Person | None, which: Collection[UserSession]) -> None:
    """Sign a person out where they said, or everywhere if an operator does it."""
    for session in which:
        session.end()
    if which:
        note_down(verb=Verb.SESSIONS_ENDED, by=by.pk if by else None, about=f"person:{person.pk}")


@transaction.atomic
def take_data(*, person: Person, by: Person | None) -> bytes:
    """Pack everything kept about a person, and note down that it was taken."""
    packed = archive_of(person)
    note_down(verb=Verb.DATA_EXPORTED, by=by.pk if by else None, about=f"person:{person.pk}")
    return packed


@contextmanager
def changing_second_step(*, person: Person) -> Iterator[None]:
    """Tell a person, and note down, whatever becomes of their second step in here: all of it, or nothing."""
    with transaction.atomic():
        before = _second_steps(person)
        yield
        changed = before ^ _second_steps(person)
        for kind, (added, removed) in _said_of_second_steps().items():
            these = {step for step in changed if step[0] == kind}
            if these:
                new = not these <= before
                account_changed(person=person, what=added if new else removed)
                verb = Verb.SECOND_FACTOR_ADDED if new else Verb.SECOND_FACTOR_REMOVED
                note_down(verb=verb, by=person.pk, about=f"person:{person.pk}")
                break  # recovery codes come with the first of the others, and go with the last


def _said_of_second_steps() -> dict[str, tuple[str, str]]:
    """Give what a letter says when a second step of some kind is added, and when it is taken away."""
    return {
        Authenticator.Type.TOTP: (
            _("an authenticator app was added to your account"),
            _("the authenticator app was taken away from your account"),
        ),
        Authenticator.Type.WEBAUTHN: (
            _("a passkey was added to your account"),
            _("a passkey was taken away from your account"),
        ),
        Authenticator.Type.RECOVERY_CODES: (
            _("new recovery codes were made for your account"),
            _("the recovery codes were taken away from your account"),
        ),
    }


def _second_steps(person: Person) -> set[tuple[str, int]]:
    return set(Authenticator.objects.filter(user=person).values_list("type", "pk"))


@transaction.atomic
def take_second_step_away(*, person: Person) -> bool:
    """Let someone who lost telephone and codes sign in by a code alone, until they set up anew.

    Whoever found the telephone is signed out. Says whether there was anything to take away.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    found, _kinds = Authenticator.objects.filter(user=person).delete()
    if not found:
        return False
    for session in UserSession.objects.filter(user=person):
        session.end()
    account_changed(person=person, what=_("an operator took away the second step of your account"))
    note_down(verb=Verb.SECOND_FACTOR_LIFTED, by=None, about=f"person:{person.pk}")
    return True


@transaction.atomic
def _count_try(asked: int | None) -> SignInCode:
    row = SignInCode.objects.select_for_update().filter(pk=asked or 0).first()
    check_code_is_open(row)
    assert row is not None
    SignInCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    row.tries += 1
    return row


def _wrong(row: SignInCode) -> str:
    newer = SignInCode.objects.filter(email=row.email, pk__gt=row.pk).exists()
    if newer:
        return _("A newer code is on its way to you: use the one from the latest letter.")
    return _("That is not the code in the letter. Look at it again, or send a new one.")


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isdigit())


def _sealed(row: SignInCode, code: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{row.pk}|{code}".encode(), hashlib.sha256).hexdigest()
