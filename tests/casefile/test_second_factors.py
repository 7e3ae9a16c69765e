"""Second factors: the desk opens to nobody without one."""

import re

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from casefile.models import SignInEvent
from casefile.signing_in import recovery_codes
from letters.models import Official
from tests.desk import DeskClient, code_of, desk_addresses, make_app, page
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long and good one"
ASK, ADD, YOURS = "second_factor", "second_factor_add", "second_factors"


@pytest.fixture
def erin():
    user = UserFactory(username="erin", group="Editors")
    user.set_password(PASSWORD)
    user.save()
    return user


def halfway(user):
    """Return a browser in which somebody has given their password, and no more."""
    client = DeskClient()
    super(DeskClient, client).force_login(user)
    return client


def is_in(client):
    return client.get("/admin/").status_code == 200


def give(client, code, **given):
    return client.post(reverse(ASK), {"code": code, **given})


def kinds():
    return list(SignInEvent.objects.order_by("pk").values_list("kind", flat=True))


# Every address

DOORS = {
    "login",
    "logout",
    "second_factor",
    "second_factor_add",
    "second_factors",
    "second_factor_remove",
    "own_password",
    "sessions_end",
    "recovery_codes_new",
    "passkey_add_begin",
    "passkey_add",
    "passkey_use_begin",
    "passkey_use",
}
SIGN_IN_PAGES = {
    "admin/desk_login.html",
    "admin/second_factor.html",
    "admin/second_factor_add.html",
}


def is_reached(response):
    """Return whether an answer is more than a page, or a way, to sign in."""
    if response.status_code == 302:
        return not response.url.startswith(("/admin/login/", "/admin/second-factor/"))
    return not SIGN_IN_PAGES & {template.name for template in response.templates}


@pytest.mark.parametrize("role", ["Editors", "Reviewers", "Administrators", "superuser"])
def test_no_address_of_the_desk_is_reached_without_a_second_factor(role):
    group = None if role == "superuser" else role
    first, second = (UserFactory(group=group, is_superuser=not group) for _ in range(2))
    make_app(second)
    addresses = desk_addresses()
    inside = {name: address for name, address in addresses.items() if name not in DOORS}
    strangers = [halfway(first), halfway(second)]
    if role == "superuser":
        strangers.append(DeskClient())  # who gave no password has no role

    reached = [
        (name, method)
        for name, address in inside.items()
        for client in strangers
        for method in ("get", "post")
        if is_reached(getattr(client, method)(address))
    ]

    assert set(addresses) >= DOORS
    assert len(inside) > 100
    assert reached == []


@pytest.mark.parametrize("role", ["Editors", "Reviewers", "Administrators", "superuser"])
def test_every_address_of_the_desk_answers_who_gave_both(role):
    group = None if role == "superuser" else role
    user = UserFactory(group=group, is_superuser=not group)
    client = DeskClient()
    client.force_login(user)

    statuses = {
        name: client.get(address).status_code
        for name, address in desk_addresses().items()
        if name not in DOORS
    }

    assert set(statuses.values()) <= {200, 302, 400, 403, 404, 405}
    assert statuses["index"] == 200
    assert statuses["auth_user_changelist"] == (200 if role in DOORS_OF_ACCOUNTS else 403)


DOORS_OF_ACCOUNTS = {"Administrators", "superuser"}


@pytest.mark.parametrize("name", sorted(DOORS - {"login", "logout"}))
def test_pages_of_second_factors_are_for_staff_who_gave_a_password(name):
    reader = UserFactory(is_staff=False)

    for client in (DeskClient(), halfway(reader)):
        for method in ("get", "post"):
            response = getattr(client, method)(reverse(name))
            assert response.status_code in (302, 403, 405)
            if response.status_code == 302:
                assert response.url.startswith("/admin/login/")


def test_drafts_in_reports_are_for_who_gave_both():
    reviewer = UserFactory(group="Reviewers")

    asked = halfway(reviewer).get(reverse("report_csv", args=["letters"]), {"drafts": "1"})

    assert asked.status_code == 403


# The first factor


