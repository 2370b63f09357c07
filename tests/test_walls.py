"""Who may open what: every view, method and role, at every stage of a pair's life.

The table below says who is let in. Everyone else must find nothing there: 404, or the way to sign in
for those who have not. A view that is not in the table fails the test, and so does one more person.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import time, timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, resolve, reverse
from django.utils import timezone
from pytest_django import Settings

from ampersand.agreements.models import Agreement, Renewal
from ampersand.boundaries.actions.declaring import declare_conflict
from ampersand.boundaries.models import CheckGrant
from ampersand.matching.models import Introduction, Request
from ampersand.meetings.models import Meeting, Subscription, Suggestion, WeeklyTime
from ampersand.people.access import open_to
from ampersand.people.models import Knock, Person
from ampersand.schemes.models import Invitation, Member
from tests.cast import give_second_step, sign_in
from tests.figures import Figure

ROLES = ("anonymous", "outsider", "mentee", "mentor", "other", "organiser", "foreign", "operator", "panel")
ANYONE = " ".join(ROLES)
SIGNED_IN = ANYONE.replace("anonymous ", "")
TWO = "mentee mentor"
MEMBERS = "mentee mentor other"
STAGES = {  # the two people of each stage, and somebody of another pair in the same scheme
    "agreeing": ("joe", "hannah", "marek"),
    "one signature": ("aisha", "hannah", "marek"),
    "in force": ("wei", "hannah", "marek"),
    "change proposed": ("nia", "hannah", "marek"),
    "changed": ("omar", "samuel", "wei"),
    "on paper": ("marek", "samuel", "wei"),
    "asked": ("leah", "hannah", "marek"),
    "renewed": ("owen", "samuel", "wei"),
    "ended": ("ruth", "samuel", "wei"),
    "erased": ("ruth", "samuel", "wei"),
    "introduced": ("elin", "samuel", "wei"),
    "waiting": ("dai", "hannah", "wei"),
}
OPEN = ("agreeing", "one signature", "on paper")
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@dataclass(frozen=True)
class Row:
    """Who is let in to one view, by method; and at which stages it must then really answer."""

    get: str = ""
    post: str = ""
    about: str = ""  # agreement, change (to one), request or introduction: where it lies at a stage
    stages: tuple[str, ...] = ("agreeing",)
    more: dict[str, object] = field(default_factory=dict)


def organisers(get: str = "organiser", post: str = "", **more: object) -> Row:
    return Row(get=get, post=post, more={"slug": "harbour", **more})


WALLS: dict[str, Row] = {
    "health": Row(get=ANYONE),
    "dashboard:home": Row(get=ANYONE),
    "dashboard:new_scheme": Row(get=SIGNED_IN, post=SIGNED_IN),
    "dashboard:overview": organisers(),
    "dashboard:people": organisers(),
    "dashboard:details": organisers(post="organiser"),
    "dashboard:close": organisers(get="", post="organiser"),
    "dashboard:reopen": organisers(get="", post="organiser"),
    "dashboard:agreement": organisers(),
    "dashboard:draft": organisers(get="", post="organiser"),
    "dashboard:version": organisers(number=1),
    "dashboard:edit": organisers(post="organiser"),
    "dashboard:changes": organisers(number=1),
    "dashboard:publish": organisers(get="", post="organiser", number=1),
    "dashboard:published": organisers(number=1),
    "dashboard:preview": organisers(),
    "matching:scheme": Row(get=ANYONE, more={"slug": "harbour"}),
    "matching:declare": Row(get=ANYONE, post=ANYONE, more={"slug": "harbour"}),
    "matching:ask": Row(get=SIGNED_IN, post=SIGNED_IN, more={"slug": "harbour", "step": "name"}),
    "matching:not_now": Row(get=ANYONE, more={"slug": "harbour"}),
    "matching:mentoring": Row(get="mentor", post="mentor", more={"slug": "harbour"}),
    "matching:introduce": Row(
        get="organiser", post="organiser", about="request", stages=("waiting",), more={"slug": "harbour"}
    ),
    "matching:request": Row(get="mentee organiser", about="request", stages=("waiting", "introduced")),
    "matching:withdraw": Row(post="mentee", about="request", stages=("waiting",)),
    "matching:introduction": Row(
        get="mentee mentor organiser", about="introduction", stages=("introduced", "agreeing")
    ),
    "matching:answer": Row(post=TWO, about="introduction", stages=("introduced",)),
    "matching:take_back": Row(
        post="organiser", about="introduction", stages=("introduced",), more={"slug": "harbour"}
    ),
    # The address is the secret: whoever has it, signed in or not. Nobody's is this one.
    "meetings:feed": Row(more={"token": "of-nobody"}),
    "people:sign_in": Row(get=ANYONE, post=ANYONE),
    "people:enter_code": Row(get=ANYONE, post=ANYONE, stages=()),
    "people:send_new_code": Row(post=ANYONE, stages=()),
    "people:sign_out": Row(post=ANYONE),
    "people:signed_out": Row(get=ANYONE),
    "people:account": Row(get=SIGNED_IN, post=SIGNED_IN),
    "people:sessions": Row(get=SIGNED_IN),
    "people:end_session": Row(more={"pk": 0}),
    "people:end_others": Row(post=SIGNED_IN),
    "people:history": Row(get=SIGNED_IN),
    "people:my_data": Row(get=SIGNED_IN, post=SIGNED_IN),
    "people:dead_letters": Row(get="operator"),
    "people:send_letter_again": Row(more={"pk": 0}),
    "people:send_all_letters_again": Row(post="operator", more={"which": "held"}),
    "people:picture_to_scan": Row(),
    "account_login": Row(get=ANYONE, post=ANYONE),
    "account_inactive": Row(get=ANYONE),
    "mfa_authenticate": Row(get=ANYONE, post=ANYONE, stages=()),
    "mfa_login_webauthn": Row(get=ANYONE, post=ANYONE, stages=()),
    "agreements:check_copy": Row(get=ANYONE, post=ANYONE),
    "agreements:agreement": Row(get=TWO, about="agreement", stages=(*OPEN, "in force", "ended", "erased")),
    "agreements:changes": Row(get=TWO, about="agreement", stages=OPEN),
    "agreements:blank": Row(get=TWO, post=TWO, about="agreement", more={"field": "notice"}),
    "agreements:close_blank": Row(get=TWO, about="agreement", more={"field": "notice"}),
    "agreements:agree": Row(post=TWO, about="agreement", more={"field": "notice"}),
    "agreements:take_back": Row(post=TWO, about="agreement", more={"field": "notice"}),
    "agreements:sign": Row(get=TWO, post=TWO, about="agreement", stages=OPEN),
    "agreements:by_hand": Row(get=TWO, post=TWO, about="agreement", stages=OPEN),
    "agreements:paper": Row(get=TWO, about="agreement", stages=("one signature", "on paper")),
    "agreements:scan": Row(get=TWO, about="agreement", stages=("on paper",), more={"scan": "scan"}),
    # Whoever uploaded the scan is told that the other answers.
    "agreements:answer_scan": Row(post=TWO, about="agreement", stages=("on paper",), more={"scan": "scan"}),
    "agreements:on_screen": Row(post=TWO, about="agreement", stages=("on paper",)),
    "agreements:copy": Row(
        get="mentee mentor organiser", about="agreement", stages=("in force", "ended", "erased")
    ),
    "agreements:bring": organisers(post="organiser"),
    "agreements:found": organisers(),
    "agreements:correct": organisers(get="", post="organiser"),
    "agreements:undo_correction": organisers(get="", post="organiser"),
    "agreements:redo_correction": organisers(get="", post="organiser"),
    "agreements:terms": organisers(post="organiser"),
    "agreements:throw_draft_away": organisers(get="", post="organiser"),
    "agreements:take_draft_up": organisers(get="", aside=0),
    "agreements:change": Row(get=TWO, post=TWO, about="agreement", stages=("in force", "change proposed")),
    "agreements:newer": Row(get=TWO, post=TWO, about="agreement", stages=("in force",)),
    "agreements:move": Row(get=TWO, post=TWO, about="agreement", stages=("in force",)),
    "agreements:comparison": Row(get=TWO, about="change", stages=("change proposed", "changed")),
    "agreements:otherwise": Row(get=TWO, post=TWO, about="change", stages=("change proposed",)),
    "agreements:agree_to_proposal": Row(post=TWO, about="change", stages=("change proposed",)),
    "agreements:leave_as_it_was": Row(post=TWO, about="change", stages=("change proposed",)),
    "agreements:versions": Row(get=TWO, about="pair", stages=("in force", "changed", "ended")),
    "journeys:pairs": Row(get=SIGNED_IN),
    "journeys:pair": Row(get="mentee mentor organiser", about="pair", stages=(*OPEN, "in force", "ended")),
    "journeys:stop": Row(get=TWO, post=TWO, about="pair", stages=(*OPEN, "in force")),
    "journeys:undo": Row(post=TWO, about="pair", stages=("ended",)),
    "journeys:stop_one": Row(get=SIGNED_IN),
    "journeys:end_for_them": Row(
        get="organiser",
        post="organiser",
        about="pair",
        stages=(*OPEN, "in force"),
        more={"slug": "harbour"},
    ),
    "journeys:undo_for_them": Row(
        post="organiser", about="pair", stages=(*OPEN, "in force", "ended"), more={"slug": "harbour"}
    ),
    "journeys:carry_on": Row(get=TWO, post=TWO, about="pair", stages=(*OPEN, "in force", "asked")),
    "agreements:sign_renewal": Row(get=TWO, post=TWO, about="pair", stages=(*OPEN, "in force", "asked")),
    "agreements:renewal_copy": Row(get="mentee mentor organiser", about="renewal", stages=("renewed",)),
    "schemes:invitation": Row(more={"token": "of-nobody"}),
    "schemes:accept_invitation": Row(more={"token": "of-nobody"}),
    "schemes:join": Row(more={"token": "of-nobody", "step": "name"}),
    "schemes:joined": Row(get=SIGNED_IN, more={"slug": "harbour"}),
    "schemes:invitations": organisers(post="organiser"),
    "schemes:send_again": organisers(get="", post="organiser", pk="invitation"),
    "schemes:withdraw": organisers(get="", post="organiser", pk="invitation"),
    "matching:asks_you": Row(get="", post="", about="request", stages=("waiting",)),
    "meetings:meeting": Row(get=TWO, about="meeting", stages=("in force", "ended")),
    "meetings:outcome": Row(post=TWO, about="meeting", stages=("in force", "ended")),
    "meetings:join": Row(get=TWO, about="meeting", stages=("in force", "ended"), more={"token": "way in"}),
    "boundaries:ask": organisers(get="organiser panel", post="organiser panel"),
    "boundaries:list": organisers(get="organiser panel", post="organiser panel"),
    "boundaries:panels": organisers(post="organiser"),
    "boundaries:withdraw": organisers(get="", post="organiser", pk="grant"),
    "boundaries:mine": Row(get=SIGNED_IN),
    "boundaries:apart": Row(get=SIGNED_IN, post=SIGNED_IN),
    "boundaries:take_back": Row(post="mentor", stages=("agreeing",), more={"pk": "conflict"}),
    "boundaries:number": Row(get=SIGNED_IN, post=SIGNED_IN),
    # Programs bring a token; nobody's browser opens these.
    "boundaries:api_check": Row(),
    "boundaries:api_list": Row(),
    "meetings:times": Row(get=SIGNED_IN, post=SIGNED_IN),
    "meetings:calendars": Row(get=SIGNED_IN, post=SIGNED_IN),
    "meetings:new_feed": Row(post=SIGNED_IN),
    "meetings:look_again": Row(post="mentor", stages=("agreeing",), more={"pk": "calendar"}),
    "meetings:unsubscribe": Row(post="mentor", stages=("agreeing",), more={"pk": "calendar"}),
    "meetings:wishes": Row(get=SIGNED_IN, post=SIGNED_IN),
    "meetings:remove_time": Row(post="mentor", stages=("agreeing",), more={"kind": "weekly", "pk": "weekly"}),
    "meetings:meetings": Row(get=TWO, about="pair", stages=(*OPEN, "in force", "ended")),
    "meetings:book": Row(get=TWO, post=TWO, about="pair", stages=(*OPEN, "in force", "ended")),
    "meetings:suggest": Row(get=TWO, post=TWO, about="pair", stages=(*OPEN, "in force", "ended")),
    "meetings:pick": Row(get=TWO, post=TWO, about="suggestion", stages=("in force", "ended")),
    "meetings:withdraw": Row(post=TWO, about="suggestion", stages=("in force", "ended")),
    "meetings:booked": Row(get=TWO, about="meeting", stages=("in force", "ended")),
    "meetings:cancel": Row(get=TWO, post=TWO, about="meeting", stages=("in force", "ended")),
    "meetings:move": Row(get=TWO, post=TWO, about="meeting", stages=("in force", "ended")),
    "meetings:place": Row(get=TWO, post=TWO, about="meeting", stages=("in force", "ended")),
    "leaving:leave": Row(get=SIGNED_IN, post=SIGNED_IN),
    "leaving:left": Row(get=ANYONE),
    "leaving:leave_scheme": Row(get=MEMBERS, post=MEMBERS, more={"slug": "harbour"}),
    "leaving:left_scheme": Row(more={"slug": "harbour"}),
    "leaving:remove": organisers(post="organiser", pk="member"),
    "privacy": Row(get=ANYONE),
    "accessibility": Row(get=ANYONE),
}
SECOND_STEP = """
    mfa_index mfa_reauthenticate mfa_reauthenticate_webauthn mfa_activate_totp mfa_deactivate_totp
    mfa_view_recovery_codes mfa_generate_recovery_codes mfa_download_recovery_codes
    mfa_list_webauthn mfa_add_webauthn
