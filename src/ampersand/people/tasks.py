"""What the worker does for accounts each night."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.record.actions import note_down
from ampersand.record.models import Verb


@app.periodic(cron="10 3 * * *")
@app.task(name="people.forget_sessions", queueing_lock="people.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Remove sessions that have ended: their tables are not ours to declare. Note down that it was done."""
    with transaction.atomic():
        Session.objects.filter(expire_date__lt=timezone.now()).delete()
        UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
        note_down(verb=Verb.KEEPING_APPLIED, by=None, about="sessions")
