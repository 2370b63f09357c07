"""Reading agreements: how one stands, what is left, whose turn it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ampersand.agreements.models import (
    OPEN,
    Agreement,
    AgreementState,
    Copy,
    Evidence,
    Filling,
    Renewal,
    RenewalAnswer,
    RenewalCopy,
    RenewalSignature,
    RenewalState,
    Scan,
    ScanState,
    Signature,
    Template,
    Way,
)
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.schemes.models import Role, SchemeState
from ampersand.wording import (
    Change,
    Document,
    Field,
    Signed,
    Terms,
    Value,
    Values,
    compare,
    fill,
    left_to_fill,
    read_value,
    terms_of,
)
from ampersand.wording import Template as Wording


@dataclass(frozen=True)
class Standing:
    """An agreement as it stands: its wording, what is suggested and agreed, and what follows from that."""

    agreement: Agreement
    wording: Wording
    fillings: Mapping[str, Filling]

    @cached_property
    def values(self) -> dict[str, Value]:
        """What both have agreed, or the one whose blank it is has written."""
        return {
            name: read_value(self.wording.field(name), filling.agreed)
            for name, filling in self.fillings.items()
            if filling.agreed
        }

    @cached_property
    def draft(self) -> Document:
        """The text with its open blanks and with everything that may yet apply."""
        return self._filled(self.values)

    @cached_property
    def proposed(self) -> Document:
        """The text as it would read if everything suggested were agreed."""
        return self._filled(self.values | self.suggested)

    @cached_property
    def document(self) -> Document:
        """The whole text, as it is signed; raises Unfilled while something needed is open."""
        agreement = self.agreement
        return fill(self.wording, self.values, agreement.scheme_values, replaces=agreement.replaces)

    @cached_property
    def suggested(self) -> dict[str, Value]:
        """What one of the two has suggested and the other not answered."""
        return {
            name: read_value(self.wording.field(name), filling.suggested)
            for name, filling in self.fillings.items()
            if filling.suggested and filling.suggested_by_id
        }

    def _filled(self, values: Values) -> Document:
        agreement = self.agreement
        return fill(self.wording, values, agreement.scheme_values, partial=True, replaces=agreement.replaces)

    @cached_property
    def left(self) -> tuple[Field, ...]:
        """What is still to be agreed, in reading order: needed blanks, and suggestions without an answer."""
        needed = set(left_to_fill(self.wording, self.values))
        standing = {
            part.field.id
            for clause in self.draft.clauses()
            for part in clause.parts
            if part.field and clause.applies is True and part.applies is True
        }
        return tuple(
            field
            for field in self.wording.blanks
            if field in needed or (field.id in standing and self._unanswered(field))
        )

    def _unanswered(self, field: Field) -> bool:
        filling = self.fillings.get(field.id)
        return bool(filling and filling.suggested and filling.suggested_by_id)


FILLINGS = Question(lambda agreement: Filling.objects.filter(agreement=agreement), int)


def standing_of(agreement: Agreement) -> Standing:
    """Read how an agreement stands: one query."""
    fillings = {filling.field: filling for filling in FILLINGS.ask(agreement.pk)}
    return Standing(agreement=agreement, wording=agreement.wording(), fillings=fillings)


def _with_everyone(pk: int, person: int) -> QuerySet[Agreement]:
    rows = Agreement.objects.visible_to(Person(pk=person)).filter(pk=pk)
    return rows.select_related(
        "pair__mentor", "pair__mentee", "pair__scheme", "template", "predecessor__template"
    )


WITH_EVERYONE = Question(_with_everyone, int, int)


def agreement_for(person: Person, pk: int) -> Agreement | None:
    """Find an agreement that a person is a party of, with everyone it names."""
    return next(iter(WITH_EVERYONE.ask(pk, person.pk)), None)


def revision_for(person: Person, pk: int) -> int | None:
    """Give the revision of an agreement that a person is a party of, as cheaply as can be."""
    return Agreement.objects.visible_to(person).filter(pk=pk).values_list("revision", flat=True).first()


def _in_use(slug: str) -> QuerySet[Template]:
    rows = Template.objects.published().filter(scheme__slug=slug).exclude(scheme__state=SchemeState.DRAFT)
    return rows.select_related("scheme").order_by("-number")[:1]


IN_USE = Question(_in_use, str)


def wording_in_use(slug: str) -> Template:
    """Give the newest published version of a public scheme's wording, with the scheme."""
    for found in IN_USE.ask(slug):
        return found
    raise Http404


