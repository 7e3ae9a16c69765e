import pghistory
import pytest
from django.db import IntegrityError
from django.utils import timezone

from casefile import review
from casefile.changes import changes_of, last_remark
from casefile.corrections import Correction
from casefile.entries import Status
from casefile.review import ReviewError
from jurisdictions.models import Policy
from letters.models import Letter
from tests.factories import AwardFactory, LetterFactory, PolicyFactory, ResponseFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return UserFactory(username="erin", group="Editors")


@pytest.fixture
def reviewer():
    return UserFactory(username="rae", group="Reviewers")


def retract(entry, user):
    review.retract(entry, user, "The wrong city")


def refusal(step, entry, user):
    """Return why a step can't be taken, and check that nothing was changed by trying."""
    before = type(entry).objects.filter(pk=entry.pk).values().get()
    with pytest.raises(ReviewError) as raised:
        step(entry, user)
    assert type(entry).objects.filter(pk=entry.pk).values().get() == before
    return str(raised.value)


def test_draft_goes_through_review_to_the_record_and_off_it(editor, reviewer):
    policy = PolicyFactory(status=Status.DRAFT, cited__pin="page 1")

    review.submit(policy, editor)
    review.publish(policy, reviewer)
    review.retract(policy, reviewer, "The wrong city")

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
            retract,
            Status.IN_REVIEW,
            "Plan is in review; only what is published can become retracted.",
        ),
    ],
)
def test_steps_are_taken_in_their_order(reviewer, step, status, sentence):
    policy = PolicyFactory(title="Plan", status=status, cited__pin="page 1")

    assert refusal(step, policy, reviewer) == sentence


def test_step_counts_from_where_the_entry_stands_now(editor, reviewer):
    policy = PolicyFactory(title="Plan", status=Status.DRAFT, cited__pin="page 1")
    review.submit(policy, editor)
    as_seen_before = Policy.objects.get()
    review.send_back(policy, reviewer)

    assert refusal(review.publish, as_seen_before, reviewer) == (
        "Plan is draft; only what is in review can become published."
    )


def test_nobody_publishes_what_they_submitted():
    both = UserFactory(group="Administrators")
    policy = PolicyFactory(status=Status.DRAFT, cited__pin="page 1")
    review.submit(policy, both)

    assert refusal(review.publish, policy, both) == (
        "Who submitted an entry can't publish it: a second person has to."
    )


def test_publication_needs_a_citation_that_supports(editor, reviewer):
    policy = PolicyFactory(
        title="Plan", status=Status.IN_REVIEW, cited__stance="contradicts", cited__pin="page 1"
    )

    assert review.missing(policy) == ["a citation that supports it"]
    assert refusal(review.publish, policy, reviewer) == (
        "Plan can't be published yet: it needs a citation that supports it."
    )


