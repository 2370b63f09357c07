"""The letters that go out as an agreement is opened, agreed, signed and sealed."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from ampersand.agreements.models import Agreement, Copy, Scan
from ampersand.notifications.actions import Enclosed
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.notices import letter_to, letter_to_address

ORGANISERS = "organisers"


def tell_opened(agreement: Agreement) -> None:
    """Tell both that the agreement can be filled in."""
    _to_both("agreements/opened", agreement)


def tell_suggested(agreement: Agreement, person: Person) -> None:
    """Tell one of the two that suggestions have been waiting for their answer."""
    _to("agreements/suggested", agreement, person, urgent=False)


def tell_ready_to_sign(agreement: Agreement) -> None:
    """Tell both that nothing is left to agree."""
    _to_both("agreements/ready_to_sign", agreement)


def tell_lapsed(agreement: Agreement) -> None:
    """Tell both that the text changed after it had been signed once."""
    _to_both("agreements/lapsed", agreement)


def tell_scan_waits(agreement: Agreement, scan: Scan) -> None:
    """Ask the other whether the scan matches."""
    _to("agreements/scan_waits", agreement, agreement.pair.other(scan.uploaded_by))


def tell_scan_refused(agreement: Agreement, scan: Scan) -> None:
    """Tell whoever uploaded a scan that the other says it does not match."""
    _to("agreements/scan_refused", agreement, scan.uploaded_by)


def tell_in_force(agreement: Agreement) -> None:
    """Tell both that the agreement accepted by asking is in force."""
    _to_both("agreements/in_force", agreement)


def tell_sealed(agreement: Agreement, copy: Copy) -> None:
    """Send each party their copy, and the organisers theirs where the wording says so."""
    enclosed = [Enclosed(name=copy.file_name(), content_type="application/pdf", content=bytes(copy.pdf))]
    _to_both("agreements/sealed", agreement, enclosed)
    if ORGANISERS not in agreement.template.wording().copies:
        return
    scheme = agreement.pair.scheme
    letter_to_address(
        scheme.contact_email,
        event="agreements/sealed_for_organisers",
        context={
            "scheme": scheme.name,
            "mentor": name_in(agreement.pair, agreement.pair.mentor),
            "mentee": name_in(agreement.pair, agreement.pair.mentee),
            "until": agreement.pair.until,
        },
        thread=f"pair-{agreement.pair_id}",
        discreet=scheme.discreet,
        enclosures=enclosed,
    )


def _to_both(event: str, agreement: Agreement, enclosed: Sequence[Enclosed] = ()) -> None:
    for person in people_of(agreement.pair).values():
        _to(event, agreement, person, enclosed)


def _to(
    event: str,
    agreement: Agreement,
    person: Person,
    enclosed: Sequence[Enclosed] = (),
    *,
    urgent: bool = True,
) -> None:
    scheme = agreement.pair.scheme
    letter_to(
        person,
        event=event,
        context={
            "name": person.called,
            "other": name_in(agreement.pair, agreement.pair.other(person)),
            "scheme": scheme.name,
            "contact": scheme.contact_email,
            "until": agreement.pair.until,
            "link": settings.ADDRESS + reverse("agreements:agreement", args=[agreement.pk]),
            "pair_link": settings.ADDRESS + reverse("journeys:pair", args=[agreement.pair_id]),
        },
        thread=f"pair-{agreement.pair_id}",
        urgent=urgent,
        discreet=scheme.discreet,
        enclosures=enclosed,
    )
