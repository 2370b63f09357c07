"""Between the two signatures nothing that one has signed can be seen, by anyone, anywhere."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from ampersand.agreements.models import Copy
from ampersand.notifications.models import Enclosure, Letter
from ampersand.people.models import Person
from tests.agreements.people import Two
from tests.agreements.visiting import HTMX, as_, url
from tests.figures import Figure
from tests.second_step import give_second_step

MARK = "Hannah Unmistakable Ito"


def addresses(two: Two) -> list[str]:
    """Give every address of the site that an id can be put into."""
    numbers = {"pk": two.agreement.pk, "scan": 1, "field": "notice", "slug": two.scheme.slug}

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> list[str]:
        found = []
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                found += walk(pattern.url_patterns, route)
            elif "^" not in route:
                found.append(route)
        return found

    filled = []
    for route in walk(get_resolver().url_patterns, "/"):
        for name, value in numbers.items():
            for kind in ("int:", "slug:", "str:", ""):
                route = route.replace(f"<{kind}{name}>", str(value))
        if "<" not in route:
            filled.append(route)
    return filled


@pytest.fixture
def half_signed(ready: Two) -> Two:
    ready.hannah.called = MARK
    ready.hannah.save()
    ready.sign(ready.hannah)
    ready.hannah.called = "Hannah"
    ready.hannah.save()
    return ready


def test_every_address_as_every_role_between_the_signatures(half_signed: Two, figure: Figure) -> None:
    give_second_step(half_signed.olive)
    people: list[Person | None] = [
        None,
        half_signed.outsider,
        half_signed.olive,
        half_signed.sam,
    ]
    asked = 0
    for person in people:
        client = as_(person) if person else Client()
        for address in addresses(half_signed):
            if "sign-out" in address or "demo" in address:
                continue
            response = client.get(address)
            asked += 1
            content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            assert MARK.encode() not in content, address
            if response.get("Content-Type", "").startswith("application/pdf"):
                assert b"Unmistakable" not in content
    assert asked > 100
    figure("addresses asked between the two signatures", f"{asked}, none with a signature")


def test_the_other_is_told_nothing_by_their_own_page(half_signed: Two) -> None:
    before = as_(half_signed.sam).get(url("agreement", half_signed)).content.decode()
    assert "has signed" not in before
    assert (
        as_(half_signed.sam)
        .get(url("changes", half_signed) + f"?since={half_signed.fresh().revision}", headers=HTMX)
        .status_code
        == 204
    )


def test_signing_first_moves_nothing_that_the_other_can_see(ready: Two) -> None:
    revision = ready.fresh().revision
    letters = Letter.objects.count()
    ready.sign(ready.hannah)
    assert ready.fresh().revision == revision
    assert Letter.objects.count() == letters
    assert Enclosure.objects.count() == 0
    assert Copy.objects.count() == 0


def test_the_signer_reads_that_the_other_is_awaited(half_signed: Two) -> None:
    page = as_(half_signed.hannah).get(url("agreement", half_signed)).content.decode()
    assert "Waiting for Sam" in page
    assert MARK not in page


def test_the_sealed_copy_goes_to_the_two_and_the_organisers_alone(in_force: Two) -> None:
    address = url("copy", in_force)
    for person in (in_force.hannah, in_force.sam, give_second_step(in_force.olive)):
        response = as_(person).get(address)
        assert response.content == bytes(in_force.fresh().copy.pdf)
        assert "no-store" in response["Cache-Control"]
        assert response["Content-Disposition"].startswith("attachment")
    assert as_(in_force.outsider).get(address).status_code == 404
    assert Client().get(address).status_code == 302
