"""The pages of a pair: for the two, for their organisers, and of stopping."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from ampersand.agreements.actions.renewing import ask_both
from ampersand.agreements.tasks import seal_agreement, seal_renewal
from ampersand.journeys.ending import stop
from ampersand.journeys.leaving.scheme import leave_scheme
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Role
from tests.agreements.amending import change, in_force_together, publish_newer
from tests.agreements.people import Two, agreeing
from tests.journeys.living import says, signs
from tests.pages import Shown, page
from tests.second_step import give_second_step


@page("journeys:pairs")
def own_pairs() -> Shown:
    return Shown(reverse("journeys:pairs"), agreeing().sam)


@page("journeys:pairs with nobody yet")
def no_pairs() -> Shown:
    return Shown(reverse("journeys:pairs"), Person.objects.create(email="noor@example.org", called="Noor"))


@page("journeys:pair")
def pair() -> Shown:
    two = agreeing()
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.sam)


@page("journeys:pair for organisers")
def pair_for_organisers() -> Shown:
    two = agreeing()
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), give_second_step(two.olive))


@page("journeys:pair with a change proposed")
def change_proposed() -> Shown:
    two = in_force_together()
    publish_newer(two)
    change(two, two.hannah, {"notice": "14"})
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.sam)


@page("journeys:stop")
def stopping() -> Shown:
    two = agreeing()
    return Shown(reverse("journeys:stop", args=[two.pair.pk]), two.sam)


@page("journeys:end_for_them")
def ending_for_them() -> Shown:
    two = agreeing()
    address = reverse("journeys:end_for_them", args=[two.scheme.slug, two.pair.pk])
    return Shown(address, give_second_step(two.olive))


@page("journeys:pair ended by an organiser")
def ended_by_an_organiser() -> Shown:
    two = agreeing()
    client = Client()
    client.force_login(give_second_step(two.olive))
    client.post(reverse("journeys:end_for_them", args=[two.scheme.slug, two.pair.pk]))
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), client=client)


@page("journeys:pair ended by oneself")
def may_be_undone() -> Shown:
    two = agreeing()
    client = Client()
    client.force_login(two.sam)
    client.post(reverse("journeys:stop", args=[two.pair.pk]))
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), client=client)


@page("journeys:pair ended")
def ended() -> Shown:
    two = sealed()
    stop(pair=two.pair)
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.hannah)


def sealed() -> Two:
    two = agreeing()
    two.fill_all()
    two.sign(two.hannah)
    two.sign(two.sam)
    seal_agreement(agreement=two.agreement.pk)
    return two


def asked() -> Two:
    """Two people in the last month of their agreement."""
    two = sealed()
    two.pair.refresh_from_db()
    assert two.pair.until
    ask_both(pair=two.pair, ends_on=two.pair.until, until=two.pair.until + timedelta(days=365))
    return two


def both_said_yes() -> Two:
    two = asked()
    says(two, two.hannah, True)
    says(two, two.sam, True)
    return two


@page("journeys:carry_on")
def carry_on() -> Shown:
    two = asked()
    return Shown(reverse("journeys:carry_on", args=[two.pair.pk]), two.sam)


@page("journeys:carry_on answered")
def answered() -> Shown:
    two = asked()
    says(two, two.sam, False)
    return Shown(reverse("journeys:carry_on", args=[two.pair.pk]), two.sam)


@page("journeys:pair when it is asked whether to carry on")
def pair_in_its_last_month() -> Shown:
    two = asked()
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.sam)


@page("agreements:sign_renewal")
def renewing() -> Shown:
    two = both_said_yes()
    return Shown(reverse("agreements:sign_renewal", args=[two.pair.pk]), two.sam)


@page("agreements:sign_renewal signed by oneself")
def renewal_signed() -> Shown:
    two = both_said_yes()
    signs(two, two.sam)
    return Shown(reverse("agreements:sign_renewal", args=[two.pair.pk]), two.sam)


@page("journeys:pair renewed")
def renewed() -> Shown:
    two = both_said_yes()
    signs(two, two.sam)
    renewal = signs(two, two.hannah)
    seal_renewal(renewal=renewal.pk)
    return Shown(reverse("journeys:pair", args=[two.pair.pk]), two.sam)


def joined() -> Two:
    two = agreeing()
    for someone, role in ((two.hannah, Role.MENTOR), (two.sam, Role.MENTEE)):
        Member.objects.create(scheme=two.scheme, person=someone, role=role, capacity=2)
    return two


@page("journeys:pairs of a member")
def pairs_of_a_member() -> Shown:
    return Shown(reverse("journeys:pairs"), joined().sam)


@page("leaving:leave_scheme")
def leaving_a_scheme() -> Shown:
    two = joined()
    return Shown(reverse("leaving:leave_scheme", args=[two.scheme.slug]), two.sam)


@page("leaving:left_scheme")
def left_a_scheme() -> Shown:
    two = joined()
    leave_scheme(scheme=two.scheme, person=two.sam)
    return Shown(reverse("leaving:left_scheme", args=[two.scheme.slug]), two.sam)


@page("leaving:remove")
def taking_someone_out() -> Shown:
    two = joined()
    member = Member.objects.get(person=two.hannah)
    address = reverse("leaving:remove", args=[two.scheme.slug, member.pk])
    return Shown(address, give_second_step(two.olive))
