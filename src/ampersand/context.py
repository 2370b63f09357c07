"""What every page knows without being told."""

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, bool]:
    """Say whether this is a demonstration; every page then carries a label."""
    return {"demo": settings.DEMO}
