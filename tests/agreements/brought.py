"""A paper such as a scheme may bring, in words of our own; and a scheme that has brought it."""

import pytest

from ampersand.agreements.actions.bringing import bring
from ampersand.agreements.models import Template
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme
from ampersand.wording.reading.child import read_here

PAPER = """Garden mentoring agreement

Mentor: ______________________
Mentee: ______________________

Please talk this through when you first meet, before you sign it.

1. Meetings

We plan to meet every ____________.
The mentor/mentee will be responsible for arranging each meeting.
Whoever cannot come gives at least ____ days' notice.
A meeting lasts 45 minutes.

2. Notes and trust

Notes will/will not be kept with the mentor. If made they name nobody and are stored securely.
What is said is confidential, unless someone is in serious danger.
Find our safety guide on the website - - and keep it.

3. Ending

Either of us may end this at any time and will not be asked to give a reason.

Date of issue: ____________

Signed (mentor): ______________________
Signed (mentee): ______________________

Date of renewal: ____________

Signed (mentor): ______________________
Signed (mentee): ______________________
"""


def garden_draft(scheme: Scheme, by: Person) -> Template:
    """Let a scheme bring the paper."""
    return bring(scheme=scheme, reading=read_here(PAPER.encode(), "garden.txt"), name="garden.txt", by=by)


@pytest.fixture
def garden(peer_scheme: Scheme, organiser: Person) -> Template:
    """A draft of version 2 that was brought and not yet corrected."""
    return garden_draft(peer_scheme, organiser)


@pytest.fixture
def two_addresses(peer_scheme: Scheme, organiser: Person) -> Template:
    """A draft of a paper that asks twice how to reach the mentor, and once for a day."""
    asked = "Write to the mentor at ________ (e-mail).\nCall the mentor at ________ (telephone).\n"
    paper = PAPER.replace("A meeting lasts 45 minutes.\n", asked + "It all begins on ________ (date).\n")
    return bring(scheme=peer_scheme, reading=read_here(paper.encode(), "asks.txt"), by=organiser)