"""
WALLS |= {name: Row(get=SIGNED_IN, post=SIGNED_IN, stages=()) for name in SECOND_STEP.split()}
# A passkey of nobody's: whoever has a second step is first asked for it again.
HAVE_ONE = "organiser foreign operator panel"
WALLS |= {
    name: Row(get=HAVE_ONE, post=HAVE_ONE, stages=(), more={"pk": 0})
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
}


class Browsers(dict[str, Client]):
    """Everyone's browser: who is needed for the first time signs in."""

    def __init__(self) -> None:
        super().__init__(anonymous=Client(raise_request_exception=False))
        Person.objects.create(email="operator@demo.example", called="Op", is_operator=True)

    def __missing__(self, key: str) -> Client:
        someone = Person.objects.get(email=f"{key}@demo.example")
        if key in {"priya", "anna", "jude", "operator"}:
            give_second_step(someone)
        self[key] = sign_in(Client(raise_request_exception=False), someone)
        return self[key]


@dataclass
class World:
    """The demo's cast, each with a browser, and where things lie at each stage."""

    browsers: Browsers
    places: dict[tuple[str, str], int]
    ways_in: dict[int, str]
    scan: int
    invitation: int
    member: int
    grant: int
    conflict: int
    weekly: int
    calendar: int

    def who(self, role: str, stage: str) -> Client:
        mentee, mentor, other = STAGES[stage]
        people = {"mentee": mentee, "mentor": mentor, "other": other}
        people |= {"outsider": "noor", "organiser": "priya", "foreign": "anna", "panel": "jude"}
        return self.browsers[people.get(role, role)]

    def address(self, view: str, row: Row, stage: str) -> str | None:
        """Give where a view lies at a stage, or nothing if there is no such thing then."""
        kwargs = dict(row.more)
        if row.about:
            if (row.about, stage) not in self.places:
                return None
            kwargs["pk"] = self.places[row.about, stage]
        if kwargs.get("token") == "way in":
            kwargs = {"token": self.ways_in[self.places["meeting", stage]]}
        if kwargs.get("scan"):
            kwargs["scan"] = self.scan
        if kwargs.get("pk") in ("invitation", "member", "grant", "conflict", "weekly", "calendar"):
            kwargs["pk"] = getattr(self, str(kwargs["pk"]))
        return reverse(view, kwargs=kwargs)


