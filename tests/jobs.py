"""Runs the deferred jobs inside the test's own transaction, as the worker would."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def run_jobs(*, rounds: int = 10) -> list[str]:
    """Run every job that is due, and those that they defer; give the names of the tasks run."""
    ran: list[str] = []
    for _round in range(rounds):
        due = _due()
        if not due:
            return ran
        for job in due:
            app.tasks[job.task_name](**job.args)
            _finish(job.pk)
            ran.append(job.task_name)
    raise AssertionError(f"jobs keep deferring jobs: {ran}")


def _due() -> list[ProcrastinateJob]:
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "pk")
    return list(jobs.extra(where=["scheduled_at is null or scheduled_at <= clock_timestamp()"]))


def _finish(pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [pk])
