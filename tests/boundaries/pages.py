"""Pages of the conflict check, of leave to ask, and of everyone's own boundaries."""

from django.urls import reverse

from ampersand.boundaries.actions.declaring import declare_conflict, give_number
from ampersand.boundaries.models import Reach
from ampersand.journeys.ending import stop
from tests.boundaries.people import HANNAH, SAM, asked, bound, of_scheme, panel, token
from tests.pages import Shown, page

SLUG = "quiet-hours"


@page("boundaries:ask")
def asking() -> Shown:
    two = bound()
    asked(of_scheme(two), HANNAH, SAM)
    return Shown(reverse("boundaries:ask", args=[SLUG]), two.olive)


@page("boundaries:ask as panel")
def asking_outside() -> Shown:
    someone, _grant = panel(bound())
    return Shown(reverse("boundaries:ask", args=[SLUG]), someone)


@page("dashboard:home of a panel")
def home_of_a_panel() -> Shown:
    someone, _grant = panel(bound())
    return Shown("/", someone)


@page("boundaries:list")
def listing() -> Shown:
    return Shown(reverse("boundaries:list", args=[SLUG]), bound().olive)


@page("boundaries:list one at a time")
def no_lists() -> Shown:
    someone, _grant = panel(bound(), Reach.ONE)
    return Shown(reverse("boundaries:list", args=[SLUG]), someone)


@page("boundaries:panels")
def panels() -> Shown:
    two = bound()
    panel(two)
    token(two)
    return Shown(reverse("boundaries:panels", args=[SLUG]), two.olive)


@page("boundaries:panels nobody yet")
def no_panels() -> Shown:
    return Shown(reverse("boundaries:panels", args=[SLUG]), bound().olive)


@page("boundaries:mine")
def mine() -> Shown:
    two = bound()
    asked(of_scheme(two), HANNAH, SAM)
    return Shown(reverse("boundaries:mine"), two.hannah)


@page("boundaries:mine nothing yet")
def nothing_yet() -> Shown:
    return Shown(reverse("boundaries:mine"), bound().outsider)


@page("boundaries:apart")
def apart() -> Shown:
    two = bound()
    declare_conflict(by=two.sam, written="boss@work.example", own_word="the one upstairs")
    return Shown(reverse("boundaries:apart"), two.sam)


@page("boundaries:number")
def number() -> Shown:
    two = bound()
    give_number(person=two.hannah, number="1234567")
    return Shown(reverse("boundaries:number"), two.hannah)


@page("journeys:pair with boundaries")
def pair() -> Shown:
    two = bound()
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.sam)


@page("journeys:pair ended, with boundaries")
def ended() -> Shown:
    two = bound()
    stop(pair=two.pair)
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.hannah)
