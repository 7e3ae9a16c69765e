"""No lost update, shown on letters with their responses and citations, and on statements."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from casefile import versions
from casefile.entries import Status
from casefile.models import Citation
from letters.models import Letter, Official, Response, Statement
from tests.desk import DeskClient, code_of, errors, form_data, page, post
from tests.factories import (
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    ResponseFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

DRAFT = {"status": Status.DRAFT}


def signed_in(username, group="Administrators"):
    client = DeskClient()
    client.force_login(UserFactory(username=username, group=group))
    return client


@pytest.fixture
def ada():
    return signed_in("ada")


@pytest.fixture
def bob():
    return signed_in("bob")


@pytest.fixture
def letter():
    letter = LetterFactory(**DRAFT, note="", addressee="The mayor")
    ResponseFactory(**DRAFT, letter=letter, key="answer", summary="First")
    return letter


def opened(client, record):
    return form_data(client.get(page(type(record), "change", record.pk)))


def send(client, record, data, **typed):
    return client.post(page(type(record), "change", record.pk), data | typed)


def differences(response):
    return {
        (difference.name, difference.typed, difference.now, difference.is_mine)
        for difference in response.context["conflict"].differences
    }


# The second of two saves


def test_second_save_is_refused_with_both_versions_and_who_made_the_other(ada, bob, letter):
    first, second = opened(ada, letter), opened(bob, letter)
    send(ada, letter, first, **{"note": "Ada's", "responses-0-summary": "Ada's answer"})

    response = send(bob, letter, second, **{"note": "Bob's", "responses-0-summary": "Bob's answer"})

    letter.refresh_from_db()
    assert (letter.note, letter.responses.get().summary) == ("Ada's", "Ada's answer")
    assert differences(response) == {
        ("note", "Bob's", "Ada's", True),
        ("responses-0-summary", "Bob's answer", "Ada's answer", True),
    }
    writes = response.context["conflict"].writes
    assert {(str(write.user), write.label, write.kind) for write in writes} == {
        ("ada", "Changed", "letter"),
        ("ada", "Changed", "response"),
    }
    assert any("changed while you had it open" in error for error in errors(response))


def test_nothing_typed_is_lost_and_each_field_is_chosen(ada, bob, letter):
    first, second = opened(ada, letter), opened(bob, letter)
    send(ada, letter, first, **{"note": "Ada's", "responses-0-summary": "Ada's answer"})
    refused = send(
        bob,
        letter,
        second,
        **{"note": "Bob's", "reference": "B-1", "responses-0-summary": "Bob's answer"},
    )

    again = form_data(refused)
    answer = send(
        bob,
        letter,
        again,
        **{"_choose-note": "theirs", "_choose-responses-0-summary": "mine"},
    )

    letter.refresh_from_db()
    assert answer.status_code == 302
    assert (letter.note, letter.reference) == ("Ada's", "B-1")
    assert letter.responses.get().summary == "Bob's answer"


def test_choice_that_is_not_made_is_asked_for_again(ada, bob, letter):
    first, second = opened(ada, letter), opened(bob, letter)
    send(ada, letter, first, note="Ada's")
    refused = send(bob, letter, second, note="Bob's")
    asked = {"_asked": ["_choose-note"], "_before": refused.context["before"]}

    again = send(bob, letter, form_data(refused) | asked)
    saved = send(bob, letter, form_data(again) | asked, **{"_choose-note": "mine"})

    assert "_choose-note" in refused.content.decode()
    assert again.status_code == 200
    assert differences(again) == differences(refused)
    assert saved.status_code == 302
    assert Letter.objects.get().note == "Bob's"


def test_field_that_the_other_alone_changed_is_theirs_unless_told_otherwise(ada, bob, letter):
    first, second = opened(ada, letter), opened(bob, letter)
    send(ada, letter, first, addressee="The governor")

    response = send(bob, letter, second, note="Bob's")

    assert differences(response) == {("addressee", "The mayor", "The governor", False)}


def test_row_that_came_meanwhile_stays(ada, bob, letter):
    second = opened(bob, letter)
    added = ResponseFactory(**DRAFT, letter=letter, summary="Newer", date="2018-02-21")

    refused = send(bob, letter, second, **{"responses-0-summary": "Bob's answer"})
    send(bob, letter, form_data(refused))

    assert refused.status_code == 200
    assert set(letter.responses.values_list("key", "summary")) == {
        ("answer", "Bob's answer"),
        (added.key, "Newer"),
    }


@pytest.mark.parametrize(("choice", "kept"), [("mine", ["Bob's answer"]), ("theirs", [])])
def test_row_that_was_deleted_meanwhile_is_asked_for(ada, bob, letter, choice, kept):
    first, second = opened(ada, letter), opened(bob, letter)
    send(ada, letter, first, **{"responses-0-DELETE": "on"})

    refused = send(bob, letter, second, **{"responses-0-summary": "Bob's answer"})
    [gone] = refused.context["conflict"].gone
    saved = send(bob, letter, form_data(refused), **{f"_gone-{gone.prefix}": choice})

    assert "Bob's answer" in gone.label
    assert "Bob&#x27;s answer" in refused.content.decode()
    assert saved.status_code == 302
    assert list(Response.objects.values_list("summary", flat=True)) == kept


def test_citations_are_rows_of_their_entry(ada, bob, letter):
    first, second = opened(ada, letter), opened(bob, letter)
    prefix = "casefile-citation-entry_type-entry_id-0"
    send(ada, letter, first, **{f"{prefix}-pin": "page 1"})

    response = send(bob, letter, second, **{f"{prefix}-pin": "page 2"})

    assert differences(response) == {(f"{prefix}-pin", "page 2", "page 1", True)}
    assert letter.citations.get().pin == "page 1"


def test_reason_of_a_change_is_no_field_to_choose(ada, bob):
    letter = LetterFactory(note="")
    first, second = opened(ada, letter), opened(bob, letter)
    send(ada, letter, first, note="Ada's", reason="Found it")

    refused = send(bob, letter, second, note="Bob's", reason="Found another")

    assert differences(refused) == {("note", "Bob's", "Ada's", True)}
    assert form_data(refused)["reason"] == "Found another"


def test_links_to_other_records_are_compared_too(ada, bob):
    statement = StatementFactory(**DRAFT)
    chicago, cook = JurisdictionFactory(name="Chicago"), JurisdictionFactory(name="Cook County")
    first, second = opened(ada, statement), opened(bob, statement)
    send(ada, statement, first, jurisdictions=[chicago.pk])

    response = send(bob, statement, second, jurisdictions=[cook.pk])

    assert differences(response) == {("jurisdictions", "Cook County", "Chicago", True)}
    assert list(Statement.objects.get().jurisdictions.all()) == [chicago]


def test_save_of_the_row_on_its_own_page_counts(ada, bob, letter):
    answer = letter.responses.get()
    second = opened(bob, letter)
    post(ada, page(Response, "change", answer.pk), summary="Ada's answer")

    response = send(bob, letter, second, **{"responses-0-summary": "Bob's answer"})

    assert differences(response) == {("responses-0-summary", "Bob's answer", "Ada's answer", True)}


def test_program_that_writes_meanwhile_counts(bob):
    official = OfficialFactory(name="J. Sessions")
    second = opened(bob, official)
    Official.objects.update(name="Jeff Sessions")

    response = send(bob, official, second, name="Jefferson Sessions")

    assert differences(response) == {("name", "Jefferson Sessions", "Jeff Sessions", True)}
    assert [write.user for write in response.context["conflict"].writes] == [None]


def test_third_save_is_compared_with_the_second(ada, bob):
    official = OfficialFactory(name="J. Sessions")
    second = opened(bob, official)
    post(ada, page(Official, "change", official.pk), name="Jeff Sessions")
    refused = send(bob, official, second, name="Jefferson Sessions")
    post(ada, page(Official, "change", official.pk), name="Jeff B. Sessions")

    response = send(bob, official, form_data(refused), **{"_choose-name": "mine"})

    official.refresh_from_db()
    assert official.name == "Jeff B. Sessions"
    assert differences(response) == {("name", "Jefferson Sessions", "Jeff B. Sessions", True)}


@pytest.mark.parametrize("version", ["", "forged", "eyJhIjoxfQ:1abc:xyz"])
def test_save_without_a_version_or_with_a_forged_one_is_refused(ada, version):
    official = OfficialFactory(name="J. Sessions")
    data = opened(ada, official) | {"_version": version}

    response = send(ada, official, data, name="Jeff Sessions")

    official.refresh_from_db()
    assert official.name == "J. Sessions"
    assert differences(response) == {("name", "Jeff Sessions", "J. Sessions", True)}
    assert any("did not say on which version" in error for error in errors(response))


def test_version_of_another_record_is_refused(ada):
    official, other = OfficialFactory(name="J. Sessions"), OfficialFactory()
    data = opened(ada, official) | {"_version": opened(ada, other)["_version"]}

    response = send(ada, official, data, name="Jeff Sessions")

    official.refresh_from_db()
    assert (official.name, response.status_code) == ("J. Sessions", 200)


def test_invalid_form_keeps_its_version(ada):
    official = OfficialFactory(name="J. Sessions")
    data = opened(ada, official)

    refused = send(ada, official, data, name="")

    assert "conflict" not in refused.context
    assert send(ada, official, form_data(refused), name="Jeff").status_code == 302


def test_versions_cost_one_query_for_each_kind_of_record(django_assert_num_queries):
    letters = [LetterFactory() for _ in range(3)]
    citations = [*Citation.objects.all()]

    with django_assert_num_queries(2):
        found = versions.versions_of([*letters, *citations])

    assert len(found) == 6
    assert all(found.values())


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_one_of_four_saves_at_once_wins():
    letter = LetterFactory(**DRAFT, note="")
    ResponseFactory(**DRAFT, letter=letter, summary="First")
    clients = {name: signed_in(name) for name in ("a", "b", "c", "d")}

    for number in range(10):
        forms = {name: opened(client, letter) for name, client in clients.items()}
        barrier = Barrier(len(clients))

        def save(name, forms=forms, barrier=barrier, number=number):
            typed = f"{name} {number}"
            barrier.wait()
            try:
                return send(
                    clients[name],
                    letter,
                    forms[name],
                    **{"note": typed, "responses-0-summary": typed},
                ).status_code
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(clients)) as pool:
            statuses = dict(zip(clients, pool.map(save, clients), strict=True))

        letter.refresh_from_db()
        [winner] = [name for name, status in statuses.items() if status == 302]
        assert sorted(statuses.values()) == [200, 200, 200, 302]
        assert letter.note == letter.responses.get().summary == f"{winner} {number}"


# Signed out, or the database away


def test_signed_out_person_gets_the_form_back_filled(ada, letter):
    user = UserFactory(username="eve", group="Editors")
    user.set_password("a long one")
    user.save()
    client = DeskClient()
    client.force_login(user)
    data = opened(client, letter)
    client.logout()

    asked = send(client, letter, data, **{"note": "Typed", "responses-0-summary": "Typed too"})
    halfway = client.post(
        asked.context["app_path"],
        {
            "username": "eve",
            "password": "a long one",
            "next": asked.context["next"],
            "typed": asked.context["typed"],
        },
    )
    way = halfway.context["way"]
    code = code_of(TOTPDevice.objects.get(user=user))
    signed_in = client.post(
        reverse("second_factor"), {"code": code, "next": way.address, "typed": way.typed}
    )
    carried = dict(signed_in.context["pairs"])
    back = client.post(signed_in.context["address"], carried | {"_reopen": "on"})

    letter.refresh_from_db()
    assert letter.note == ""
    assert any("you were signed out" in error for error in errors(back))
    assert form_data(back)["note"] == "Typed"
    assert send(client, letter, form_data(back)).status_code == 302
    letter.refresh_from_db()
    assert (letter.note, letter.responses.get().summary) == ("Typed", "Typed too")


def test_what_was_typed_survives_a_wrong_password():
    client = Client()
    asked = client.post(page(Official, "add"), {"name": "Jeff", "password": "secret"})

    wrong = client.post(
        asked.context["app_path"],
        {"username": "eve", "password": "no", "next": "/admin/", "typed": asked.context["typed"]},
    )

    assert wrong.context["typed"] == asked.context["typed"] == "name=Jeff"


def test_actions_of_somebody_signed_out_are_not_kept():
    answer = Client().post(page(Letter, "changelist"), {"action": "publish"})

    assert answer.url.startswith("/admin/login/")


@pytest.mark.django_db(transaction=True)
def test_form_comes_back_while_the_database_is_away(monkeypatch):
    official = OfficialFactory(name="J. Sessions")
    client = signed_in("ada")
    data = opened(client, official)
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", 9)

    away = send(client, official, data, name="Jeff <b>Sessions")
    monkeypatch.undo()
    carried = dict(away.context["pairs"])
    saved = client.post(page(Official, "change", official.pk), carried)

    official.refresh_from_db()
    assert (away.status_code, away["Retry-After"]) == (503, "10")
    assert "Jeff &lt;b&gt;Sessions" in away.content.decode()
    assert (saved.status_code, official.name) == (302, "Jeff <b>Sessions")
