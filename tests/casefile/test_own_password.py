"""A password that an administrator has set opens nothing but the page to choose one's own."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from casefile.models import SignInEvent
from letters.models import Official
from tests.desk import DeskClient, code_of, desk_addresses, make_app, page
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

GIVEN, OWN = "a long and good one", "quite another one"
ASK, CHOOSE = "second_factor", "own_password"


@pytest.fixture
def administrator():
    client = DeskClient()
    client.force_login(UserFactory(username="ada", group="Administrators"))
    return client


@pytest.fixture
def erin(administrator):
    user = UserFactory(username="erin", group="Reviewers")
    set_password(administrator, user)
    return user


def set_password(administrator, user):
    given = {"password1": GIVEN, "password2": GIVEN, "usable_password": "true"}
    administrator.post(reverse("admin:auth_user_password_change", args=[user.pk]), given)


def signed_in(user, password=GIVEN):
    """Return a browser in which somebody gave both factors."""
    client, app = DeskClient(), make_app(user)
    client.post(reverse("admin:login"), {"username": user.username, "password": password})
    client.post(reverse(ASK), {"code": code_of(app)})
    return client


def choose(client, new=OWN, old=GIVEN, **given):
    typed = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse(CHOOSE), typed | given)


def is_in(client):
    return client.get("/admin/").status_code == 200


def asks(response):
    return "admin/own_password.html" in [template.name for template in response.templates]


def test_password_that_was_given_opens_no_address_of_the_desk(erin):
    client = signed_in(erin)

    answers = [client.get(address, follow=True) for address in ("/admin/", page(Official, "add"))]
    drafts = client.get(reverse("report_csv", args=["letters"]), {"drafts": "1"})
    reached = [
        name
        for name, address in desk_addresses().items()
        if name not in ("login", "logout", "own_password") and "second_factor" not in name
        and "passkey" not in name and name not in ("recovery_codes_new", "sessions_end")
        and not client.get(address).get("Location", "").startswith("/admin/login/")
    ]  # fmt: skip

    assert [asks(answer) for answer in answers] == [True, True]
    assert drafts.status_code == 403
    assert reached == []


def test_who_chooses_one_is_in_from_then_on(erin):
    client, other = signed_in(erin), signed_in(erin)
    address = page(Official, "add")

    chosen = choose(client, next=address)

    assert chosen.url == address
    assert (is_in(client), is_in(other)) == (True, False)
    assert is_in(signed_in(erin, OWN))
    assert not is_in(signed_in(erin, GIVEN))
    assert SignInEvent.objects.filter(kind="password_changed", by=None, user=erin).exists()


@pytest.mark.parametrize(
    "typed", [{"new": GIVEN}, {"new": "short"}, {"old": "wrong"}, {"new_password2": "other"}]
)
def test_no_better_password_is_refused(erin, typed):
    client = signed_in(erin)

    answer = choose(client, **typed)

    assert asks(answer)
    assert answer.context["form"].errors
    assert not is_in(client)


def test_what_was_typed_is_kept_while_the_password_is_chosen(erin):
    client = signed_in(erin)

    asked = client.post(page(Official, "add"), {"name": "Jeff", "slug": "jeff"})
    way = asked.context["way"]
    back = choose(client, next=way.address, typed=way.typed)

    assert asks(asked)
    assert back.context["address"] == page(Official, "add")
    assert dict(back.context["pairs"]) == {"name": "Jeff", "slug": "jeff"}


def test_password_alone_chooses_nothing(erin):
    client = DeskClient()
    client.post(reverse("admin:login"), {"username": "erin", "password": GIVEN})

    assert choose(client).url.startswith(reverse(ASK))
    erin.refresh_from_db()
    assert erin.check_password(GIVEN)


def test_account_that_an_administrator_makes_begins_so(administrator):
    given = {"username": "new", "password1": GIVEN, "password2": GIVEN, "usable_password": "true"}
    administrator.post(page(User, "add"), given)
    new = User.objects.get(username="new")
    new.is_staff = True
    new.save()

    assert asks(signed_in(new).get("/admin/", follow=True))


def test_password_of_ones_own_is_asked_for_once_alone(administrator):
    ada = User.objects.get(username="ada")
    set_password(administrator, ada)

    assert is_in(signed_in(ada))
    assert choose(signed_in(ada), next="/admin/").url == "/admin/"
    ada.refresh_from_db()
    assert ada.check_password(GIVEN)