def _current(pair: int) -> QuerySet[Agreement]:
    sealed = {"sealed": Exists(Copy.objects.filter(agreement=OuterRef("pk")))}
    rows = Agreement.objects.filter(pair=pair).exclude(state=AgreementState.SUPERSEDED)
    rows = rows.exclude(predecessor__isnull=False, in_force_at=None)
    return rows.select_related("template", "predecessor").annotate(**sealed).order_by("-pk")[:1]


CURRENT = Question(_current, int)


def current_agreement(pair: Pair) -> Agreement | None:
    """Find the agreement of a pair that counts, or counted when it ended; never a change that waits.

    It also says whether its copy is there: `sealed`.
    """
    for found in CURRENT.ask(pair.pk):
        found.pair = pair
        return found
    return None


def terms_in_force(pair: Pair) -> Terms:
    """Give the terms a pair goes by, or went by when it ended; what is only proposed is not in them."""
    found = current_agreement(pair)
    if found is None or found.in_force_at is None:
        return Terms()
    standing = standing_of(found)
    return terms_of(standing.wording, standing.values)


def open_change(pair: Pair) -> Agreement | None:
    """Find the change to their agreement that a pair has in hand: proposed, agreed or being sealed."""
    return pair.agreements.filter(state__in=OPEN, predecessor__isnull=False).first()


def versions_of(pair: Pair) -> list[Agreement]:
    """Give every agreement that is or was in force for a pair, the newest first."""
    rows = pair.agreements.filter(in_force_at__isnull=False).select_related("template", "copy")
    return list(rows.defer("copy__pdf").order_by("-in_force_at", "-pk"))


def changes_in(standing: Standing) -> tuple[Change, ...]:
    """Compare what an amendment says, or would say, with the text whose place it takes."""
    before = standing.agreement.predecessor
    if before is None:
        return ()
    return compare(standing_of(before).draft, standing.proposed)


def newer_version(agreement: Agreement) -> Template | None:
    """Find the newest version of the scheme's wording, if the two could move to it.

    What both have signed is never followed by something that one alone accepts.
    """
    scheme = agreement.pair.scheme_id
    newest = Template.objects.published().filter(scheme=scheme).order_by("-number").first()
    if newest is None or newest.number <= agreement.template.number:
        return None
    signed = agreement.evidence != Evidence.ASKING
    return None if signed and newest.by_asking() else newest


def agreement_in_force(pair: Pair) -> Agreement:
    """Find the agreement that binds a pair now; there is never more than one."""
    named = ("pair__mentor", "pair__mentee", "pair__scheme", "template", "predecessor__template")
    return Agreement.objects.select_related(*named).get(pair=pair, state=AgreementState.IN_FORCE)


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


def _asked_about_renewal(person: int, pair: int) -> QuerySet[Renewal]:
    rows = Renewal.objects.visible_to(Person(pk=person)).still_open().filter(pair=pair)
    rows = rows.filter(pair__state=PairState.IN_FORCE, ends_on=F("pair__until"))
    return rows.select_related("pair__mentor", "pair__mentee", "pair__scheme")


ASKED_ABOUT_RENEWAL = Question(_asked_about_renewal, int, int)


