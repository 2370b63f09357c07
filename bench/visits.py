"""Fill one site and say what its visitors open. Runs in that site's own environment, and prints JSON.

python -m bench.visits --pairs 100 --visitors 16
"""

import argparse
import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from ampersand.agreements.models import Agreement, AgreementState  # noqa: E402
from ampersand.pairs.models import Pair, PairState  # noqa: E402
from ampersand.people.models import Person  # noqa: E402
from ampersand.schemes.models import Organiser  # noqa: E402
from bench.generate import generate  # noqa: E402

SLUG = "measured"
Visit = tuple[str, Person | None]


def visits(visitors: int) -> dict[str, list[Visit]]:
    """Give each page to be measured: its addresses, and who opens each of them."""
    organiser = Organiser.objects.get(scheme__slug=SLUG).person
    Authenticator.objects.create(user=organiser, type=Authenticator.Type.TOTP, data={"secret": "made up"})
    in_force = Pair.objects.filter(state=PairState.IN_FORCE).values_list("pk", flat=True)
    pairs = _spread(list(in_force), visitors)
    mentees = {pair.pk: pair.mentee for pair in Pair.objects.filter(pk__in=pairs).select_related("mentee")}
    filling = Agreement.objects.filter(state=AgreementState.FILLING)
    agreements = Agreement.objects.select_related("pair__mentee").in_bulk(
        _spread(list(filling.order_by("pk").values_list("pk", flat=True)), visitors)
    )
    return {
        "health": [("/health/", None)],
        "nothing": [("/nothing/", mentee) for mentee in mentees.values()],
        "home of a mentee": [("/", mentee) for mentee in mentees.values()],
        "public page of a scheme": [(f"/s/{SLUG}/", None)],
        "organiser's overview": [(f"/s/{SLUG}/organise/", organiser)],
        "agreement being filled in": [
            (f"/agreements/{pk}/", agreement.pair.mentee) for pk, agreement in agreements.items()
        ],
        "page of a pair": [(f"/pairs/{pk}/", mentee) for pk, mentee in mentees.items()],
    }


def _spread(ids: list[int], visitors: int) -> list[int]:
    """Choose visitors from the whole length of a list."""
    return sorted({ids[len(ids) * n // visitors] for n in range(visitors)})


def open_once(visit: Visit) -> tuple[dict[str, str], int]:
    """Open a page; give how to ask for it again, and how many questions it put to the database."""
    path, person = visit
    client = Client(SERVER_NAME="127.0.0.1")
    if person:
        client.force_login(person)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    cookie = "; ".join(f"{name}={kept.value}" for name, kept in client.cookies.items())  # all a browser keeps
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return {"path": path, "cookie": cookie}, len(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, required=True)
    parser.add_argument("--visitors", type=int, required=True)
    given = parser.parse_args()
    generate(pairs=given.pairs, slug=SLUG)
    told = {}
    for name, each in visits(given.visitors).items():
        open_once(each[0])  # what a process does only once is not counted
        opened = [open_once(visit) for visit in each]
        told[name] = {
            "visits": [how for how, _ in opened],
            "questions": sorted({count for _, count in opened}),
        }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
