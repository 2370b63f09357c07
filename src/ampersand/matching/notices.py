"""Letters about requests and introductions. Those about the agreement come from its own room."""

from ampersand.boundaries.queries.apart import apart_from
from ampersand.matching.models import Introduction, Request
from ampersand.matching.queries import place_in_line
from ampersand.people.models import Person
from ampersand.people.notices import letter_to
from ampersand.schemes.models import Scheme
from ampersand.schemes.notices import organisers_of


def _write(
    event: str, to: Person, scheme: Scheme, *, thread: str, urgent: bool = True, **context: object
) -> None:
    letter_to(
        to,
        event=event,
        context={"scheme": scheme, "to": to, **context},
        thread=thread,
        urgent=urgent,
        discreet=scheme.discreet,
    )


def tell_asked(request: Request) -> None:
    """Tell the mentee that we have their request, and the organisers that someone waits."""
    scheme, thread = request.scheme, f"request:{request.pk}"
    place = place_in_line(request)
    _write("matching/asked", request.mentee, scheme, thread=thread, request=request, place=place)
    for organiser in organisers_of(scheme):
        if organiser.pk != request.mentee_id:
            directly = scheme.solo and not apart_from(organiser, [request.mentee])
            event = "matching/asks_you" if directly else "matching/someone_asked"
            _write(event, organiser, scheme, thread=thread, urgent=scheme.solo, request=request)


def tell_withdrawn(request: Request) -> None:
    """Confirm to the mentee; tell the organisers that one fewer waits."""
    scheme, thread = request.scheme, f"request:{request.pk}"
    _write("matching/withdrawn", request.mentee, scheme, thread=thread)
    for organiser in organisers_of(scheme):
        if organiser.pk != request.mentee_id:
            _write(
                "matching/someone_withdrew", organiser, scheme, thread=thread, urgent=False, request=request
            )


def tell_introduced(introduction: Introduction) -> None:
    """Tell both that there is someone they could work with."""
    mentor, mentee = introduction.mentor.person, introduction.request.mentee
    for to, other, event in (
        (mentee, mentor, "matching/introduced_mentee"),
        (mentor, mentee, "matching/introduced_mentor"),
    ):
        _write(
            event,
            to,
            introduction.request.scheme,
            thread=f"introduction:{introduction.pk}",
            introduction=introduction,
            other=other,
        )


def tell_did_not_go_ahead(introduction: Introduction) -> None:
    """Tell both and the organisers, in the same words whoever closed it."""
    scheme, thread = introduction.request.scheme, f"introduction:{introduction.pk}"
    mentor, mentee = introduction.mentor.person, introduction.request.mentee
    _write("matching/not_ahead_mentee", mentee, scheme, thread=thread, request=introduction.request)
    _write("matching/not_ahead_mentor", mentor, scheme, thread=thread)
    for organiser in organisers_of(scheme):
        if organiser.pk not in {mentor.pk, mentee.pk}:
            _write(
                "matching/not_ahead_organiser",
                organiser,
                scheme,
                thread=thread,
                urgent=False,
                mentor=mentor,
                mentee=mentee,
            )


def tell_taken_back(introduction: Introduction, *, only_mentor: bool = False) -> None:
    """Tell the two that the introduction no longer stands."""
    scheme, thread = introduction.request.scheme, f"introduction:{introduction.pk}"
    _write("matching/not_ahead_mentor", introduction.mentor.person, scheme, thread=thread)
    if not only_mentor:
        mentee = introduction.request.mentee
        _write("matching/not_ahead_mentee", mentee, scheme, thread=thread, request=introduction.request)
