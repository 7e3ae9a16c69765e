import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from casefile import review
from letters.models import Letter

pytestmark = pytest.mark.django_db


def run():
    output = io.StringIO()
    call_command("make_demo_accounts", stdout=output)
    return output.getvalue()


def test_each_group_has_an_account_whose_password_is_printed():
    printed = dict(line.split() for line in run().splitlines())

    users = {name: get_user_model().objects.get(username=name) for name in printed}
    assert all(user.check_password(printed[name]) for name, user in users.items())
    assert {name: user.groups.get().name for name, user in users.items()} == {
        "editor": "Editors",
        "reviewer": "Reviewers",
        "administrator": "Administrators",
    }
    assert all(user.is_staff and not user.is_superuser for user in users.values())
    assert len(set(printed.values())) == 3


def test_existing_accounts_keep_their_passwords_which_are_not_printed_again():
    first = run()
    before = list(get_user_model().objects.order_by("pk").values_list("username", "password"))

    second = run()

    assert list(get_user_model().objects.order_by("pk").values_list("username", "password")) == (
        before
    )
    assert re.sub(r"\s+", " ", second).strip() == (
        "editor exists already, with its own password"
        " reviewer exists already, with its own password"
        " administrator exists already, with its own password"
    )
    assert not any(line.split()[1] in second for line in first.splitlines())


def test_reviewer_and_administrator_may_publish():
    run()

    users = {user.username: user for user in get_user_model().objects.all()}
    assert {name: review.may(user, "publish", Letter) for name, user in users.items()} == {
        "editor": False,
        "reviewer": True,
        "administrator": True,
    }
