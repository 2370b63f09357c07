"""What the worker does for accounts each night."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.people.models import Knock, SignInCode
from ampersand.record.actions import note_down
from ampersand.record.models import Verb


@app.periodic(cron="10 3 * * *")
@app.task(name="people.forget", queueing_lock="people.forget")
def forget(timestamp: int) -> None:
    """Remove codes and counts older than a day, and sessions that have ended; note down that it was done."""
    now = timezone.now()
    with transaction.atomic():
        SignInCode.objects.filter(asked_at__lt=now - timedelta(days=1)).delete()
        Knock.objects.filter(until__lt=now - timedelta(days=1)).delete()
        Session.objects.filter(expire_date__lt=now).delete()
        UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
        note_down(verb=Verb.KEEPING_APPLIED, by=None, about="people")