def test_first_sign_in_leads_to_making_one(erin):
    client = DeskClient()
    address = page(Official, "add")

    asked = client.post(
        reverse("admin:login"), {"username": "erin", "password": PASSWORD, "next": address}
    )
    offer = client.get(asked.url)
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', offer.content.decode())[1]
    device = TOTPDevice.objects.get(user=erin)
    shown = client.post(reverse(ADD), {"code": code_of(device), "next": address})

    assert secret.replace(" ", "") in device.config_url
    assert "<svg" in offer.content.decode()
    assert "style=" not in offer.content.decode()
    assert "no-store" in offer["Cache-Control"]
    assert len(shown.context["codes"]) == 10
    assert client.post(reverse(ASK), {"next": address}).url == address
    assert client.get(address).status_code == 200
    assert kinds() == ["signed_in", "factor_added", "verified", "codes_made"]


def test_wrong_first_code_adds_nothing(erin):
    client = halfway(erin)

    response = client.post(reverse(ADD), {"code": "no code"})

    assert response.context["form"].errors
    assert not is_in(client)
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_what_was_typed_is_kept_while_the_first_factor_is_made(erin):
    client = halfway(erin)

    asked = client.post(page(Official, "add"), {"name": "Jeff", "slug": "jeff"})
    way = asked.context["way"]
    given = {"next": way.address, "typed": way.typed}
    code = code_of(TOTPDevice.objects.get(user=erin))
    codes = client.post(reverse(ADD), {"code": code, **given})
    back = client.post(reverse(ASK), given)

    assert codes.context["way"] == way
    assert back.context["address"] == page(Official, "add")
    assert dict(back.context["pairs"]) == {"name": "Jeff", "slug": "jeff"}


def test_link_types_nothing_into_a_form(erin):
    client = DeskClient()
    client.force_login(erin)

    lead = client.get(reverse(ASK), {"next": "/admin/", "typed": "post=yes"})

    assert lead.status_code == 302


# Codes


def test_code_is_good_once(erin):
    app = make_app(erin)
    first, second = halfway(erin), halfway(erin)
    code = code_of(app)

    assert give(first, code, next="/admin/").url == "/admin/"
    assert give(second, code).context["form"].errors
    assert (is_in(first), is_in(second)) == (True, False)
    assert kinds()[-2:] == ["verified", "not_verified"]


def test_code_of_another_is_no_good(erin):
    make_app(erin)
    other = make_app(UserFactory())

    assert give(halfway(erin), code_of(other)).context["form"].errors


def test_wrong_codes_make_one_wait_longer_each_time(erin):
    app = make_app(erin)
    client = halfway(erin)
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        for wait in (1, 2, 4, 8):
            give(client, "000000")
            clock.shift(wait - 0.5)
            assert give(client, code_of(app)).status_code == 200
            clock.shift(1)

        assert give(client, code_of(app)).status_code == 302


def test_second_app_is_as_good_as_the_first(erin):
    make_app(erin)
    second = make_app(erin)

    assert give(halfway(erin), code_of(second)).status_code == 302


@pytest.mark.parametrize("typed", [str.upper, lambda code: code.replace("-", " "), str])
def test_recovery_code_is_good_once_however_it_is_written(erin, typed):
    make_app(erin)
    code = typed(recovery_codes.make(erin)[3])

    assert give(halfway(erin), code).status_code == 302
    assert give(halfway(erin), code).context["form"].errors
    assert recovery_codes.left(erin) == 9


def test_recovery_codes_are_not_kept_as_they_are(erin):
    codes = recovery_codes.make(erin)

    kept = set(StaticToken.objects.values_list("token", flat=True))

    assert len(kept) == 10
    assert all(code not in kept and code.replace("-", "")[:16] not in kept for code in codes)


@pytest.mark.parametrize(
    "code", ["", "1", "12345", "1234567", "१२३४५६", "a" * 65, "-1", "1e5", "None"]
)
def test_strange_code_is_refused(erin, code):
    make_app(erin)
    recovery_codes.make(erin)

    assert give(halfway(erin), code).status_code == 200


def test_code_that_is_no_text_is_refused_before_it_is_looked_at(erin):
    make_app(erin)

    assert give(halfway(erin), "\0").status_code == 400


# One's own factors


@pytest.fixture
def desk(erin):
    client = DeskClient()
    client.force_login(erin)
    return client


