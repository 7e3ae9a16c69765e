"""A round's letters are published together, from the list of rounds."""

import pytest

from casefile.entries import Status
from letters.models import Letter, Round
from tests.desk import messages, page
from tests.factories import JurisdictionFactory, LetterFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db


def publish(client, round_, group="Reviewers", **user):
    signed_in = UserFactory(group=group, **user) if group else user["user"]
    client.force_login(signed_in)
    address = page(Round, "changelist")
    client.post(address, {"action": "publish_letters", "_selected_action": [round_.pk]})
    return messages(client.get(address))


def test_letters_in_review_are_published_and_the_others_named_with_why(client):
    round_, other = RoundFactory(), RoundFactory()
    waiting = {"round": round_, "status": Status.IN_REVIEW}
    ready = LetterFactory(**waiting, cited__pin="page 1")
    uncited = LetterFactory(**waiting, cited=False, jurisdiction=JurisdictionFactory(name="Aurora"))
    draft = LetterFactory(round=round_, status=Status.DRAFT)
    elsewhere = LetterFactory(round=other, status=Status.IN_REVIEW)

    said = publish(client, round_)

    statuses = dict(Letter.objects.values_list("pk", "status"))
    assert statuses == {
        ready.pk: Status.PUBLISHED,
        uncited.pk: Status.IN_REVIEW,
        draft.pk: Status.DRAFT,
        elsewhere.pk: Status.IN_REVIEW,
    }
    assert said == [
        f"Published: {ready}.",
        f"{uncited} can't be published yet: it needs a citation that supports it.",
        "Drafts that nobody has submitted yet: 1.",
    ]


def test_doubts_are_shown_once_for_all_letters(client):
    round_ = RoundFactory()
    letters = LetterFactory.create_batch(2, round=round_, status=Status.IN_REVIEW)
    client.force_login(UserFactory(group="Reviewers"))
    data = {"action": "publish_letters", "_selected_action": [round_.pk]}

    shown = client.post(page(Round, "changelist"), data).content.decode()
    before = Letter.objects.published().count()
    client.post(page(Round, "changelist"), data | {"_seen": "on"})

    assert all(str(letter) in shown for letter in letters)
    assert shown.count("has no pin.") == 2
    assert f'name="_selected_action" value="{round_.pk}"' in shown
    assert (before, Letter.objects.published().count()) == (0, 2)


def test_nobody_publishes_the_letters_that_they_submitted(client):
    both = UserFactory(group="Administrators")
    letter = LetterFactory(status=Status.IN_REVIEW, submitted_by=both, cited__pin="page 1")

    said = publish(client, letter.round, group=None, user=both)

    assert Letter.objects.get().status == Status.IN_REVIEW
    assert said == ["Who submitted an entry can't publish it: a second person has to."]


def test_editors_are_not_offered_it(client):
    letter = LetterFactory(status=Status.IN_REVIEW)

    publish(client, letter.round, group="Editors")

    listed = client.get(page(Round, "changelist")).content.decode()
    assert Letter.objects.get().status == Status.IN_REVIEW
    assert "publish_letters" not in listed
