"""What never changes once it stands. The database refuses it too, by triggers."""

from typing import NoReturn

from django.db.models import Model


class Frozen(Exception):
    """Signed or published text was about to be changed."""


def refuse(row: Model) -> NoReturn:
    raise Frozen(f"{row} stands for good: it can be neither changed nor removed.")