def test_new_recovery_codes_replace_the_old_ones(desk, erin):
    old = recovery_codes.make(erin)

    new = desk.post(reverse("recovery_codes_new")).context["codes"]

    assert give(halfway(erin), old[0]).context["form"].errors
    assert not set(old) & set(new)
    assert recovery_codes.left(erin) == 10


def test_factor_is_removed_while_another_is_left(desk, erin):
    first = TOTPDevice.objects.get(user=erin)
    second = make_app(erin)
    remove = reverse("second_factor_remove")

    desk.post(remove, {"factor": first.persistent_id})
    left = list(TOTPDevice.objects.filter(user=erin))
    desk.post(remove, {"factor": second.persistent_id})

    assert left == [second]
    assert list(TOTPDevice.objects.filter(user=erin)) == [second]
    assert is_in(desk)
    assert kinds().count("factor_removed") == 1


def test_factor_of_another_is_not_removed(desk, erin):
    make_app(erin)
    other = make_app(UserFactory())

    desk.post(reverse("second_factor_remove"), {"factor": other.persistent_id})

    assert TOTPDevice.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("name", [ADD, YOURS, "recovery_codes_new", "second_factor_remove"])
def test_factors_change_only_shortly_after_one_was_used(desk, erin, name):
    desk.verify(TOTPDevice.objects.get(user=erin), ago=16 * 60)
    method = desk.get if name in (ADD, YOURS) else desk.post

    assert method(reverse(name)).url.startswith(f"{reverse(ASK)}?next=")
    assert is_in(desk)
    assert desk.post(reverse("passkey_add_begin")).status_code == 403


def test_page_lists_what_one_has(desk, erin):
    recovery_codes.make(erin)

    shown = desk.get(reverse(YOURS)).content.decode()

    assert "Authenticator app" in shown
    assert "10 recovery codes are left." in shown


# Resets


def reset(client, user):
    return client.post(
        page(User, "changelist"), {"action": "reset_second_factors", "_selected_action": user.pk}
    )


def test_administrator_resets_the_factors_of_another(desk, erin):
    recovery_codes.make(erin)
    ada = UserFactory(username="ada", group="Administrators")
    administrator = DeskClient()
    administrator.force_login(ada)

    reset(administrator, erin)

    assert not is_in(desk)
    assert desk.get(reverse(ASK)).url.startswith("/admin/login/")
    assert ADD_PAGE in [t.name for t in halfway(erin).get(reverse(ASK)).templates]
    assert recovery_codes.left(erin) == 0
    event = SignInEvent.objects.get(kind="factors_reset")
    assert (event.user_id, event.by_id) == (erin.pk, ada.pk)


ADD_PAGE = "admin/second_factor_add.html"


@pytest.mark.parametrize("group", ["Editors", "Reviewers"])
def test_others_reset_nothing(erin, group):
    app = make_app(erin)
    client = DeskClient()
    client.force_login(UserFactory(group=group))

    assert reset(client, erin).status_code == 403
    assert TOTPDevice.objects.filter(pk=app.pk).exists()


def test_command_resets_the_factors_of_the_last_administrator(erin, capsys):
    make_app(erin)

    call_command("reset_second_factors", "erin")

    assert not TOTPDevice.objects.filter(user=erin).exists()
    assert "erin makes a new second factor" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no account nobody"):
        call_command("reset_second_factors", "nobody")


def test_secrets_have_no_pages():
    assert not [name for name in desk_addresses() if name.startswith(("otp_", "axes_"))]


# Passkeys, as far as no browser is needed


def test_passkey_alone_opens_nothing():
    client = DeskClient()

    assert client.post(reverse("passkey_use_begin")).status_code == 403
    assert client.post(reverse("passkey_use")).status_code == 403


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '{"id": "x"}', '{"id": "\\u0000"}', "[" * 5000]
)
@pytest.mark.parametrize("name", ["passkey_add", "passkey_use"])
def test_bad_answer_of_a_browser_is_refused(desk, name, body):
    begin = {"passkey_add": "passkey_add_begin", "passkey_use": "passkey_use_begin"}[name]
    assert desk.post(reverse(begin)).status_code == 200

    response = desk.post(reverse(name), body, content_type="application/json")

    assert response.status_code == 400
