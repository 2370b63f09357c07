"""Changing an agreement in force: proposing, answering otherwise, agreeing, leaving it as it was."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.agreements.actions.amending import (
    Wanted,
    agree_to_change,
    leave_as_it_was,
    propose,
    propose_otherwise,
)
from ampersand.agreements.forms import ChangeForm
from ampersand.agreements.models import Agreement, AgreementState, Template
from ampersand.agreements.queries import newer_version, open_change, standing_of
from ampersand.agreements.views.proposing import proposal_page
from ampersand.agreements.views.shared import PARTIES, agreement_or_404, basics, page
from ampersand.people.access import PersonRequest, kept_typing, open_to
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.wording import (
    Change,
    Document,
    Entered,
    carried_over,
    compare,
    fields,
    fill,
    read_value,
    store_value,
)
from ampersand.wording import Template as Wording


@dataclass(frozen=True)
class Desk:
    """What lies before someone who would like another text: a wording, and what stands in it now."""

    opened: Agreement  # the agreement in force, or the proposal that is answered
    template: Template
    wording: Wording
    now: dict[str, str]
    reader: Person

    @property
    def mine(self) -> set[str]:
        """The blanks that this person may fill in."""
        party = self.opened.pair.party_of(self.reader)
        return {field.id for field in fields(self.wording) if field.together or field.by == party}

    @property
    def is_answer(self) -> bool:
        return self.opened.state == AgreementState.PROPOSED

    @property
    def newer(self) -> bool:
        """Whether it is to move to a newer version of the scheme's wording."""
        return self.template.pk != self.opened.template_id

    def filled(self, wording: Wording, stored: dict[str, str]) -> Document:
        """Fill in a wording with what stands, or would stand."""
        values = {name: read_value(wording.field(name), kept) for name, kept in stored.items() if kept}
        scheme_values = self.opened.pair.scheme.values() if self.newer else self.opened.scheme_values
        return fill(wording, values, scheme_values, partial=True)

    def form(self, data: object = None, *, initial: Any = None) -> ChangeForm:
        return ChangeForm(
            data,
            wording=self.wording,
            now=self.now,
            mine=self.mine,
            may_reword=self.opened.pair.scheme.pairs_may_reword and not self.newer,
            initial={"seen": self.opened.revision, **(initial or {})},
        )

    def changes(self, form: ChangeForm) -> tuple[Change, ...]:
        """Compare the text in force with what it would become."""
        before = self.opened.predecessor if self.is_answer else self.opened
        if before is None:
            return ()
        return compare(standing_of(before).draft, self.filled(form.wording, form.stored))


@open_to(PARTIES)
@require_http_methods(["GET", "POST"])
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose a change to the agreement in force."""
    found = agreement_or_404(request, pk)
    standing = standing_of(found)
    now = {name: filling.agreed for name, filling in standing.fillings.items()}
    return _changing(request, Desk(found, found.template, standing.wording, now, request.user))


@open_to(PARTIES)
@require_http_methods(["GET", "POST"])
def move(request: PersonRequest, pk: int) -> HttpResponse:
    """Propose to move to the newest version of the scheme's wording, with the values that still fit."""
    found = agreement_or_404(request, pk)
    newest = newer_version(found)
    if newest is None or newest.by_asking():
        return redirect("agreements:agreement", pk=pk)
    standing, wording = standing_of(found), newest.wording()
    values = carried_over(standing.wording, standing.values, wording)
    now = {name: store_value(wording.field(name), value) for name, value in values.items()}
    return _changing(request, Desk(found, newest, wording, now, request.user))