@pytest.mark.parametrize(
    ("step", "status", "action"),
    [
        (review.publish, Status.IN_REVIEW, "publish"),
        (retract, Status.PUBLISHED, "publish"),
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


def test_retraction_needs_a_reason_which_the_history_keeps(reviewer):
    policy = PolicyFactory(title="Plan")

    with pytest.raises(ReviewError, match="Plan is retracted only with a reason"):
        review.retract(policy, reviewer, "  ")
    review.retract(policy, reviewer, "The wrong city")

    newest, *_ = changes_of(policy)
    assert newest.reason == "The wrong city"


def test_remark_stands_until_the_entry_is_submitted_again(editor, reviewer):
    policy = PolicyFactory(status=Status.DRAFT)
    review.submit(policy, editor)
    review.send_back(policy, reviewer, "Which page?")

    assert last_remark(policy) == "Which page?"
    review.submit(policy, editor)
    assert last_remark(policy) == ""


def test_doubts_are_what_a_reviewer_should_look_at():
    letter = LetterFactory(status=Status.DRAFT)
    answer = ResponseFactory(status=Status.DRAFT, letter=letter, cited__passage="We will.")
    source = answer.citations.get().source

    assert review.doubts(answer) == [
        f"Readers won't see it before this is published: {letter}.",
        f"The citation of {source} has no pin.",
        f"The passage is not checked in {source}.",
    ]
    assert review.doubts(letter) == [f"The citation of {letter.citations.get().source} has no pin."]


def test_doubts_tell_of_dates():
    letter = LetterFactory(date="2999-01-01", deadline=None, cited__pin="page 1")
    letter.refresh_from_db()

    assert review.doubts(letter) == [
        "Its date is yet to come.",
        "It has no date of this kind: deadline.",
    ]


def test_all_that_stands_against_publication_is_told_at_once(reviewer):
    policy = PolicyFactory(title="Plan", status=Status.IN_REVIEW, cited__stance="contradicts")
    source = policy.citations.get().source

    assert refusal(review.publish, policy, reviewer) == (
        "Plan can't be published yet: it needs a citation that supports it. Plan has to be looked"
        f" at first, and that ticked on its page: The citation of {source} has no pin."
    )


def test_doubts_that_a_reviewer_has_seen_are_kept_in_the_history(reviewer):
    policy = PolicyFactory(title="Plan", status=Status.IN_REVIEW)
    source = policy.citations.get().source

    assert "has to be looked at first" in refusal(review.publish, policy, reviewer)
    review.publish(policy, reviewer, seen=True)

    assert changes_of(policy)[0].reason == (
        f"Seen before publication: The citation of {source} has no pin."
    )
    assert policy.is_published


def test_what_is_lacking_is_published_by_no_tick(reviewer):
    policy = PolicyFactory(title="Plan", status=Status.IN_REVIEW, cited=False)

    with pytest.raises(ReviewError, match="it needs a citation"):
        review.publish(policy, reviewer, seen=True)


# A second pair of eyes


@pytest.fixture
def changed(reviewer):
    """A published policy that the reviewer changed."""
    policy = PolicyFactory(title="Plan")
    with pghistory.context(user=reviewer.pk, reason="A typing error"):
        Policy.objects.update(title="City of Refuge")
    policy.refresh_from_db()
    return policy


def test_change_of_a_published_entry_waits_for_a_second_reviewer(changed, reviewer):
    [correction] = Correction.objects.of(changed).unconfirmed()

    assert correction.changes == {"title": ["Plan", "City of Refuge"]}
    assert (correction.changed_by, correction.reason) == (reviewer, "A typing error")


@pytest.mark.parametrize("step", [review.confirm, review.mark_immaterial])
def test_nobody_signs_what_they_changed(changed, reviewer, step):
    assert "a second person has to" in refusal(step, changed, reviewer)
    assert Correction.objects.unconfirmed().count() == 1


def test_second_reviewer_confirms(changed):
    second = UserFactory(group="Reviewers")

    review.confirm(changed, second)

    correction = Correction.objects.get()
    assert (correction.confirmed_by, correction.is_confirmed) == (second, True)
    assert "no change that waits" in refusal(review.confirm, changed, second)


def test_change_found_not_material_is_kept_with_who_found_it(changed):
    second = UserFactory(group="Reviewers")

    review.mark_immaterial(changed, second)

    correction = Correction.objects.get()
    assert correction.immaterial_by == second
    assert not Correction.objects.material()
    labels = correction.history.order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "update"]


@pytest.mark.parametrize("step", [review.confirm, review.mark_immaterial])
def test_editors_sign_nothing(changed, editor, step):
    assert refusal(step, changed, editor) == "erin has no permission to publish policies."


@pytest.mark.parametrize("signature", ["confirmed", "immaterial"])
def test_database_too_wants_a_second_person(changed, reviewer, signature):
    signed = {f"{signature}_by": reviewer, f"{signature}_at": timezone.now()}

    with pytest.raises(IntegrityError):
        Correction.objects.update(**signed)
