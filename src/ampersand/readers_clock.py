"""The reader's own clock and language, for every page."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation.trans_real import get_supported_language_variant


class ReadersClock:
    """Show signed-in people days and times in their time zone, and sentences in their language.

    It stands after Django's own LocaleMiddleware, which asks the browser and so serves everyone else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        translation.activate(_known_language(request.user.language))
        with timezone.override(_known_zone(request.user.time_zone)):
            return self.get_response(request)


def _known_language(code: str) -> str:
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return translation.get_language() or "en-gb"


def _known_zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
