"""Time zones are offered by the names they have today, and nobody loses the one they have."""

from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from ampersand.people.forms import zones
from ampersand.people.models import Person


def test_each_place_is_offered_once_by_its_name_of_today() -> None:
    names = [name for name, _words in zones()]
    assert {"Asia/Kolkata", "Europe/Kyiv", "Asia/Ho_Chi_Minh", "America/Nuuk", "UTC"} <= set(names)
    assert {"Asia/Calcutta", "Europe/Kiev", "Asia/Saigon", "America/Godthab", "GB", "Etc/GMT+5"}.isdisjoint(
        names
    )
    assert len(names) == len(set(names)) > 400
    assert all(ZoneInfo(name) for name in names)


@pytest.mark.django_db
def test_an_older_name_that_someone_has_stays_theirs(client: Client) -> None:
    mei = Person.objects.create(email="mei@example.org", called="Mei", time_zone="Asia/Calcutta")
    client.force_login(mei)
    assert '<option value="Asia/Calcutta" selected>' in client.get("/account/").content.decode()
    answers = {"called": "Mei", "time_zone": "Asia/Calcutta", "language": "en-gb", "mail_wish": "at_once"}
    assert client.post("/account/", answers).status_code == 302
    mei.refresh_from_db()
    assert mei.time_zone == "Asia/Calcutta"
