"""What the worker does for the record, hour by hour."""

from procrastinate.contrib.django import app

from ampersand.record.queries import grown_since_checkpoint
from ampersand.record.writing import make_checkpoint


@app.periodic(cron="7 * * * *")
@app.task(name="record.make_checkpoint", queueing_lock="record.make_checkpoint", pass_context=False)
def make_checkpoint_hourly(timestamp: int) -> None:
    """Sign a checkpoint, unless nothing has happened since the last."""
    if grown_since_checkpoint():
        make_checkpoint()
