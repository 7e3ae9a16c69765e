"""A round in one go: pasted names become draft letters, and what is not sure is asked."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse

from letters.management.commands.demo import FOUNDING_RECORD
from letters.models import Letter, Round
from tests.desk import messages, page
from tests.factories import (
    JurisdictionFactory,
    LetterFactory,
    RoundFactory,
    SourceFactory,
    UserFactory,
)
from tests.jurisdictions.test_matching import RELEASE

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(group="Editors"))
    return client


def address(round_):
    return reverse("admin:letters_round_recipients", args=[round_.pk])


def send(desk, round_, **typed):
    """Open the page, type and send it; follow to where it leads."""
    opened = desk.get(address(round_))
    data = {
        field.html_name: field.field.prepare_value(value)
        for field in opened.context["form"]
        if (value := field.value()) not in (None, "", [])
    }
    return desk.post(address(round_), data | typed, follow=True)


def asked(response):
    """Return the names that the page asks about, with how many candidates it offers for each."""
    return {
        str(found.name): len(found.candidates)
        for found in response.context["form"].questions.values()
    }


def written_to(round_):
    return {letter.jurisdiction for letter in round_.letters.all()}


def test_pasted_names_of_the_release_become_its_draft_letters(desk):
    call_command("load_record", str(FOUNDING_RECORD), verbosity=0)
    round_ = RoundFactory(slug="january")
    source = SourceFactory()

    send(desk, round_, names="; ".join(RELEASE), source=source.pk, pin="p. 1")

    letters = {letter.jurisdiction.slug: letter for letter in round_.letters.all()}
    assert set(letters) == set(RELEASE.values())
    chicago = letters["chicago-il"]
    assert (chicago.key, chicago.status) == ("january-chicago-il", "draft")
    assert (chicago.date, chicago.deadline) == (dt.date(2018, 1, 24), dt.date(2018, 2, 23))
    [citation] = chicago.citations.all()
    assert (citation.source, citation.pin) == (source, "p. 1")


def test_chosen_jurisdictions_get_letters_beside_pasted_ones(desk):
    chosen, pasted = JurisdictionFactory(), JurisdictionFactory(name="Albany", state="NY")
    round_ = RoundFactory()

    response = send(desk, round_, jurisdictions=[chosen.pk], names="Albany, NY")

    assert written_to(round_) == {chosen, pasted}
    assert messages(response) == ["2 draft letters made."]


def test_unsure_name_is_asked_and_nothing_is_written_before_the_answer(desk):
    JurisdictionFactory(name="Reno", state="NV")
    JurisdictionFactory(name="City of Albany", state="NY")
    round_ = RoundFactory()

    response = send(desk, round_, names="Albny, NY; Reno, NV")

    assert asked(response) == {"Albny, NY": 1}
    assert "No letter was made yet: 1 of 2 names needs your answer." in response.content.decode()
    assert not Letter.objects.exists()


def test_answer_names_the_recipient(desk):
    albany = JurisdictionFactory(name="City of Albany", state="NY")
    round_ = RoundFactory()

    send(desk, round_, names="Albny, NY", **{"meant: Albny, NY": albany.pk})

    assert written_to(round_) == {albany}


def test_answer_that_was_not_offered_is_refused(desk):
    elsewhere = JurisdictionFactory(name="Reno", state="NV")
    round_ = RoundFactory()

    response = send(desk, round_, names="Albny, NY", **{"meant: Albny, NY": elsewhere.pk})

    assert asked(response) == {"Albny, NY": 0}
    assert not Letter.objects.exists()


def test_none_of_these_leaves_a_name_out_and_says_so(desk):
    reno = JurisdictionFactory(name="Reno", state="NV")
    round_ = RoundFactory()

    response = send(desk, round_, names="Albny, NY; Reno, NV", **{"meant: Albny, NY": "none"})

    assert written_to(round_) == {reno}
    assert messages(response)[0].startswith("Albny, NY: left out")


def test_new_jurisdiction_can_be_made_with_the_name_and_state_that_were_pasted(desk):
    response = send(desk, RoundFactory(), names="Albany, NY")

    assert "jurisdiction/add/?name=Albany&amp;state=NY" in response.content.decode()


def test_jurisdiction_that_stands_twice_gets_one_letter_and_it_is_told(desk):
    albany = JurisdictionFactory(name="City of Albany", state="NY", aliases=["Albany"])
    round_ = RoundFactory()

    response = send(desk, round_, names="Albany, NY; City of Albany, NY", jurisdictions=[albany.pk])

    assert written_to(round_) == {albany}
    assert messages(response)[0] == "City of Albany was given 3 times: it got one letter."


def test_jurisdiction_with_a_letter_in_the_round_gets_no_second_one_and_it_is_told(desk):
    letter = LetterFactory(jurisdiction__name="Albany", jurisdiction__state="NY")

    response = send(desk, letter.round, names="Albany, NY")

    assert list(letter.round.letters.all()) == [letter]
    assert messages(response) == [
        "Albany already has a letter in this round.",
        "No letter was made.",
    ]


def test_letters_are_made_all_or_none(desk):
    place = JurisdictionFactory()

    response = send(desk, RoundFactory(), jurisdictions=[place.pk], deadline="2018-01-01")

    assert response.context["form"].errors == {"deadline": ["Deadline can't be before date."]}
    assert not Letter.objects.exists()


def test_empty_form_says_what_to_do(desk):
    response = send(desk, RoundFactory())

    errors = response.context["form"].non_field_errors()
    assert errors == ["Choose jurisdictions, or paste their names."]


@pytest.mark.parametrize(
    ("names", "error"),
    [
        ("A, NY;" * 501, "These are 501 names: paste at most 500."),
        ("A" * 50_001, "Ensure this value has at most 50000 characters (it has 50001)."),
    ],
)
def test_text_is_bounded(desk, names, error):
    response = send(desk, RoundFactory(), names=names)

    assert response.context["form"].errors["names"] == [error]


def test_round_leads_to_its_recipients(desk):
    round_ = RoundFactory()

    shown = desk.get(page(Round, "change", round_.pk))

    assert f'href="{address(round_)}"' in shown.content.decode()


@pytest.mark.parametrize("group", ["Reviewers", None])
def test_only_those_who_may_add_letters_add_recipients(client, group):
    client.force_login(UserFactory(group=group))

    assert client.get(address(RoundFactory())).status_code == 403


def test_visitor_is_asked_to_sign_in(client):
    assert client.get(address(RoundFactory())).status_code == 302


def test_round_that_is_not_there_is_not_found(desk):
    assert desk.get(reverse("admin:letters_round_recipients", args=[99])).status_code == 404
