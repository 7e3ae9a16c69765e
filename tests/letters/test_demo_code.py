import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.desk import DeskClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long and good one"


@pytest.fixture
def halfway():
    """Return a browser in which the editor of the demo has given the password."""
    editor = UserFactory(username="editor", group="Editors")
    editor.set_password(PASSWORD)
    editor.save()
    client = DeskClient()
    client.post(reverse("admin:login"), {"username": "editor", "password": PASSWORD})
    return client


def code():
    output = io.StringIO()
    call_command("demo_code", "editor", stdout=output)
    return output.getvalue().strip()


def test_code_adds_the_app_that_the_page_offers(halfway):
    halfway.get(reverse("second_factor"))

    halfway.post(reverse("second_factor_add"), {"code": code()})

    assert halfway.get("/admin/").status_code == 200


def test_command_says_what_to_do_first(halfway):
    with pytest.raises(CommandError, match="Sign in as editor first"):
        call_command("demo_code", "editor")


def test_command_is_for_demo_accounts_on_a_developers_machine(halfway, settings):
    with pytest.raises(CommandError, match="invalid choice: 'erin'"):
        call_command("demo_code", "erin")
    settings.DEVELOPMENT = False
    with pytest.raises(CommandError, match="a developer's machine"):
        call_command("demo_code", "editor")
