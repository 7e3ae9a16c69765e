"""Second factors in a real browser: an authenticator app, a passkey, recovery codes."""

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from casefile.models import Passkey, SignInEvent
from tests.desk import code_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a long password"
RECORD = "Casefile: the desk"


@pytest.fixture
def give_password(open_page):
    """Give a password in a new window, and return it."""

    def give_password(username, page=None, **options):
        page = page or open_page("/admin/", **options)
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        return page

    return give_password


@pytest.fixture
def erin():
    user = UserFactory(username="erin", group="Editors")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_out(page):
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("link", name="Log in again").click()


def plug_in_authenticator(page):
    """Give a window a device that makes passkeys and says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_app_is_added_at_the_first_sign_in_and_asked_for_at_the_second(give_password, erin, width):
    page = give_password("erin", width=width)

    assert page.locator(".qr svg").is_visible()
    assert page.get_by_role("alert").count() == 0  # nothing was refused yet
    assert page.evaluate("document.documentElement.scrollWidth") == width
    app = TOTPDevice.objects.get(user=erin)
    page.get_by_label("The code that it shows:").fill(code_of(app))
    page.get_by_role("button", name="Add the app").click()
    codes = page.locator("ol.codes code").all_inner_texts()
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("heading", name="The record").wait_for()
    sign_out(page)
    give_password("erin", page)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("heading", name="The record").wait_for()
    page.get_by_role("link", name="Second factor").click()
    assert "9 recovery codes are left." in page.inner_text("#content")
    assert page.complaints == []


def test_passkey_is_added_at_the_first_sign_in_and_used_at_the_second(give_password, erin):
    page = give_password("erin")
    plug_in_authenticator(page)

    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_role("heading", name="The record").wait_for()
    sign_out(page)
    give_password("erin", page)
    page.get_by_role("button", name="Use your passkey").click()

    page.get_by_role("heading", name="The record").wait_for()
    assert Passkey.objects.get().user == erin
    kinds = list(SignInEvent.objects.order_by("pk").values_list("kind", "detail"))
    assert kinds == [
        ("signed_in", ""),
        ("factor_added", "Passkey"),
        ("verified", "Passkey"),
        ("codes_made", ""),
        ("signed_out", ""),
        ("signed_in", ""),
        ("verified", "Passkey"),
    ]
    assert page.complaints == []


def test_passkey_that_is_refused_is_told_and_opens_nothing(give_password, erin):
    page = give_password("erin")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject('no'); }")

    page.get_by_role("button", name="Add a passkey").click()

    page.get_by_text("The passkey was not accepted").wait_for()
    assert not Passkey.objects.exists()


def test_passkey_of_another_account_opens_nothing(give_password, erin):
    other = UserFactory(username="rob", group="Reviewers")
    other.set_password(PASSWORD)
    other.save()
    page = give_password("erin")
    plug_in_authenticator(page)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("button", name="I have kept them").click()
    sign_out(page)
    Passkey.objects.create(
        user=other,
        name="Passkey",
        credential_id=b"another",
        public_key=b"",
    )
    give_password("rob", page)

    page.get_by_role("button", name="Use your passkey").click()

    page.get_by_text("The passkey was not accepted").wait_for()
    page.goto(page.url.partition("/admin/")[0] + "/admin/")
    page.get_by_role("heading", name="Second factor").wait_for()


def test_app_is_added_without_scripts_in_the_dark(give_password, erin):
    page = give_password("erin", java_script_enabled=False, theme="dark")

    page.get_by_label("The code that it shows:").fill(code_of(TOTPDevice.objects.get(user=erin)))
    page.get_by_role("button", name="Add the app").click()
    page.get_by_role("button", name="I have kept them").click()

    page.get_by_role("heading", name="The record").wait_for()
