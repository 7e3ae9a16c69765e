import pytest

from casefile import review
from casefile.entries import Status
from casefile.review import ReviewError
from jurisdictions.models import Policy
from letters.models import Letter
from tests.factories import AwardFactory, LetterFactory, PolicyFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory(username="erin", group="Editors")


@pytest.fixture
def reviewer():
    return UserFactory(username="rae", group="Reviewers")


def refusal(step, entry, user):
    """Return why a step can't be taken, and check that nothing was changed by trying."""
    before = type(entry).objects.filter(pk=entry.pk).values().get()
    with pytest.raises(ReviewError) as raised:
        step(entry, user)
    assert type(entry).objects.filter(pk=entry.pk).values().get() == before
    return str(raised.value)


def test_draft_goes_through_review_to_the_record_and_off_it(editor, reviewer):
    policy = PolicyFactory(status=Status.DRAFT)

    review.submit(policy, editor)
    review.publish(policy, reviewer)
    review.retract(policy, reviewer)

    signed = Policy.objects.get()
    assert (signed.submitted_by, signed.published_by) == (editor, reviewer)
    assert signed.submitted_at < signed.published_at
    assert signed.status == policy.status == Status.RETRACTED


def test_entry_sent_back_is_a_draft_that_nobody_submitted(editor, reviewer):
    policy = PolicyFactory(status=Status.DRAFT)
    review.submit(policy, editor)

    review.send_back(policy, reviewer)

    policy.refresh_from_db()
    assert (policy.status, policy.submitted_by, policy.submitted_at) == ("draft", None, None)


@pytest.mark.parametrize(
    ("step", "status", "sentence"),
    [
        (
            review.submit,
            Status.IN_REVIEW,
            "Plan is in review; only what is draft can become in review.",
        ),
        (
            review.send_back,
            Status.PUBLISHED,
            "Plan is published; only what is in review can become draft.",
        ),
        (
            review.publish,
            Status.DRAFT,
            "Plan is draft; only what is in review can become published.",
        ),
        (
            review.retract,
            Status.IN_REVIEW,
            "Plan is in review; only what is published can become retracted.",
        ),
    ],
)
def test_steps_are_taken_in_their_order(reviewer, step, status, sentence):
    policy = PolicyFactory(title="Plan", status=status)

    assert refusal(step, policy, reviewer) == sentence


def test_step_counts_from_where_the_entry_stands_now(editor, reviewer):
    policy = PolicyFactory(title="Plan", status=Status.DRAFT)
    review.submit(policy, editor)
    as_seen_before = Policy.objects.get()
    review.send_back(policy, reviewer)

    assert refusal(review.publish, as_seen_before, reviewer) == (
        "Plan is draft; only what is in review can become published."
    )


def test_nobody_publishes_what_they_submitted():
    both = UserFactory(group="Administrators")
    policy = PolicyFactory(status=Status.DRAFT)
    review.submit(policy, both)

    assert refusal(review.publish, policy, both) == (
        "Who submitted an entry can't publish it: a second person has to."
    )


def test_publication_needs_a_citation_that_supports(editor, reviewer):
    policy = PolicyFactory(title="Plan", status=Status.IN_REVIEW, cited__stance="contradicts")

    assert review.missing(policy) == ["a citation that supports it"]
    assert refusal(review.publish, policy, reviewer) == (
        "Plan can't be published yet: it needs a citation that supports it."
    )


@pytest.mark.parametrize(
    ("step", "status", "action"),
    [
        (review.publish, Status.IN_REVIEW, "publish"),
        (review.retract, Status.PUBLISHED, "publish"),
    ],
)
def test_editors_neither_publish_nor_retract(editor, step, status, action):
    policy = PolicyFactory(status=status)

    assert refusal(step, policy, editor) == "erin has no permission to publish policies."


@pytest.mark.parametrize(
    ("step", "status"), [(review.submit, Status.DRAFT), (review.send_back, Status.IN_REVIEW)]
)
def test_who_may_change_nothing_takes_no_step(step, status):
    policy = PolicyFactory(status=status)

    assert refusal(step, policy, UserFactory(username="guest")) == (
        "guest has no permission to change policies."
    )


def test_deleted_entry_takes_no_step(editor):
    policy = PolicyFactory(title="Plan", status=Status.DRAFT, cited=False)
    Policy.objects.all().delete()

    with pytest.raises(ReviewError, match=r"Plan has been deleted\."):
        review.submit(policy, editor)


def test_what_readers_have_seen_is_edited_by_those_who_may_publish(editor, reviewer):
    entries = {status: PolicyFactory(status=status) for status in Status}

    assert [review.may_edit(editor, entries[status]) for status in Status] == [
        True,
        True,
        False,
        False,
    ]
    assert all(review.may_edit(reviewer, entry) for entry in entries.values())
    assert review.may_edit(editor, AwardFactory())


def test_permission_is_that_of_the_kind_of_entry(reviewer):
    group = reviewer.groups.get()
    group.permissions.remove(group.permissions.get(codename="publish_letter"))
    letter = LetterFactory(status=Status.IN_REVIEW)

    assert not review.may(reviewer, "publish", Letter)
    assert refusal(review.publish, letter, reviewer) == "rae has no permission to publish letters."