@pytest.fixture
def world(told: None) -> World:
    places: dict[tuple[str, str], int] = {}
    for stage, (mentee, _mentor, _other) in STAGES.items():
        email = f"{mentee}@demo.example"
        for agreement in Agreement.objects.filter(pair__mentee__email=email):
            what = "change" if agreement.predecessor_id else "agreement"
            places[what, stage], places["pair", stage] = agreement.pk, agreement.pair_id
        for renewal in Renewal.objects.filter(pair__mentee__email=email):
            places["renewal", stage] = renewal.pk
        for request in Request.objects.filter(mentee__email=email):
            places["request", stage] = request.pk
        for introduction in Introduction.objects.filter(request__mentee__email=email):
            places["introduction", stage] = introduction.pk
        if stage in {"in force", "ended", "erased"}:
            places["meeting", stage] = a_meeting_of(places["pair", stage]).pk
            times = Suggestion.objects.filter(pair=places["pair", stage], state="open").first()
            times = times or Suggestion.objects.create(
                pair_id=places["pair", stage], by="mentor", way="video"
            )
            places["suggestion", stage] = times.pk
    paper = Agreement.objects.get(pk=places["agreement", "on paper"])
    invitation = Invitation.objects.create(
        scheme=paper.pair.scheme,
        email="new@example.org",
        invited_as="mentor",
        token_hash="0" * 64,
        expires_at=paper.opened_at.replace(year=paper.opened_at.year + 1),
    )
    member = Member.objects.get(person__called="Dai").pk
    grant = CheckGrant.objects.get()
    hannah = Person.objects.get(email="hannah@demo.example")
    conflict = declare_conflict(by=hannah, written="x@example.org")
    weekly = WeeklyTime.objects.create(
        person=hannah, weekday=0, since=time(9), until=time(10), zone="Europe/London"
    )
    calendar = Subscription.objects.create(person=hannah, name="work", address="https://x.example/")
    scan = paper.scans.get().pk
    ways_in = dict(Meeting.objects.values_list("pk", "join_token"))
    rest = (scan, invitation.pk, member, grant.pk, conflict.pk, weekly.pk, calendar.pk)
    return World(Browsers(), places, ways_in, *rest)


