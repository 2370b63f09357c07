"""Parts of pages that are the same for everyone: laid out once in each language."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def once(name: str) -> SafeString:
    """Include a template that is given nothing: no reader, no scheme, nothing of this request."""
    return _laid_out(name, get_language())


@lru_cache(maxsize=64)
def _laid_out(name: str, language: str | None) -> SafeString:
    return render_to_string(name)
