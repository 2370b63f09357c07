"""The demo switched on, and its story told."""

import pytest
from django.core.management import call_command
from django.urls import get_resolver
from pytest_django import Settings


@pytest.fixture
def demo_on(settings: Settings) -> None:
    """Run the site as `AMPERSAND_DEMO=1` would."""
    assert get_resolver().url_patterns  # read while the demo is off, as other tests want them
    settings.DEMO = True
    settings.WHO_MAKES_SCHEMES = "anyone"
    settings.ROOT_URLCONF = "tests.demo.urls"


@pytest.fixture
def demo_told(demo_on: None, db: None) -> None:
    call_command("demo", "fill")
