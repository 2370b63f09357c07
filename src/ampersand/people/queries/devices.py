"""What someone is signed in with, in words they know it by."""

from django.utils.translation import gettext as _
from ua_parser import parse_os, parse_user_agent


def device_of(user_agent: str) -> str:
    """Name the browser and the system that it says it runs on; what does not say is told so."""
    browser, system = parse_user_agent(user_agent), parse_os(user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser.family, "system": system.family}
    known = browser or system
    return known.family if known else _("A program that does not say what it is")
