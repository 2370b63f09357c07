"""What may be asked, how often, and what a list may look like: the check must not tell who mentors whom."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from ampersand.boundaries.queries.answering import Found
from ampersand.boundaries.queries.asking import SIZES, Asker, people_known
from ampersand.boundaries.queries.recognising import Who
from ampersand.people.access.limits import knock, knock_all
from ampersand.people.rules import Refused

DAY, MONTH = timedelta(days=1), timedelta(days=30)
QUESTIONS_A_DAY = 30  # by one asker
LISTS_A_DAY = 4
QUESTIONS_ABOUT_ONE = 20  # within a month, by all askers of a scheme together
LISTS_ABOUT_ONE = 3
FEW, MANY = 3, 20  # fewer than three against more than twenty is one against all
ENOUGH_TO_HIDE_AMONG = 10


class AskedTooOften(Refused):
    """One more than an asker has for a day, or than a person can be asked about in a month."""


def check_purpose(purpose: str) -> None:
    """Refuse a question that does not say what it is for."""
    if len(purpose.split()) < 2:
        raise Refused(_("Say in a few words what it is for, such as “Appointing a ward manager, May”."))


def check_two_people(one: Who, other: Who) -> None:
    """Refuse what can be recognised by nothing, and the same person twice."""
    if not one or not other:
        raise Refused(
            _("Write an e-mail address, a professional number, or a first and a last name for both.")
        )
    if set(one.marks) & set(other.marks):
        raise Refused(_("These are the same person. Nobody decides about themselves."))


def check_asks_seldom(asker: Asker, *, lists: bool) -> None:
    """Refuse one question more than an asker has for a day."""
    most = LISTS_A_DAY if lists else QUESTIONS_A_DAY
    count, _seconds = knock(f"conflict check {'lists' if lists else 'questions'} of {asker.key}", DAY)
    if count > most:
        raise AskedTooOften(
            _("You have asked %(count)d times today, which is as often as can be. Ask the rest tomorrow.")
            % {"count": most}
        )


def check_asked_about_seldom(
    asker: Asker, written: Sequence[Who], found: Sequence[Found], *, lists: bool
) -> None:
    """Refuse one question more about the same person than a month has; known here or not, alike."""
    most = LISTS_ABOUT_ONE if lists else QUESTIONS_ABOUT_ONE
    kind = f"conflict check {'lists' if lists else 'questions'} in {asker.scheme.pk} about"
    keys = {f"{kind} {_one(*each)}" for each in zip(written, found, strict=True)}
    if any(count > most for count, _seconds in knock_all(keys, MONTH)):
        raise AskedTooOften(
            _(
                "Someone here has been asked about as often as can be asked in a month. "
                "Write to the organisers if you need to know sooner."
            )
        )


def _one(written: Who, found: Found) -> str:
    if found.subjects:
        return f"subject {min(found.subjects)}"
    return f"person {min(found.people)}" if found.people else written.marks[0]


def check_size(asker: Asker, deciding: int, decided_about: int) -> None:
    """Refuse a list longer than this asker may send, and an empty one."""
    if not deciding or not decided_about:
        raise Refused(_("Both lists need at least one line that can be read."))
    most, most_about = SIZES[asker.reach]
    if deciding > most or decided_about > most_about:
        raise Refused(
            _("At most %(most)d people who decide and %(about)d who are decided about can be sent at a time.")
            % {"most": most, "about": most_about}
        )


def check_shape(deciding: Sequence[Who], decided_about: Sequence[Who]) -> None:
    """Refuse asking one person against all others, whichever side they stand on."""
    sides = sorted(
        len({tuple(one.strong or one.marks) for one in side}) for side in (deciding, decided_about)
    )
    if sides[0] < FEW and sides[1] > MANY:
        raise Refused(
            _(
                "A list asks about a panel, not about one person against many. "
                "With fewer than %(few)d people on one side, the other can hold at most %(many)d."
            )
            % {"few": FEW, "many": MANY}
        )


def check_is_not_the_whole_scheme(asker: Asker, *sides: Sequence[Found]) -> None:
    """Refuse to an outside panel a list that holds a good part of everyone the scheme knows."""
    share = max(len({(found.subjects, found.people) for found in side if found}) for side in sides)
    known = people_known(asker.scheme)
    if asker.grant and share > ENOUGH_TO_HIDE_AMONG and share * 4 > known:
        raise Refused(
            _(
                "This list holds too many people of one scheme to be answered. "
                "Ask the organisers to check it, or send only those whom one decision is about."
            )
        )