@open_to(PARTIES)
@require_http_methods(["GET", "POST"])
def otherwise(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer a proposal with another."""
    found = agreement_or_404(request, pk)
    if found.state != AgreementState.PROPOSED:
        return redirect("agreements:agreement", pk=pk)
    standing = standing_of(found)
    now = {name: filling.suggested or filling.agreed for name, filling in standing.fillings.items()}
    return _changing(request, Desk(found, found.template, standing.wording, now, request.user))


@open_to(PARTIES)
@require_POST
def agree_to_proposal(request: PersonRequest, pk: int) -> HttpResponse:
    """Agree to what is proposed, as it was read."""
    found = agreement_or_404(request, pk)
    given = request.POST.get("seen", "")
    seen = int(given) if given.isdecimal() and len(given) < 10 else 0
    try:
        agree_to_change(agreement=found, seen=seen, by=request.user)
    except Refused as refused:
        return proposal_page(request, agreement_or_404(request, pk), said=refused.sentence)
    return redirect("agreements:agreement", pk=pk)


@open_to(PARTIES)
@require_POST
def leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the agreement as it was: say no to a change, or take one's own back."""
    found = agreement_or_404(request, pk)
    if found.predecessor_id is None:
        raise Http404
    try:
        leave_as_it_was(agreement=found)
    except Refused as refused:
        return proposal_page(request, agreement_or_404(request, pk), said=refused.sentence)
    return redirect("agreements:agreement", pk=pk)


def _changing(request: PersonRequest, desk: Desk) -> HttpResponse:
    """Show the form in its sheet, then what would change, then propose it."""
    if not desk.is_answer and not _may_begin(desk):
        return _elsewhere(desk)
    if request.method == "GET":
        return _page(request, desk, desk.form(initial=kept_typing(request)))
    form = desk.form(request.POST)
    if not form.is_valid():
        return _page(request, desk, form)
    changes = desk.changes(form)
    if request.POST.get("do") != "propose" or not changes:
        return _page(request, desk, form, changes=changes, looked=True)
    try:
        proposal = _propose(request, desk, form)
    except Refused as refused:
        return _page(request, desk, form, changes=changes, looked=True, said=refused.sentence)
    return redirect("agreements:agreement", pk=proposal.pk)


def _propose(request: PersonRequest, desk: Desk, form: ChangeForm) -> Agreement:
    typed = {name: form.stored[name] for name in desk.mine}
    wanted = Wanted(typed=typed, words=form.words)
    if desk.is_answer:
        seen = form.cleaned_data["seen"] or 0
        return propose_otherwise(agreement=desk.opened, seen=seen, wanted=wanted, by=request.user)
    return propose(agreement=desk.opened, template=desk.template, wanted=wanted, by=request.user)


def _may_begin(desk: Desk) -> bool:
    opened, signed = desk.opened, desk.wording.entered is Entered.SIGNED
    return signed and opened.state == AgreementState.IN_FORCE and not open_change(opened.pair)


def _elsewhere(desk: Desk) -> HttpResponse:
    """Lead to the change that is in hand already, or to the agreement as it stands."""
    in_hand = open_change(desk.opened.pair)
    return redirect("agreements:agreement", pk=in_hand.pk if in_hand else desk.opened.pk)


def _page(
    request: PersonRequest,
    desk: Desk,
    form: ChangeForm,
    *,
    changes: tuple[Change, ...] = (),
    looked: bool = False,
    said: str = "",
) -> HttpResponse:
    document = desk.filled(desk.wording, desk.now)
    places = _places(form, desk)
    context = basics(desk.opened, request.user) | {
        "form": form,
        "document": document,
        "sections": [
            (section, [(clause, places.get(clause.id)) for clause in section.clauses])
            for section in document.sections
        ],
        "changes": changes,
        "language": desk.wording.language,
        "looked": looked and bool(changes),
        "nothing": looked and not changes,
        "said": said,
        "is_answer": desk.is_answer,
        "newer": desk.template if desk.newer else None,
    }
    return page(request, "agreements/change.html", context)


def _places(form: ChangeForm, desk: Desk) -> dict[str, dict[str, Any]]:
    """Give, for each clause, what can be changed under it; a blank stands where it is first read."""
    places: dict[str, dict[str, Any]] = {}
    seen: set[str] = set()
    for clause in desk.wording.clauses():
        here = [part.field for part in clause.parts if part.kind in ("gap", "choice")]
        new = [name for name in dict.fromkeys(here) if name not in seen]
        seen.update(new)
        words = f"words-{clause.id}"
        place = {
            "blanks": [form[f"blank-{name}"] for name in new if name in desk.mine],
            "theirs": [desk.wording.field(name).label for name in new if name not in desk.mine],
            "words": form[words] if words in form.fields else None,
        }
        if any(place.values()):
            places[clause.id] = place
    return places
