"""Who is in the demo. Everyone is made up."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DOMAIN = "demo.example"


@dataclass(frozen=True)
class Role:
    """Someone to be in the demo: a name, and where in the story they stand."""

    key: str
    called: str
    stands: str | Promise

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


HARBOUR = [
    Role("priya", "Priya", _("runs Harbour Mentoring, where agreements are signed")),
    Role("tom", "Tom", _("runs it with her")),
    Role(
        "hannah",
        "Hannah",
        _("mentor: one agreement to fill in, one to sign, one in force, one to change; a meeting tomorrow"),
    ),
    Role("samuel", "Samuel", _("mentor: somebody new has been introduced to him")),
    Role(
        "joe",
        "Joe",
        _("mentee: filling in the agreement with Hannah; a first meeting is booked to go through it"),
    ),
    Role("aisha", "Aisha", _("mentee: has signed, and Hannah has not yet")),
    Role(
        "wei", "Wei", _("mentee: holds a sealed agreement with Hannah, and meets her tomorrow by telephone")
    ),
    Role(
        "nia", "Nia", _("mentee: Hannah proposes to change their agreement; did their last meeting happen?")
    ),
    Role(
        "omar",
        "Omar",
        _("mentee: holds the second version of his agreement with Samuel; they differ about one meeting"),
    ),
    Role("elin", "Elin", _("mentee: has been introduced to Samuel")),
    Role("marek", "Marek", _("mentee: signed on paper with Samuel; the scan waits for Samuel’s word")),
    Role("leah", "Leah", _("mentee: her year with Hannah is nearly over; does she carry on?")),
    Role("owen", "Owen", _("mentee: he and Samuel have renewed their agreement")),
    Role("ruth", "Ruth", _("mentee: her mentoring has ended")),
    Role("jude", "Jude", _("sits on no pair: asks conflict checks for a panel, and may do nothing else")),
    Role("dai", "Dai", _("mentee: waiting for a mentor")),
]
SMALL_STEPS = [
    Role("anna", "Anna", _("runs Small Steps alone and is its only mentor")),
    Role("ben", "Ben", _("mentee: agreed by asking; Anna suggests three times for their second meeting")),
    Role("carys", "Carys", _("mentee: has just asked")),
]
NOBODY_YET = [Role("noor", "Noor", _("has an account and nothing else"))]
EVERYONE = [*HARBOUR, *SMALL_STEPS, *NOBODY_YET]
