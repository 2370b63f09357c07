"""The pages of an agreement, from its first gap to its sealed copy."""

from django.urls import reverse

from ampersand.agreements.actions.bringing import correct
from ampersand.agreements.actions.by_hand import upload
from ampersand.agreements.models import Agreement, Template
from ampersand.agreements.tasks import seal_agreement
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme
from tests.agreements.amending import agree, change, in_force_together, leave, make_it_count, publish_newer
from tests.agreements.people import Two, accepted_by_asking, agreeing
from tests.pages import Shown, page


def shown(name: str, two: Two, *more: object, by: str = "sam") -> Shown:
    return Shown(reverse(f"agreements:{name}", args=[two.agreement.pk, *more]), getattr(two, by))


def filled() -> Two:
    two = agreeing()
    two.fill_all()
    return two


@page("agreements:check_copy")
def checking() -> Shown:
    return Shown(reverse("agreements:check_copy"))


@page("agreements:agreement just opened")
def just_opened() -> Shown:
    return shown("agreement", agreeing())


@page("agreements:agreement")
def halfway() -> Shown:
    two = agreeing()
    two.suggest(two.hannah, "notice", "14")
    two.suggest(two.sam, "notes", "no")
    two.suggest(two.hannah, "often", "every 4 weeks")
    two.agree(two.sam, "often")
    two.suggest(two.hannah, "often", "every 2 weeks")
    return shown("agreement", two)


@page("agreements:agreement of the mentor, nothing left")
def nothing_left() -> Shown:
    return shown("agreement", filled(), by="hannah")


@page("agreements:blank")
def one_gap() -> Shown:
    return shown("blank", agreeing(), "notice")


@page("agreements:blank with two sides")
def either_or() -> Shown:
    return shown("blank", agreeing(), "notes")


@page("agreements:sign too early")
def left_to_agree() -> Shown:
    return shown("sign", agreeing())


@page("agreements:sign")
def signing() -> Shown:
    two = filled()
    two.sign(two.hannah)
    return shown("sign", two)


@page("agreements:by_hand")
def by_hand() -> Shown:
    return shown("by_hand", filled())


@page("agreements:by_hand with a scan to confirm")
def scan_to_confirm() -> Shown:
    two = filled()
    upload(
        agreement=two.fresh(),
        by=two.hannah,
        read=two.fingerprint(),
        name="signed.pdf",
        content=b"%PDF-1.7 a scan",
        content_type="application/pdf",
    )
    return shown("by_hand", two)


@page("agreements:agreement being sealed")
def being_sealed() -> Shown:
    two = filled()
    two.sign(two.hannah)
    two.sign(two.sam)
    return shown("agreement", two)


@page("agreements:agreement in force")
def in_force() -> Shown:
    two = filled()
    two.sign(two.hannah)
    two.sign(two.sam)
    seal_agreement(agreement=two.agreement.pk)
    return shown("agreement", two)


def of_own(name: str, template: Template, organiser: Person, query: str = "") -> Shown:
    return Shown(reverse(f"agreements:{name}", args=[template.scheme.slug]) + query, organiser)


@page("agreements:bring")
def bringing(peer_scheme: Scheme, organiser: Person) -> Shown:
    return Shown(reverse("agreements:bring", args=[peer_scheme.slug]), organiser)


@page("agreements:found")
def found(garden: Template, organiser: Person) -> Shown:
    return of_own("found", garden, organiser)


@page("agreements:found with a blank open")
def found_blank(garden: Template, organiser: Person) -> Shown:
    return of_own("found", garden, organiser, "?blank=notes-not")


@page("agreements:found with a clause open")
def found_clause(garden: Template, organiser: Person) -> Shown:
    correct(
        template=garden, changes=[{"do": "depends", "clause": "meeting-lasts-45", "blank": "mentor-mentee"}]
    )
    return of_own("found", garden, organiser, "?clause=notes-kept-mentor")


@page("agreements:found with the signatures open")
def found_signing(garden: Template, organiser: Person) -> Shown:
    return of_own("found", garden, organiser, "?signing=signing")


@page("agreements:terms")
def terms(garden: Template, organiser: Person) -> Shown:
    return of_own("terms", garden, organiser)


@page("agreements:change")
def changing() -> Shown:
    two = in_force_together()
    Scheme.objects.update(pairs_may_reword=True)
    return shown("change", two)


@page("agreements:agreement with a change proposed")
def proposed() -> Shown:
    two = in_force_together()
    return about(change(two, two.hannah, {"notice": "14", "notes": "no"}), two.sam)


@page("agreements:agreement with one's own proposal")
def own_proposal() -> Shown:
    two = in_force_together()
    return about(change(two, two.hannah, {"between": "By letter"}), two.hannah)


@page("agreements:otherwise")
def answered_otherwise() -> Shown:
    two = in_force_together()
    proposal = change(two, two.hannah, {"notice": "14"})
    return Shown(reverse("agreements:otherwise", args=[proposal.pk]), two.sam)


@page("agreements:agreement with a change to sign")
def change_to_sign() -> Shown:
    two = in_force_together()
    return about(agree(change(two, two.hannah, {"notice": "14"}), two.sam), two.hannah)


@page("agreements:agreement that stayed as it was")
def dropped() -> Shown:
    two = in_force_together()
    return about(leave(change(two, two.hannah, {"notice": "14"})), two.hannah)


@page("agreements:comparison")
def compared() -> Shown:
    return shown("comparison", changed())


@page("agreements:versions")
def every_version() -> Shown:
    two = changed()
    return Shown(reverse("agreements:versions", args=[two.pair.pk]), two.sam)


@page("agreements:newer")
def newer_version() -> Shown:
    two = in_force_together()
    publish_newer(two)
    return shown("newer", two)


@page("agreements:newer accepted by asking")
def newer_by_asking() -> Shown:
    two = accepted_by_asking()
    publish_newer(two)
    return shown("newer", two)


@page("agreements:move")
def moving() -> Shown:
    two = in_force_together()
    publish_newer(two)
    return shown("move", two)


def changed() -> Two:
    two = in_force_together()
    make_it_count(two, agree(change(two, two.hannah, {"notice": "14", "notes": "no"}), two.sam))
    return two


def about(agreement: Agreement, person: Person) -> Shown:
    return Shown(reverse("agreements:agreement", args=[agreement.pk]), person)
