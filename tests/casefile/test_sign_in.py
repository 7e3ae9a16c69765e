"""Signing in with a password: its bounds, what is kept of it, and where it leads."""

import re
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from casefile.models import SignInEvent
from casefile.signing_in.throttle import BOUNDS
from tests.desk import DeskClient, make_app, page
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD, NEW = "a long and good one", "another long one"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.2"
CLOSED = "Sign-in is closed"


@pytest.fixture
def erin():
    user = UserFactory(username="erin", group="Editors", email="erin@casefile.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(username="erin", password=PASSWORD, address=HOME, client=None, **given):
    return (client or Client()).post(
        reverse("admin:login"),
        {"username": username, "password": password, "next": "/admin/", **given},
        REMOTE_ADDR=address,
    )


def fail(times, username="erin", address=HOME):
    for _ in range(times):
        response = sign_in(username, "wrong", address)
    return response


def is_in(response):
    return response.status_code == 302


def kinds():
    return list(SignInEvent.objects.order_by("pk").values_list("kind", flat=True))


# Bounds


def test_ten_failures_lock_the_name_at_that_address_alone(erin):
    ninth, tenth = fail(9), fail(1)

    assert (ninth.status_code, tenth.status_code) == (200, 429)
    assert CLOSED in tenth.content.decode()
    locked = sign_in()
    assert (locked.status_code, CLOSED in locked.content.decode()) == (429, True)
    assert is_in(sign_in(address=ELSEWHERE))


def test_lock_ends_after_fifteen_minutes_however_often_it_is_tried(erin):
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        fail(10)
        for _ in range(14):
            clock.shift(60)
            assert not is_in(sign_in())
        clock.shift(61)

        assert is_in(sign_in())


def test_right_password_starts_the_count_again(erin):
    for _ in range(3):
        fail(9)
        assert is_in(sign_in())


def test_right_password_forgets_nothing_of_what_others_failed(erin):
    pair, of_address, _ = BOUNDS
    for number in range(of_address - 1):
        fail(1, f"somebody-{number}")

    assert is_in(sign_in())
    assert fail(1, "another").status_code == 429
    assert pair == 10


def test_name_tried_from_everywhere_is_locked_at_last(erin):
    for number in range(BOUNDS[2]):
        fail(1, address=f"198.51.100.{number}")

    assert sign_in(address="203.0.113.1").status_code == 429


def test_name_without_an_account_is_told_the_same(erin):
    def told(username):
        refused, locked = fail(9, username).content.decode(), fail(1, username).content.decode()
        return [
            [line for line in text.replace(username, "NAME").splitlines() if "csrf" not in line]
            for text in (refused, locked)
        ]

    assert told("erin") == told("nobody")


class CountingHasher(MD5PasswordHasher):
    hashed = 0

    def encode(self, password, salt):
        CountingHasher.hashed += 1
        return super().encode(password, salt)


def test_name_without_an_account_costs_as_many_hashes(erin, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.{CountingHasher.__name__}"]

    def hashes(username):
        before = CountingHasher.hashed
        assert fail(1, username).status_code == 200
        return CountingHasher.hashed - before

    assert hashes("erin") == hashes("nobody") == 1


@pytest.mark.parametrize(
    ("username", "status"),
    [
        ("e" * 100_000, 200),
        ("", 200),
        ("🏛️", 200),
        # What is no text gets no further than the gate.
        ("er\0in", 400),
        ("\0", 400),
        ("erin\udcff", 400),
    ],
)
def test_strange_name_is_refused_and_nothing_breaks(username, status):
    data = urlencode({"username": username, "password": "x"}, errors="surrogatepass")

    response = Client().post(
        reverse("admin:login"), data, content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == status


# What is kept


def test_each_step_leaves_a_row_without_what_was_typed(erin):
    client = Client()
    fail(1)
    fail(1, "hunter2 is my password")
    sign_in(client=client)
    client.post(reverse("admin:logout"), REMOTE_ADDR=HOME)

    events = SignInEvent.objects.order_by("pk")
    assert list(events.values_list("kind", "user", "username", "address")) == [
        ("failed", erin.pk, "erin", HOME),
        ("failed", None, "", HOME),
        ("signed_in", erin.pk, "erin", HOME),
        ("signed_out", erin.pk, "erin", HOME),
    ]


def test_lock_is_kept_and_mailed_once(erin):
    UserFactory(group="Administrators", email="ada@casefile.example")
    UserFactory(group="Reviewers", email="rob@casefile.example")

    fail(15)

    assert kinds() == ["failed"] * 10 + ["locked"]
    [message] = mail.outbox
    assert message.recipients() == ["ada@casefile.example", "erin@casefile.example"]
    assert "account erin" in message.body
    assert HOME in message.body


def test_lock_of_a_name_without_an_account_is_mailed_to_administrators():
    UserFactory(group="Administrators", email="ada@casefile.example")

    fail(10, "nobody")

    [message] = mail.outbox
    assert message.recipients() == ["ada@casefile.example"]
    assert "nobody" not in message.body


def test_mail_server_that_is_away_changes_nothing(erin, settings):
    UserFactory(group="Administrators", email="ada@casefile.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert fail(10).status_code == 429


def test_rows_are_never_changed_or_deleted(erin):
    fail(1)

    for change in (lambda rows: rows.update(kind="signed_in"), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change(SignInEvent.objects.all())
    erin.delete()
    assert SignInEvent.objects.get().username == "erin"


@pytest.mark.parametrize(
    ("group", "status"), [("Editors", 403), ("Reviewers", 403), ("Administrators", 200)]
)
def test_administrators_read_the_rows(client, erin, group, status):
    fail(1)
    client.force_login(UserFactory(group=group))
    event = SignInEvent.objects.get(kind="failed")

    for address in (page(SignInEvent, "changelist"), page(SignInEvent, "change", event.pk)):
        assert client.get(address).status_code == status
        client.post(address, {"kind": "signed_in"})
    assert client.get(page(SignInEvent, "add")).status_code == 403
    assert client.post(page(SignInEvent, "delete", event.pk), {"post": "yes"}).status_code == 403
    event.refresh_from_db()
    assert event.kind == "failed"


# Passwords


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("short", False),
        ("123456789qwerty", False),  # in the list of common ones
        ("casefile-1373", False),
        ("sanctuary letters", False),
        ("erin.erin.er", False),
        ("4815162342108", True),
        ("correct horse battery", True),
        ("пароль без правил", True),
        ("x y" * 60, True),
    ],
)
def test_password_is_judged_by_length_and_lists_alone(client, erin, password, is_taken):
    erin.username = "erin.erin.erin"
    erin.save()
    client.force_login(erin)

    response = client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": password, "new_password2": password},
    )

    assert is_in(response) is is_taken
    assert ("password_changed" in kinds()) is is_taken


def test_password_change_asks_for_the_old_one(client, erin):
    client.force_login(erin)

    response = client.post(
        reverse("admin:password_change"),
        {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW},
    )

    assert response.status_code == 200
    assert not is_in(sign_in(password=NEW))


def test_password_is_masked_filled_in_by_managers_and_compared_as_it_was_typed(erin):
    field = re.search(
        '<input[^>]*name="password"[^>]*>', Client().get("/admin/login/").content.decode()
    )[0]
    erin.set_password(" Wörter " * 12)
    erin.save()

    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "maxlength" not in field
    others = [" Wörter " * 11, " wörter " * 12, (" Wörter " * 12).strip()]
    assert [is_in(sign_in(password=other)) for other in others] == [False] * 3
    assert is_in(sign_in(password=" Wörter " * 12))


def test_password_that_an_administrator_sets_is_kept_with_who_set_it(client, erin):
    ada = UserFactory(username="ada", group="Administrators")
    client.force_login(ada)

    client.post(
        reverse("admin:auth_user_password_change", args=[erin.pk]),
        {
            "password1": "another long one",
            "password2": "another long one",
            "usable_password": "true",
        },
    )

    event = SignInEvent.objects.get(kind="password_changed")
    assert (event.user_id, event.by_id) == (erin.pk, ada.pk)
    assert is_in(sign_in(password=NEW))


# Where it leads

BAD_TARGETS = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:///evil.example",
    "http:evil.example",
    "https:/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "ftp://evil.example/",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    " https://evil.example",
    "=HYPERLINK(1)",
    "second_factor_remove",
    "http://[::1/",
]


@pytest.mark.parametrize("target", ["/\t/evil.example", "\x08//evil.example"])
def test_target_with_control_characters_is_refused(erin, target):
    make_app(erin)
    client = DeskClient()
    client.force_login(erin)

    assert client.get(reverse("second_factor"), {"next": target}).status_code == 400
    assert client.get(reverse("admin:login"), {"next": target}).status_code == 400


@pytest.mark.parametrize("target", BAD_TARGETS)
def test_bad_target_stays_on_the_site(erin, target):
    make_app(erin)
    client = DeskClient()

    asked = sign_in(client=client, **{"next": target})
    client.force_login(erin)
    leads = [
        client.get(reverse("second_factor"), {"next": target}),
        client.post(reverse("second_factor"), {"next": target}),
    ]

    assert asked.status_code == 302
    assert asked.url.startswith(f"{reverse('second_factor')}?next=")
    assert [lead.url for lead in leads] == ["/admin/", "/admin/"]
    assert client.get(asked.url).url in ("/admin/", "/accounts/profile/")
