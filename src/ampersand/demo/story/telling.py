"""Plays the demo's story through the same actions that people's pages use."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.actions.accepting import as_shown
from ampersand.agreements.actions.agreeing import agree, suggest
from ampersand.agreements.actions.amending import Wanted, agree_to_change, propose
from ampersand.agreements.actions.by_hand import upload
from ampersand.agreements.actions.publishing import draft_from_text, publish
from ampersand.agreements.actions.renewing import answer, ask_both, sign_renewal
from ampersand.agreements.actions.signing import sign
from ampersand.agreements.models import Agreement, Renewal, Template
from ampersand.agreements.queries import standing_of
from ampersand.agreements.tasks import seal_agreement, seal_renewal
from ampersand.boundaries.actions.asking import ask as ask_conflict_check
from ampersand.boundaries.actions.granting import grant_to_person
from ampersand.boundaries.models import Capacity, Reach
from ampersand.boundaries.queries.asking import asker_in
from ampersand.boundaries.queries.recognising import who
from ampersand.calendars import months_after
from ampersand.demo.cast import EVERYONE, Role
from ampersand.demo.story.meeting import arrange_meetings
from ampersand.journeys.ending import stop
from ampersand.journeys.joining import begin_scheme
from ampersand.matching.actions.asking import Asking, ask
from ampersand.matching.actions.introducing import accept_request, introduce, say_yes
from ampersand.matching.models import Request
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import people_of
from ampersand.people.models import Person
from ampersand.schemes.actions.making import Details
from ampersand.schemes.models import Member, Organiser, Scheme
from ampersand.schemes.models import Role as Joined
from ampersand.wording.typesetting import typeset

URGENT = (
    "If someone’s life is in danger, ring 999.\n"
    "Samaritans listen day and night, free of charge: 116 123.\n"
    "For urgent help with your mental health, ring 111 and choose the mental health option."
)
WISHES = {
    "joe": "I have just become a team lead and would like to talk with someone who has been there.",
    "aisha": "Coming back to work after a long time away.",
    "wei": "Whether research is for me.",
    "leah": "Learning to say no.",
    "owen": "Writing, and finishing what I write.",
    "elin": "Finding my feet in a new department.",
    "dai": "Someone outside my own ward to think with.",
    "ben": "I would like to try the wellbeing workbook.",
}
TERMS = {
    "mentor-contact": "E-mail",
    "mentee-contact": "A text message, after five",
    "often": "every 4 weeks",
    "set-up": "mentee",
    "notice": "2",
    "between": "E-mail, I answer within two days",
    "phone": "Tuesday 12:30-13:30",
    "notes": "no",
    "recording": "no",
}

LONGER = (
    "Plan on about 30 minutes for a meeting.",
    "Plan on about 30 minutes for a meeting, and 45 for the first.",
)


def is_told() -> bool:
    """Say whether the story has been played here before."""
    return Person.objects.filter(email__in=[role.email for role in EVERYONE]).exists()


@transaction.atomic
def tell() -> None:
    """Bring the cast to where the story has them: a pair at every stage of life."""
    people = {role.key: _person(role) for role in EVERYONE}
    _harbour(people)
    _small_steps(people)
    arrange_meetings(people)


def _person(role: Role) -> Person:
    person = Person(email=role.email, called=role.called)
    person.set_unusable_password()
    person.save()
    return person


def _harbour(people: dict[str, Person]) -> None:
    scheme = _open("Harbour Mentoring", "harbour", "contract", people["priya"])
    Organiser.objects.create(scheme=scheme, person=people["tom"])
    hannah = _mentor(scheme, people["hannah"], 6, "Leading a team, returning to work, research careers.")
    samuel = _mentor(scheme, people["samuel"], 5, "Starting somewhere new, writing, difficult meetings.")
    pairs = [(key, hannah) for key in ("joe", "aisha", "wei", "nia", "leah")]
    pairs += [(key, samuel) for key in ("marek", "ruth", "omar", "owen")]
    agreements = {key: _paired(scheme, people[key], mentor, people["priya"]) for key, mentor in pairs}
    _half_agreed(agreements["joe"])
    for key in ("aisha", "wei", "nia", "leah", "marek", "ruth", "omar", "owen"):
        _agreed(agreements[key])
    _signed(agreements["aisha"], by=people["aisha"])
    for key in ("wei", "ruth", "nia", "omar", "leah", "owen"):
        _sealed(agreements[key])
    _proposed(agreements["nia"], {"notice": "5", "often": "every 2 weeks"})
    _sealed(_agreed_to(_proposed(agreements["omar"], {"notice": "7", "recording": "yes"})))
    _nearly_over(agreements["leah"], days=25)
    _renewed(agreements["owen"])
    _on_paper(agreements["marek"])
    stop(pair=agreements["ruth"].pair)
    _panel(scheme, people)
    introduce(request=_asked(scheme, people["elin"], 12), mentor=samuel, by=people["priya"])
    _asked(scheme, people["dai"], 9)


def _panel(scheme: Scheme, people: dict[str, Person]) -> None:
    """Let someone outside ask; the ended pair with its lasting boundaries is what there is to find."""
    grant_to_person(
        scheme=scheme,
        called="Appointments panel",
        email=people["jude"].email,
        reach=Reach.PANEL,
        last_day=timezone.localdate() + timedelta(days=365),
        by=people["priya"],
    )
    for about in ("ruth", "wei"):
        ask_conflict_check(
            asker=asker_in(people["jude"], scheme.slug),
            deciding=who(email=people["samuel"].email),
            decided_about=who(email=people[about].email),
            capacity=Capacity.PANEL,
            purpose="Appointing a ward manager",
        )


def _small_steps(people: dict[str, Person]) -> None:
    scheme = _open("Small Steps", "small-steps", "peer", people["anna"], solo=True)
    anna = Member.objects.get(scheme=scheme, person=people["anna"])
    accept_request(request=_asked(scheme, people["ben"], 20), mentor=anna)
    _introduced(Pair.objects.get(scheme=scheme), days_ago=15)
    _asked(scheme, people["carys"], 1)
    text = Template.objects.get(scheme=scheme).text
    newer = draft_from_text(scheme=scheme, text=text.replace(*LONGER))
    publish(template=newer, by=people["anna"])


def _open(name: str, slug: str, agreement: str, organiser: Person, *, solo: bool = False) -> Scheme:
    details = Details(
        name=name,
        slug=slug,
        contact_email=f"{slug}@demo.example",
        website=f"https://{slug}.example",
        urgent_help=URGENT,
        urgent_help_review_on=timezone.localdate() + timedelta(days=180),
        leave_button=agreement == "peer",
        solo=solo,
    )
    scheme = begin_scheme(details=details, agreement=agreement, by=organiser, capacity=4)
    publish(template=Template.objects.get(scheme=scheme), by=organiser)
    scheme.refresh_from_db()
    return scheme


def _mentor(scheme: Scheme, person: Person, capacity: int, offers: str) -> Member:
    return Member.objects.create(
        scheme=scheme, person=person, role=Joined.MENTOR, capacity=capacity, offers=offers
    )


def _asked(scheme: Scheme, person: Person, days_ago: int) -> Request:
    template = Template.objects.get(scheme=scheme)
    shown = as_shown(template)
    request = ask(
        template=template,
        person=person,
        asking=Asking(called=person.called, wish=WISHES.get(person.email.split("@")[0], "")),
        declarations=[declaration.term for declaration in template.wording().declarations],
        fingerprint=shown.fingerprint,
    )
    request.asked_at = timezone.now() - timedelta(days=days_ago)
    request.save(update_fields=["asked_at"])
    return request


def _paired(scheme: Scheme, mentee: Person, mentor: Member, organiser: Person) -> Agreement:
    introduction = introduce(request=_asked(scheme, mentee, 45), mentor=mentor, by=organiser)
    say_yes(introduction=introduction, by=mentor.person)
    say_yes(introduction=introduction, by=mentee)
    return Agreement.objects.select_related("pair__mentor", "pair__mentee").get(
        pair__mentor=mentor.person, pair__mentee=mentee
    )


def _fill(agreement: Agreement, field: str, typed: str) -> None:
    """Let the one whose blank it is write it; together, the mentor suggests and the mentee agrees."""
    pair = agreement.pair
    writer = pair.mentee if field.startswith("mentee-") else pair.mentor
    filling = suggest(agreement=agreement, field=field, typed=typed, seen=_seen(agreement, field), by=writer)
    if filling.suggested:
        agree(agreement=agreement, field=field, seen=filling.revision, by=pair.mentee)


def _seen(agreement: Agreement, field: str) -> int:
    return agreement.fillings.get(field=field).revision


def _names(agreement: Agreement) -> dict[str, str]:
    return {"mentor-name": agreement.pair.mentor.called, "mentee-name": agreement.pair.mentee.called}


def _agreed(agreement: Agreement) -> None:
    for field, typed in (_names(agreement) | TERMS).items():
        _fill(agreement, field, typed)


def _half_agreed(agreement: Agreement) -> None:
    for field in ("mentor-contact", "often", "phone"):
        _fill(agreement, field, TERMS[field])
    for field, typed, by in (
        ("notice", "3", agreement.pair.mentor),
        ("notes", "yes", agreement.pair.mentor),
        ("set-up", "mentor", agreement.pair.mentee),
    ):
        suggest(agreement=agreement, field=field, typed=typed, seen=_seen(agreement, field), by=by)


def _signed(agreement: Agreement, by: Person) -> None:
    fingerprint = standing_of(agreement).document.fingerprint
    sign(agreement=agreement, by=by, read=fingerprint, name=by.called)


def _sealed(agreement: Agreement) -> None:
    _signed(agreement, by=agreement.pair.mentor)
    _signed(agreement, by=agreement.pair.mentee)
    seal_agreement(agreement=agreement.pk)
    agreement.refresh_from_db()
    _introduced(agreement.pair, days_ago=33)  # they met before they signed


def _introduced(pair: Pair, *, days_ago: int) -> None:
    Pair.objects.filter(pk=pair.pk).update(introduced_at=timezone.now() - timedelta(days=days_ago))


def _proposed(agreement: Agreement, typed: dict[str, str]) -> Agreement:
    """Let the mentor propose a change to what is in force."""
    return propose(agreement=agreement, wanted=Wanted(typed=typed, words={}), by=agreement.pair.mentor)


def _agreed_to(proposal: Agreement) -> Agreement:
    return agree_to_change(agreement=proposal, seen=proposal.revision, by=proposal.pair.mentee)


def _nearly_over(agreement: Agreement, *, days: int) -> Renewal:
    """Let an agreement have been signed almost a year ago, and ask both whether they carry on."""
    pair = agreement.pair
    pair.refresh_from_db()
    until = timezone.localdate() + timedelta(days=days)
    began = timezone.now() - (months_after(until, 12) - until) + timedelta(days=days)
    Agreement.objects.filter(pk=agreement.pk).update(in_force_at=began)
    Pair.objects.filter(pk=pair.pk).update(introduced_at=began, in_force_from=began, until=until)
    pair.refresh_from_db()
    return ask_both(pair=pair, ends_on=until, until=months_after(until, 12))


def _renewed(agreement: Agreement) -> None:
    renewal = _nearly_over(agreement, days=10)
    both = list(people_of(agreement.pair).values())
    for person in both:
        answer(renewal=renewal, carries_on=True, by=person)
    text = standing_of(agreement).document.fingerprint
    for person in both:
        sign_renewal(renewal=renewal, by=person, read=text, name=person.called)
    seal_renewal(renewal=renewal.pk)


def _on_paper(agreement: Agreement) -> None:
    document = standing_of(agreement).document
    upload(
        agreement=agreement,
        by=agreement.pair.mentee,
        read=document.fingerprint,
        name="agreement-signed.pdf",
        content=typeset(document, when=timezone.now(), ruled=True),
        content_type="application/pdf",
    )
