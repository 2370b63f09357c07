"""Nothing that one test committed waits for the next."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.agreements.tasks import tell_of_suggestions
from tests.agreements.people import agreeing
from tests.emptying import filled


@pytest.mark.django_db(transaction=True)
def test_jobs_put_off_and_counts_are_gone_with_everything_else(migrated: set[str]) -> None:
    two = agreeing()
    later = tell_of_suggestions.configure(schedule_at=datetime.now(UTC) + timedelta(hours=4))
    later.defer(agreement=two.agreement.pk, person=two.sam.pk)
    cache.set("tried", 3)
    assert ProcrastinateJob.objects.filter(scheduled_at__gt=datetime.now(UTC)).exists()
    assert {"procrastinate_jobs", "ampersand_cache", "ampersand_entry"} <= filled() - migrated
    TransactionTestCase()._fixture_teardown()  # as at the end of every test that really commits
    assert filled() == migrated
