"""Sessions: new at each step of signing in, and ended by all that should end them."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.desk import DeskClient, code_of, make_app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long and good one"
DESK = "/admin/"


@pytest.fixture
def erin():
    user = UserFactory(username="erin", group="Editors")
    user.set_password(PASSWORD)
    user.save()
    return user


def window(user):
    """Return a browser in which somebody is at the desk."""
    client = DeskClient()
    client.force_login(user)
    assert is_in(client)
    return client


def is_in(client):
    return client.get(DESK).status_code == 200


def test_session_is_a_new_one_after_the_password_and_after_the_second_factor(erin):
    client, app = DeskClient(), make_app(erin)
    keys = []

    for address, data in [
        ("admin:login", {"username": "erin", "password": "wrong"}),
        ("admin:login", {"username": "erin", "password": PASSWORD}),
        ("second_factor", {"code": code_of(app)}),
    ]:
        client.post(reverse(address), data)
        keys.append(client.session.session_key)

    assert len(set(keys)) == 3
    assert is_in(client)


def test_session_ends_after_thirty_minutes_without_a_page(erin):
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        client = window(erin)
        clock.shift(dt.timedelta(minutes=29))
        still = is_in(client)
        clock.shift(dt.timedelta(minutes=29))
        still_after_a_page = is_in(client)
        clock.shift(dt.timedelta(minutes=31))

        assert (still, still_after_a_page, is_in(client)) == (True, True, False)


def test_session_ends_twelve_hours_after_signing_in(erin):
    with time_machine.travel("2026-03-02T06:00:00Z", tick=False) as clock:
        client = window(erin)
        for _ in range(28):
            clock.shift(dt.timedelta(minutes=25))
            assert is_in(client)
        clock.shift(dt.timedelta(minutes=19))
        last = is_in(client)
        clock.shift(dt.timedelta(minutes=2))

        assert (last, is_in(client)) == (True, False)


def test_session_ends_with_signing_out(erin):
    client, stolen = window(erin), DeskClient()
    stolen.cookies = client.cookies.copy()

    client.post(reverse("admin:logout"))

    assert not is_in(client)
    assert not is_in(stolen)


def test_changed_password_ends_the_other_sessions(erin):
    client, other = window(erin), window(erin)
    new = "quite another one"

    client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert is_in(client)
    assert not is_in(other)


def test_new_factor_or_recovery_codes_or_one_factor_less_end_the_other_sessions(erin):
    client = window(erin)
    first, second = TOTPDevice.objects.get(user=erin), make_app(erin)
    client.get(reverse("second_factor_add"))
    third = TOTPDevice.objects.get(user=erin, confirmed=False)

    for change, given in [
        ("second_factor_add", {"code": code_of(third)}),
        ("second_factor_remove", {"factor": first.persistent_id}),
        ("recovery_codes_new", {}),
    ]:
        other = DeskClient()
        super(DeskClient, other).force_login(erin)
        other.verify(second)
        assert is_in(other)
        client.post(reverse(change), given)
        assert (is_in(client), is_in(other)) == (True, False), change


def test_page_lists_ones_own_sessions_and_ends_one_or_all_others(erin):
    window(UserFactory(group="Editors"))
    client, second, third = window(erin), window(erin), window(erin)
    yours = reverse("second_factors")

    shown = client.get(yours)
    content = shown.content.decode()
    keys = [each.session.session_key for each in (client, second, third)]
    client.post(reverse("sessions_end"), {"session": listed(shown, second).name})
    after_one = [is_in(each) for each in (client, second, third)]
    client.post(reverse("sessions_end"), {"all": ""})
    after_all = [is_in(each) for each in (client, second, third)]

    assert len(shown.context["sessions"]) == 3
    assert content.count("This one") == 1
    assert listed(shown, client).name not in content
    assert not any(key in content for key in keys)
    assert after_one == [True, False, True]
    assert after_all == [True, False, False]


def listed(shown, client):
    """Return the session of a browser as a page lists it."""
    key = client.session.session_key
    return next(one for one in shown.context["sessions"] if one.session_key == key)


def test_session_of_another_is_not_ended(erin):
    other = UserFactory(group="Editors")
    theirs, client = window(other), window(erin)
    shown = theirs.get(reverse("second_factors"))

    client.post(reverse("sessions_end"), {"session": listed(shown, theirs).name, "all": ""})

    assert is_in(theirs)


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_account_that_is_closed_is_out_at_once(erin, field):
    client = window(erin)

    setattr(erin, field, False)
    erin.save()

    assert not is_in(client)


def test_cookie_is_for_the_server_alone(erin):
    client = DeskClient()
    make_app(erin)
    cookie = client.post(
        reverse("admin:login"), {"username": "erin", "password": PASSWORD}
    ).cookies["sessionid"]

    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert cookie["max-age"] == 30 * 60
