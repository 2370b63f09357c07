"""Two people with an agreement in force, and short words for changing it."""

from collections.abc import Mapping

from ampersand.agreements.actions.amending import (
    Wanted,
    agree_to_change,
    leave_as_it_was,
    propose,
    propose_otherwise,
)
from ampersand.agreements.actions.publishing import draft_from_text, publish
from ampersand.agreements.models import Agreement, Template
from ampersand.agreements.queries import standing_of
from ampersand.agreements.tasks import seal_agreement
from ampersand.people.models import Person
from tests.agreements.people import Two, agreeing


def in_force_together() -> Two:
    """Make two people who hold their sealed copies."""
    two = agreeing()
    two.fill_all()
    sign_and_seal(two)
    return two


def sign_and_seal(two: Two) -> None:
    two.sign(two.hannah)
    two.sign(two.sam)
    seal_agreement(agreement=two.agreement.pk)


def change(
    two: Two,
    by: Person,
    typed: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
    *,
    template: Template | None = None,
) -> Agreement:
    """Propose a change to the agreement in force."""
    wanted = Wanted(typed=typed or {}, words=words or {})
    return propose(agreement=two.fresh(), wanted=wanted, by=by, template=template)


def otherwise(proposal: Agreement, by: Person, typed: Mapping[str, str]) -> Agreement:
    """Answer a proposal with another, having read it as it stands."""
    now = Agreement.objects.get(pk=proposal.pk).revision
    wanted = Wanted(typed=typed, words={})
    return propose_otherwise(agreement=proposal, seen=now, wanted=wanted, by=by)


def agree(proposal: Agreement, by: Person) -> Agreement:
    """Agree to a proposal, having read it as it stands."""
    return agree_to_change(agreement=proposal, seen=Agreement.objects.get(pk=proposal.pk).revision, by=by)


def leave(proposal: Agreement) -> Agreement:
    return leave_as_it_was(agreement=proposal)


def make_it_count(two: Two, proposal: Agreement) -> None:
    """Let both sign the new text, and have it sealed; the two then hold that one."""
    two.agreement = proposal
    sign_and_seal(two)


def notice_of(agreement: Agreement) -> str:
    return str(standing_of(Agreement.objects.get(pk=agreement.pk)).values["notice"])


def publish_newer(two: Two, *changes: tuple[str, str]) -> Template:
    """Publish the next version of the scheme's wording; without changes named, a clause more."""
    text = two.scheme.templates.order_by("-number")[0].text
    for old, new in changes or [("\n\n## ", "\n\nTea is welcome. {#tea}\n\n## ")]:
        assert old in text
        text = text.replace(old, new, 1)
    return publish(template=draft_from_text(scheme=two.scheme, text=text), by=two.olive)
