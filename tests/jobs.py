"""Runs the deferred jobs inside the test's own transaction, as the worker would."""

from datetime import UTC, datetime

from django.db import connection
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def run_jobs(*, rounds: int = 10, now: datetime | None = None) -> list[str]:
    """Run every job that is due, and those that they defer; give the names of the tasks run."""
    ran: list[str] = []
    for _round in range(rounds):
        due = _due(now or datetime.now(UTC))
        if not due:
            return ran
        for job in due:
            app.tasks[job.task_name](**job.args)
            _finish(job.pk)
            ran.append(job.task_name)
    raise AssertionError(f"jobs keep deferring jobs: {ran}")


def _due(now: datetime) -> list[ProcrastinateJob]:
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "pk")
    return list(jobs.filter(Q(scheduled_at=None) | Q(scheduled_at__lte=now)))


def _finish(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [pk])