def a_meeting_of(pair: int) -> Meeting:
    """Give a meeting of a pair that is still to come, whatever became of the pair."""
    soon = timezone.now() + timedelta(days=40)
    return Meeting.objects.create(
        pair_id=pair,
        state="booked",
        starts=soon,
        ends=soon + timedelta(minutes=30),
        zone="UTC",
        agreed_day=soon.date(),
        agreed_time=soon.time(),
        way="video",
        minutes=30,
        booked_by="mentee",
        booked_at=timezone.now(),
    )


def named_views(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{before}{pattern.namespace}:" if pattern.namespace else before
            yield from named_views(pattern.url_patterns, inside)
        else:
            yield f"{before}{pattern.name}"


def unlisted() -> set[str]:
    return {name for name in named_views(get_resolver().url_patterns) if not name.startswith("demo:")} - set(
        WALLS
    )


def knock(browser: Client, method: str, address: str) -> HttpResponse:
    """Ask for something and undo whatever it did, signing out included."""
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        answer: HttpResponse = browser.generic(method, address)  # type: ignore[assignment]
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer


def is_nothing_there(browser: Client, answer: HttpResponse) -> bool:
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
    return answer.status_code in {401, 404, 405} or (not browser.cookies and to_sign_in)


def surprises(world: World, walls: dict[str, Row], stage: str) -> Iterator[str]:
    """Knock on every door as everyone, and tell of each that opens, stays shut or breaks against the table.

    Whoever may see a page may also post to it in vain: that is not judged.
    """
    for view, row in walls.items():
        address = world.address(view, row, stage)
        for method, allowed in (("GET", row.get), ("POST", row.post)) if address else ():
            for role in ROLES:
                browser = world.who(role, stage)
                answer = knock(browser, method, address)
                nothing = is_nothing_there(browser, answer)
                told = f"{method} {view} by {role}, {stage}: {answer.status_code}"
                if answer.status_code >= 500:
                    yield f"{told} (broke)"
                elif role not in f"{allowed} {row.get if method == 'POST' else ''}".split() and not nothing:
                    yield f"{told} (let in)"
                elif role in allowed.split() and nothing and stage in row.stages:
                    yield f"{told} (kept out)"


def answered_otherwise(
    world: World,
    walls: dict[str, Row],
    stage: str,
    roles_of: Callable[[Row], Iterable[str]],
    methods: Iterable[str] = OTHER_METHODS,
) -> Iterator[str]:
    """Tell of each door at which anything else than reading and POST is answered, or reading changes things.

    HEAD must tell what GET tells, without its words: it once fell through to what POST does.
    """
    for view, row in walls.items():
        address = world.address(view, row, stage)
        for role in roles_of(row) if address else ():
            browser = world.who(role, stage)
            for method in methods:
                answer = knock(browser, method, address)
                if not is_nothing_there(browser, answer):
                    yield f"{method} {view} by {role}, {stage}: {answer.status_code}"
            before = rows_written()
            read, asked = (knock(browser, method, address) for method in ("GET", "HEAD"))
            told = f"{view} by {role}, {stage}: {read.status_code}, HEAD {asked.status_code}"
            if (asked.status_code, asked.content) != (read.status_code, b""):
                yield f"{told} (told apart)"
            if rows_written() != before:
                yield f"{told} (wrote)"


def rows_written() -> int:
    """Count what this transaction has written, undone or not, but for sessions and counts of tries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"
            " WHERE relname <> ALL (%s)",
            [["django_session", "usersessions_usersession", "ampersand_cache", Knock._meta.db_table]],
        )
        return int(cursor.fetchone()[0])


def to_be_tried(stage: str) -> dict[str, Row]:
    """Give the views to try at a stage: what is not about one pair is the same at each, and tried once."""
    return {name: row for name, row in WALLS.items() if row.about or stage == "agreeing"}


def likeliest(row: Row) -> list[str]:
    """Name a stranger, and the first who may do anything there: if any are let in, they are."""
    return ["outsider", *f"{row.post} {row.get}".split()[:1]]


def test_every_view_is_in_the_table() -> None:
    assert unlisted() == set()


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "erased"])
def test_everyone_finds_only_what_is_theirs(world: World, stage: str, figure: Figure) -> None:
    found = list(surprises(world, to_be_tried(stage), stage))
    figure(f"surprises at the walls, {stage}", len(found), goal="0")
    assert found == [], "\n".join(found)


def test_nobody_is_let_in_by_another_method(world: World) -> None:
    """Each view at one stage, as a stranger and as one of its own; everyone, everywhere in `make prove`."""
    found, left = [], dict(WALLS)
    for stage in STAGES:
        here = {name: row for name, row in left.items() if world.address(name, row, stage)}
        found += list(answered_otherwise(world, here, stage, likeliest, ("PUT", "OPTIONS")))
        left = {name: row for name, row in left.items() if name not in here}
    assert found == [], "\n".join(found)


def test_an_address_that_can_be_nobodys_is_answered_as_nobodys(world: World) -> None:
    """Numbers larger than any, words that no column takes: there is nothing there, and nothing breaks."""
    found = []
    for view, row in WALLS.items():
        address = world.address(view, row, (*row.stages, "agreeing")[0])
        match = resolve(address) if address else None
        for name, value in match.kwargs.items() if match else ():
            for never in (str(2**63), "9" * 30) if isinstance(value, int) else ("%00",):
                rest = {each: str(known) for each, known in match.kwargs.items()} | {name: never}
                odd = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", match.route).format(**rest)
                for method, allowed in (("GET", row.get), ("POST", row.post)):
                    browser = world.who([*allowed.split(), "outsider"][0], "agreeing")
                    answer = knock(browser, method, odd)
                    again = view.endswith("_webauthn") and answer.status_code == 302  # to the second step
                    if not again and not is_nothing_there(browser, answer):
                        found.append(f"{method} {view} with {name} {never[:9]}: {answer.status_code}")
    assert found == [], "\n".join(found)


@pytest.mark.prove
@pytest.mark.parametrize("stage", STAGES)
def test_nobody_at_all_is_let_in_by_another_method_at_any_stage(world: World, stage: str) -> None:
    found = list(answered_otherwise(world, to_be_tried(stage), stage, lambda _row: ROLES))
    assert found == [], "\n".join(found)


def test_after_an_erasure_nobody_finds_more_than_before(world: World, figure: Figure) -> None:
    call_command("person", "erase", "ruth@demo.example")
    world.browsers["ruth"] = Client(raise_request_exception=False)
    walls = {name: row for name, row in WALLS.items() if row.about}
    found = [told for told in surprises(world, walls, "erased") if "(kept out)" not in told]
    figure("surprises at the walls, erased", len(found), goal="0")
    assert found == [], "\n".join(found)


def test_a_view_that_is_not_in_the_table_is_caught(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert "careless" in unlisted()


def test_a_view_that_lets_anyone_in_is_caught(world: World, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    careless_row = {"careless": Row(get=TWO, about="agreement")}
    found = list(surprises(world, careless_row, "agreeing"))
    assert [told for told in found if "outsider" in told and "(let in)" in told]
    assert [told for told in found if "organiser" in told and "(let in)" in told]
    heedless_row = {"heedless": Row(get=TWO, about="agreement")}
    found = [told.split()[0] for told in answered_otherwise(world, heedless_row, "agreeing", likeliest)]
    assert found == [*OTHER_METHODS, "heedless"] * 2


@open_to("the two people whose agreement it is")
def careless(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch past `visible_to`, as nobody should."""
    return HttpResponse(str(Agreement.objects.get(pk=pk).scheme_values))


def heedless(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer to whatever method, and change something where it is not GET."""
    if request.method == "GET":
        return HttpResponse("What would change?")
    Person.objects.update(called="Anyone")
    return HttpResponse()


urlpatterns = [
    path("careless/<int:pk>/", careless, name="careless"),
    path("heedless/<int:pk>/", heedless, name="heedless"),
]
