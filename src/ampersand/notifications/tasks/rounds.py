"""What the worker does on its rounds: take up what others dropped, gather daily letters, clear up."""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.notifications.models import Enclosure, Letter, LetterState
from ampersand.notifications.tasks.post import new_message_id
from ampersand.notifications.tasks.sending import TOO_LATE, put_in_the_post, send

OVERDUE = timedelta(minutes=2)
JOBS_KEPT_HOURS = 24 * 7
AT_ONCE = 500


@app.periodic(cron="* * * * *", periodic_id="stalled")
@app.task(name="notifications.take_up_stalled", queueing_lock="take up stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Take up every job, of any room, whose worker has died."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)


@app.periodic(cron="* * * * *", periodic_id="overdue")
@app.task(name="notifications.take_up_overdue", queueing_lock="take up overdue")
def take_up_overdue(timestamp: int) -> None:
    """Give letters a new job that should have been tried by now and have none: the letter counts."""
    if not settings.MAIL_SERVER:
        return
    late = timezone.now() - OVERDUE
    overdue = Letter.objects.filter(state=LetterState.WAITING, daily=False, next_try__lt=late)
    with transaction.atomic():
        letters = {each.pk: each for each in overdue.select_for_update(skip_locked=True)[:AT_ONCE]}
        todo = ProcrastinateJob.objects.filter(
            task_name=send.name, status="todo", args__letter__in=list(letters)
        )
        for pk in letters.keys() - set(todo.values_list("args__letter", flat=True)):
            put_in_the_post(letters[pk])


@app.periodic(cron="*/15 * * * *", periodic_id="daily")
@app.task(name="notifications.gather_daily", queueing_lock="gather daily")
def gather_daily(timestamp: int) -> None:
    """Write one letter to each person whose morning has come and whose letters of the last day can be one.

    Every quarter of an hour, for there are places whose clocks differ from others by that much.
    """
    kept = Letter.objects.filter(state=LetterState.WAITING, daily=True)
    due = kept.filter(next_try__lte=timezone.now()).values("to")
    with transaction.atomic():
        waiting = kept.select_for_update(skip_locked=True).filter(to__in=due)
        late = [letter.pk for letter in waiting if letter.too_late()]
        Letter.objects.filter(pk__in=late).update(state=LetterState.DEAD, last_error=TOO_LATE)
        by_reader: dict[tuple[str, str], list[Letter]] = defaultdict(list)
        for letter in waiting.order_by("queued_at"):
            by_reader[letter.to, letter.language].append(letter)
        for letters in by_reader.values():
            _gather(letters)


def _gather(letters: list[Letter]) -> None:
    if len(letters) == 1:
        letters[0].daily, letters[0].next_try = False, timezone.now()
        letters[0].save(update_fields=["daily", "next_try"])
        put_in_the_post(letters[0])
        return
    first = letters[0]
    with translation.override(first.language):
        gathered = Letter.objects.create(
            event="notifications/daily",
            to=first.to,
            person=first.person,
            subject=_("Your letters of the day"),
            body_text=render_to_string("notifications/daily.txt", {"letters": letters}),
            body_html=render_to_string("notifications/daily.html", {"letters": letters}),
            language=first.language,
            message_id=new_message_id(),
            urgent=False,
            optional=all(letter.optional for letter in letters),
        )
    pks = [letter.pk for letter in letters]
    Enclosure.objects.filter(letter__in=pks).update(letter=gathered)
    Letter.objects.filter(pk__in=pks).update(state=LetterState.GATHERED, sent_at=timezone.now())
    put_in_the_post(gathered)


@app.task(name="notifications.release")
def release(state: str) -> None:
    """Send what was held, or could not be delivered, and still has something to say: some at a time."""
    while settings.MAIL_SERVER and _release_some(state):
        pass


def _release_some(state: str) -> bool:
    now = timezone.now()
    with transaction.atomic():
        waiting = Letter.objects.select_for_update(skip_locked=True).filter(state=state)
        letters = list(waiting.still_worth_sending(now).order_by("pk")[:AT_ONCE])
        for letter in letters:
            letter.state, letter.attempts, letter.next_try = LetterState.WAITING, 0, now
            if not letter.daily:
                put_in_the_post(letter)
        Letter.objects.bulk_update(letters, ["state", "attempts", "next_try"])
    return bool(letters)


@app.periodic(cron="40 3 * * *", periodic_id="jobs")
@app.task(name="notifications.clear_jobs", queueing_lock="clear jobs", pass_context=True)
async def clear_jobs(context: JobContext, timestamp: int) -> None:
    """Remove jobs that were done a week ago: the queue is not a record."""
    await context.app.job_manager.delete_old_jobs(nb_hours=JOBS_KEPT_HOURS)
