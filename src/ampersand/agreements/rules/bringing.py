"""Two organisers may correct one agreement at once: nobody changes what they did not see."""

from django.utils.translation import gettext as _

from ampersand.agreements.models import Brought
from ampersand.people.rules import Refused
from ampersand.wording import Template
from ampersand.wording.reading.correcting import stood


def check_stands_as_seen(brought: Brought, *, seen: str) -> None:
    """Refuse to undo or redo when other corrections count than on the page with the button."""
    if seen and seen != brought.stands:
        raise Refused(
            _("This was corrected in the meantime, perhaps by another organiser. Nothing was taken back.")
        )


def check_thing_stands_as_seen(wording: Template, what: str, id: str, *, seen: str) -> None:
    """Refuse to correct a clause, blank, heading or signature that is not what it was on the page."""
    if seen and seen != stood(wording, what, id):
        raise Refused(
            _(
                "This was corrected in the meantime, perhaps by another organiser. Here it is as it stands "
                "now; look at it, then correct it once more if it still needs it."
            )
        )
