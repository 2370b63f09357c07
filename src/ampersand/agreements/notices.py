"""The letters that go out as an agreement is opened, agreed, signed and sealed."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse

from ampersand.agreements.models import Agreement, Copy, Renewal, RenewalCopy, Scan, Template
from ampersand.agreements.queries import agreement_in_force, changes_in, standing_of
from ampersand.notifications.actions import Enclosed
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.notices import letter_to, letter_to_address

ORGANISERS = "organisers"
MENTEE = "mentee"  # the party who accepts by asking


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
    event = "agreements/changed" if agreement.predecessor_id else "agreements/sealed"
    _to_both(event, agreement, enclosed)
    if ORGANISERS not in agreement.wording().copies:
        return
    scheme = agreement.pair.scheme
    letter_to_address(
        scheme.contact_email,
        event="agreements/changed_for_organisers"
        if agreement.predecessor_id
        else "agreements/sealed_for_organisers",
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


def tell_both_carry_on(renewal: Renewal, *, again: bool = False) -> None:
    """Tell both that both said yes, and that it is renewed once both have signed; `again` on another text."""
    agreement = agreement_in_force(renewal.pair)
    link = settings.ADDRESS + reverse("agreements:sign_renewal", args=[renewal.pair_id])
    for person in people_of(renewal.pair).values():
        more = {"link": link, "ends_on": renewal.ends_on, "again": again}
        _to("agreements/both_carry_on", agreement, person, more=more)


def tell_renewed(renewal: Renewal, copy: RenewalCopy) -> None:
    """Send each party the copy with the signatures at renewal; the organisers hear of it in any case."""
    agreement = agreement_in_force(renewal.pair)
    enclosed = [Enclosed(name=copy.file_name(), content_type="application/pdf", content=bytes(copy.pdf))]
    for person in people_of(renewal.pair).values():
        _to("agreements/renewed", agreement, person, enclosed, more={"until": renewal.until})
    scheme, pair = renewal.pair.scheme, renewal.pair
    letter_to_address(
        scheme.contact_email,
        event="agreements/renewed_for_organisers",
        context={
            "scheme": scheme.name,
            "mentor": name_in(pair, pair.mentor),
            "mentee": name_in(pair, pair.mentee),
            "until": renewal.until,
            "pair_link": settings.ADDRESS + reverse("journeys:pair", args=[pair.pk]),
        },
        time_zone=scheme.time_zone,
        thread=f"pair-{pair.pk}",
        discreet=scheme.discreet,
        enclosures=enclosed if ORGANISERS in agreement.wording().copies else (),
    )


def tell_proposed(proposal: Agreement, *, otherwise: bool = False) -> None:
    """Show the other what is proposed, clause by clause, and confirm it to whoever proposes."""
    standing = standing_of(proposal)
    told = {
        "changes": changes_in(standing),
        "language": standing.wording.language,
        "otherwise": otherwise,
    }
    for party, person in people_of(proposal.pair).items():
        mine = party == proposal.proposed_by
        _to("agreements/proposed_by_you" if mine else "agreements/proposed", proposal, person, more=told)


def tell_agreed(proposal: Agreement) -> None:
    """Tell both that they agree on a change, and what is left before it counts."""
    _to_both("agreements/change_agreed", proposal, more={"left": len(standing_of(proposal).left)})


def tell_dropped(proposal: Agreement) -> None:
    """Tell both, in the same words, that the agreement stays as it was."""
    _to_both("agreements/change_dropped", proposal)


def tell_newer(agreement: Agreement, newer: Template) -> None:
    """Tell both that the scheme has a newer wording; theirs holds until they move to it."""
    for party, person in people_of(agreement.pair).items():
        accepts = newer.by_asking() and party == MENTEE
        told = {
            "accepts": accepts,
            "waits": newer.by_asking() and not accepts,
            "signed": not newer.by_asking(),
            "newer_link": settings.ADDRESS + reverse("agreements:newer", args=[agreement.pk]),
        }
        _to("agreements/newer_version", agreement, person, urgent=False, more=told)


def tell_newer_accepted(agreement: Agreement) -> None:
    """Tell both that the newer version has been accepted and counts."""
    for party, person in people_of(agreement.pair).items():
        _to("agreements/newer_accepted", agreement, person, more={"accepts": party == MENTEE})


def _to_both(
    event: str,
    agreement: Agreement,
    enclosed: Sequence[Enclosed] = (),
    *,
    more: Mapping[str, object] | None = None,
) -> None:
    for person in people_of(agreement.pair).values():
        _to(event, agreement, person, enclosed, more=more)


def _to(
    event: str,
    agreement: Agreement,
    person: Person,
    enclosed: Sequence[Enclosed] = (),
    *,
    urgent: bool = True,
    more: Mapping[str, object] | None = None,
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
            **(more or {}),
        },
        thread=f"pair-{agreement.pair_id}",
        urgent=urgent,
        discreet=scheme.discreet,
        enclosures=enclosed,
    )
