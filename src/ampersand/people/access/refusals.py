"""What was refused, told to the log: who and from where by keyed marks, never by name or address.

The same mark stands for the same person or place, so that whoever runs an installation sees that somebody
tries doors, and cannot read from the log what anybody looked for.
"""

import hashlib
import hmac
import logging

from django.conf import settings
from django.http import HttpRequest

from ampersand.people.access.limits import neighbourhood, network_address

LOG = logging.getLogger("ampersand.refused")


def tell_refusal(request: HttpRequest, what: str) -> None:
    """Write one line: what was refused, at which view, to whom, from where."""
    match = request.resolver_match
    person = getattr(getattr(request, "user", None), "pk", None)
    who = "nobody signed in" if person is None else f"person {_mark(f'person {person}')}"
    place = _mark(neighbourhood(network_address(request)))
    LOG.info("%s at %s, %s, from %s", what, match.view_name if match else "no page", who, place)


def _mark(words: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"refused|{words}".encode(), hashlib.sha256).hexdigest()[
        :12
    ]