def renewal_for(person: Person, pair: int) -> Renewal | None:
    """Find what is asked of a person about carrying on: the question that is open, for their own pair."""
    return next(iter(ASKED_ABOUT_RENEWAL.ask(person.pk, pair)), None)


def renewals_left_to(person: Person) -> QuerySet[Renewal]:
    """Find the open questions a person has not answered, and the renewals they have not signed."""
    answered = RenewalAnswer.objects.filter(renewal=OuterRef("pk"), person=person)
    signed = RenewalSignature.objects.filter(renewal=OuterRef("pk"), person=person)
    asked = Q(state=RenewalState.ASKED) & ~Exists(answered)
    agreed = Q(state=RenewalState.AGREED) & ~Exists(signed)
    return Renewal.objects.visible_to(person).filter(asked | agreed).order_by("ends_on")


def renewed_signatures(agreement: Agreement) -> list[RenewalSignature]:
    """Give the signatures of the last renewal of an agreement that both have signed."""
    last = agreement.renewals.filter(state=RenewalState.RENEWED).order_by("-renewed_at").first()
    return list(last.signatures.order_by("signed_at", "pk")) if last else []


COPIES_OF_RENEWALS = Question(
    lambda pair: RenewalCopy.objects.filter(renewal__pair=pair).defer("pdf").order_by("sealed_at"), int
)


def copies_of_renewals(pair: Pair) -> list[RenewalCopy]:
    """Give the sealed copies of a pair's renewals, the first first; whoever may see its other copy may."""
    return COPIES_OF_RENEWALS.ask(pair.pk)


def renewal_copy_for(person: Person, pk: int) -> RenewalCopy | None:
    """Find the sealed copy of a renewal, if this person may have it."""
    rows = RenewalCopy.objects.select_related("renewal__pair")
    return rows.filter(renewal=pk, renewal__pair__in=Pair.objects.visible_to(person)).first()


def copy_for(person: Person, pk: int) -> Copy | None:
    """Find the sealed copy of an agreement, if this person may have it."""
    return Copy.objects.visible_to(person).select_related("agreement__pair").filter(agreement=pk).first()


class Answer:
    """What checking a copy can answer: four words, nothing else."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    NOT_OURS = "not ours"


def answer_about(sha256: str) -> str:
    """Say what a file is, by its hash, and nothing about whom it concerns."""
    row = Copy.objects.filter(sha256=sha256).values_list("agreement__state", "agreement__pair__state").first()
    row = row or (
        RenewalCopy.objects.filter(sha256=sha256)
        .values_list("renewal__agreement__state", "renewal__pair__state")
        .first()
    )
    if row is None:
        return Answer.NOT_OURS
    agreement, pair = row
    if agreement == AgreementState.SUPERSEDED:
        return Answer.SUPERSEDED
    if agreement == AgreementState.ENDED or pair == PairState.ENDED:
        return Answer.ENDED
    return Answer.IN_FORCE


def on_older_versions(template: Template) -> int:
    """Count the pairs that have an earlier version of a scheme's wording in force."""
    older = Agreement.objects.filter(pair__scheme=template.scheme_id, template__number__lt=template.number)
    return older.filter(state=AgreementState.IN_FORCE).count()


def prospects_of(pair: Pair, agreement: Agreement | None) -> dict[str, object]:
    """Say what a pair can do about its agreement in force: a change in hand, a newer version, older ones."""
    if agreement is None or agreement.in_force_at is None:
        return {}
    open_now = agreement.state == AgreementState.IN_FORCE
    return {
        "change": open_change(pair) if open_now else None,
        "newer": newer_version(agreement) if open_now else None,
        "may_change": open_now and agreement.evidence != Evidence.ASKING,
        "has_versions": agreement.predecessor_id is not None,
    }


def waits_for_answer(agreement: Agreement, person: Person) -> bool:
    """Say whether the other has suggested something that a person has not answered."""
    return agreement.fillings.filter(suggested_by=agreement.pair.other(person)).exists()


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
