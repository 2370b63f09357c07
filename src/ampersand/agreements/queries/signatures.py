"""Who has signed, how, and how that is told."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db.models import Exists, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ampersand.agreements.models import (
    Agreement,
    Evidence,
    Renewal,
    RenewalSignature,
    Scan,
    ScanState,
    Signature,
    Way,
)
from ampersand.agreements.queries.standing import Standing
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.schemes.models import Role
from ampersand.wording import Signed


def own_signature(agreement: Agreement, person: Person) -> Signature | None:
    """Find a person's own signature. Nobody is ever told of the other's alone."""
    return agreement.signatures.filter(person=person, lapsed_at=None).first()


def signatures_of(agreement: Agreement) -> list[Signature]:
    """Give the signatures that count, once both are there; before, none."""
    found = list(agreement.signatures.filter(lapsed_at=None).order_by("signed_at", "pk"))
    return found if len({signature.party for signature in found}) == 2 else []


def waiting_scan(agreement: Agreement) -> Scan | None:
    """Find the scan that waits for the other's word, without loading the picture."""
    return agreement.scans.filter(state=ScanState.WAITING).defer("content").first()


def _done_so_far(agreement: int, person: int) -> QuerySet[Agreement, tuple[bool, bool]]:
    signed = Signature.objects.filter(agreement=agreement, person=person, lapsed_at=None)
    scan = Scan.objects.filter(agreement=agreement, state=ScanState.WAITING)
    return Agreement.objects.filter(pk=agreement).values_list(Exists(signed), Exists(scan))


DONE_SO_FAR = Question(_done_so_far, int, int)


def done_so_far(agreement: Agreement, person: Person) -> tuple[bool, Scan | None]:
    """Say whether a person has signed, and find the scan that waits: hardly ever is there one."""
    [(signed, scanned)] = DONE_SO_FAR.ask(agreement.pk, person.pk)
    return signed, waiting_scan(agreement) if scanned else None


def signing_name(standing: Standing, person: Person) -> str:
    """Give the name a person has written into the agreement, or else what they are called."""
    term = f"{standing.agreement.pair.party_of(person)}-name"
    for field in standing.wording.blanks:
        if field.term == term and field.id in standing.values:
            return str(standing.values[field.id])
    return person.called


def drawing_of(signature: Signature | RenewalSignature) -> str:
    """Build the picture of a drawn signature from its points; "" for a typed one."""
    if not signature.strokes:
        return ""
    lines = [
        "M" + " L".join(f"{x:g} {y:g}" for x, y in ([*stroke, stroke[0]] if len(stroke) == 1 else stroke))
        for stroke in signature.strokes
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200" fill="none" stroke="#1b2526" '
        'stroke-width="4" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="{" ".join(lines)}"/></svg>'
    )


def signed_for(agreement: Agreement, signatures: Iterable[Signature | RenewalSignature]) -> list[Signed]:
    """Give the signatures as they stand on their lines."""
    zone = ZoneInfo(agreement.pair.scheme.time_zone)
    return [
        Signed(
            occasion=signature.occasion,
            party=signature.party,
            name=signature.name,
            on=signature.signed_at.astimezone(zone).date(),
            drawing=drawing_of(signature),
        )
        for signature in signatures
    ]


def how_it_was_signed(agreement: Agreement, signatures: Iterable[Signature]) -> list[str]:
    """Tell in sentences how both signed, to be printed after the signatures."""
    zone = ZoneInfo(agreement.pair.scheme.time_zone)
    sentences = []
    for signature in signatures:
        sentences.append(
            _HOW[Way(signature.way)]
            % {
                "name": signature.name,
                "party": Role(signature.party).label,
                "moment": formats.date_format(signature.signed_at.astimezone(zone), "j F Y, H:i T"),
            }
        )
    if agreement.evidence == Evidence.PAPER:
        sentences.append(_("A scan of the paper, which both say matches this text, is attached."))
    sentences.append(_("Both signed the text with the fingerprint at the foot of each page."))
    return sentences


def how_it_was_renewed(renewal: Renewal, signatures: Iterable[RenewalSignature]) -> list[str]:
    """Tell in sentences how both signed the renewal, and until when it runs."""
    zone = ZoneInfo(renewal.pair.scheme.time_zone)
    sentences = [
        _("%(name)s (%(party)s) signed the renewal on screen on %(moment)s.")
        % {
            "name": signature.name,
            "party": Role(signature.party).label,
            "moment": formats.date_format(signature.signed_at.astimezone(zone), "j F Y, H:i T"),
        }
        for signature in signatures
    ]
    last = _("It would have ended on %(ends)s and is renewed until %(until)s.")
    days = {"ends": renewal.ends_on, "until": renewal.until}
    return [*sentences, last % {name: formats.date_format(day, "j F Y") for name, day in days.items()}]


_HOW = {
    Way.TYPED: _lazy("%(name)s (%(party)s) signed on screen by typing this name on %(moment)s."),
    Way.DRAWN: _lazy("%(name)s (%(party)s) signed on screen by drawing on %(moment)s."),
    Way.PAPER: _lazy("%(name)s (%(party)s) signed on paper; both had confirmed it by %(moment)s."),
}
