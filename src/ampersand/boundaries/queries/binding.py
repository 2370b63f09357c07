"""What binds whom, for how long, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ampersand.boundaries.models import Capacity, Duty
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.questions import Question

YOURS: dict[Capacity, Promise] = {
    Capacity.PEER_REVIEW: gettext_lazy("You take no part in peer review of %(other)s."),
    Capacity.PANEL: gettext_lazy("You sit on no panel that selects or turns down %(other)s."),
    Capacity.PROMOTION: gettext_lazy("You have no part in deciding on promoting or appointing %(other)s."),
    Capacity.REFERENCE: gettext_lazy("You write no reference for %(other)s."),
    Capacity.RESEARCH: gettext_lazy("You take up no research together with %(other)s."),
}
THEIRS: dict[Capacity, Promise] = {
    Capacity.PEER_REVIEW: gettext_lazy("%(other)s takes no part in peer review of you."),
    Capacity.PANEL: gettext_lazy("%(other)s sits on no panel that selects or turns you down."),
    Capacity.PROMOTION: gettext_lazy("%(other)s has no part in deciding on promoting or appointing you."),
    Capacity.REFERENCE: gettext_lazy("%(other)s writes no reference for you."),
    Capacity.RESEARCH: gettext_lazy("%(other)s takes up no research together with you."),
}


@dataclass(frozen=True)
class Bound:
    """One boundary as one of the two reads it: what, and for how long."""

    sentence: str
    how_long: str
    stands: bool


def _bound_in(person: int, pair: int) -> QuerySet[Duty]:
    rows = Duty.objects.visible_to(Person(pk=person)).filter(pair_number=pair, replaced_at=None)
    return rows.select_related("holder__person", "towards__person").order_by("pk")


BOUND_IN = Question(_bound_in, int, int)


def bound_in(pair: Pair, reader: Person) -> list[Bound]:
    """Give the boundaries of a pair that bind its two people, or will."""
    return in_words(BOUND_IN.ask(reader.pk, pair.pk), reader)


def bound_anywhere(person: Person) -> list[Bound]:
    """Give every boundary that binds a person or protects them, whatever became of the pair."""
    rows = Duty.objects.visible_to(person).filter(replaced_at=None)
    return in_words(rows.select_related("holder__person", "towards__person").order_by("-since", "pk"), person)


def in_words(duties: Iterable[Duty], reader: Person) -> list[Bound]:
    """Tell duties to one of the two; what both owe each other is said once."""
    told: dict[tuple[str, int], Bound] = {}
    ordered = sorted(duties, key=lambda duty: duty.holder.person_id != reader.pk)  # one's own first
    now = timezone.now()
    for duty in ordered:
        mine = duty.holder.person_id == reader.pk
        other = duty.towards if mine else duty.holder
        sentence = (YOURS if mine else THEIRS)[Capacity(duty.capacity)] % {"other": _called(other.person)}
        stands = bool(duty.begins_at and duty.begins_at <= now and (not duty.over_at or duty.over_at > now))
        if not duty.over_at or duty.over_at > now:
            key = (
                (_both(duty), duty.pair_number) if duty.capacity == Capacity.RESEARCH else (sentence, duty.pk)
            )
            told.setdefault(key, Bound(str(sentence), how_long(duty), stands))
    return list(told.values())


def _both(duty: Duty) -> str:
    return f"{duty.capacity} {duty.agreement_number}"


def _called(person: Person | None) -> str:
    return person.called if person and person.called else _("someone who has left")


def how_long(duty: Duty) -> str:
    """Say how long a duty binds."""
    if duty.ended_at:
        return _("Until %(day)s.") % {"day": _day(duty.over_at)} if duty.over_at else _("For ever.")
    if not duty.after:
        return _("As long as the mentoring lasts.")
    if duty.years:
        return _years(duty)
    return (
        _("During the mentoring and for ever after.") if duty.during else _("For ever after the mentoring.")
    )


def _years(duty: Duty) -> str:
    during = ngettext(
        "During the mentoring and for a year after it.",
        "During the mentoring and for %(years)d years after it.",
        duty.years or 0,
    )
    after = ngettext(
        "For a year after the mentoring.", "For %(years)d years after the mentoring.", duty.years or 0
    )
    return (during if duty.during else after) % {"years": duty.years}


def _day(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "j F Y")
