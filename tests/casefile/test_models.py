"""Rules of sources and citations, and those of every entry, shown on policies."""

import pytest

from casefile.entries import Status
from casefile.models import Citation
from casefile.refusals import Refusal, refusals
from jurisdictions.models import Policy
from tests.constraints import assert_refused
from tests.factories import CitationFactory, PolicyFactory, SourceFactory, UserFactory

pytestmark = pytest.mark.django_db

KINDS = (
    "primary_document, press_release, court_filing, news_report, syndicated_copy,"
    " machine_altered_copy, dataset"
)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "blog"}, f"Kind must be one of {KINDS}."),
        (
            {"url": "javascript:alert(1)"},
            "URL and archive URL must begin with http:// or https:// and a host in plain"
            " letters, without a user name.",
        ),
        (
            {"archive_url": "ftp://news.example/"},
            "URL and archive URL must begin with http:// or https:// and a host in plain"
            " letters, without a user name.",
        ),
    ],
)
def test_source_refuses(fields, sentence):
    assert_refused(SourceFactory(), sentence, **fields)


def test_source_keys_are_unique():
    SourceFactory(key="release")

    assert_refused(SourceFactory(), "Source with this Key already exists.", key="release")


def test_citation_refuses_an_unknown_stance():
    PolicyFactory()

    assert_refused(
        Citation.objects.get(), "Stance must be one of supports, contradicts.", stance="doubts"
    )


def test_source_is_cited_once_with_one_field_and_pin():
    policy = PolicyFactory(status=Status.DRAFT, cited=False)
    first = CitationFactory(entry=policy, pin="page 1")
    second = CitationFactory(entry=policy, pin="page 2", source=first.source)

    assert_refused(
        second, "This entry already cites that source with the same field and pin.", pin="page 1"
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"date_precision": "week"},
            "Date precision must be one of day, month, year.",
        ),
        (
            {"date": "2018-01-24", "date_precision": "month"},
            "A date known to the month or year must be the first day of that month or year.",
        ),
        (
            {"date": "2018-02-01", "date_precision": "year"},
            "A date known to the month or year must be the first day of that month or year.",
        ),
    ],
)
def test_entry_refuses(fields, sentence):
    assert_refused(PolicyFactory(status=Status.DRAFT), sentence, **fields)


def test_entry_keys_are_unique():
    PolicyFactory(key="plan")
    policy = PolicyFactory(status=Status.DRAFT)

    assert_refused(policy, "Policy with this Key already exists.", key="plan")


def test_published_entry_says_who_published_it():
    assert_refused(
        PolicyFactory(), "A published entry must say who published it and when.", published_by=None
    )


def test_who_submitted_an_entry_cannot_have_published_it():
    user = UserFactory()

    assert_refused(
        PolicyFactory(published_by=user),
        "Who submitted an entry can't publish it: a second person has to.",
        submitted_by=user,
    )


def refusal_of(policy, **fields):
    """Return the sentence with which the database refuses a change of a policy."""
    with pytest.raises(Refusal) as refused, refusals():
        Policy.objects.filter(pk=policy.pk).update(**fields)
    return str(refused.value)


LEGAL = {
    (Status.DRAFT, Status.IN_REVIEW),
    (Status.IN_REVIEW, Status.DRAFT),
    (Status.IN_REVIEW, Status.PUBLISHED),
    (Status.PUBLISHED, Status.RETRACTED),
}


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_status_takes_only_the_steps_of_review(before, after):
    policy = PolicyFactory(key="plan", status=before)
    signature = {"published_by": UserFactory(), "published_at": "2018-02-01T00:00Z"}

    if before == after or (before, after) in LEGAL:
        Policy.objects.update(status=after, **signature)
    else:
        assert refusal_of(policy, status=after, **signature) == (
            f"plan can't go from {before} to {after}: the steps are draft, in review, published,"
            " retracted, and back from review to draft."
        ).replace("in_review", "in review")


@pytest.mark.parametrize("status", Status)
def test_only_what_was_never_published_is_deleted(status):
    policy = (
        PolicyFactory(key="plan", status=status, cited=False)
        if (status != Status.PUBLISHED)
        else PolicyFactory(key="plan")
    )

    if status in (Status.DRAFT, Status.IN_REVIEW):
        policy.delete()
        assert not Policy.objects.exists()
    else:
        with pytest.raises(Refusal) as refused, refusals():
            policy.delete()
        assert str(refused.value) == (
            "plan can't be deleted: a published entry is retracted, never deleted."
        )


@pytest.mark.parametrize("status", Status)
def test_key_stays_once_it_was_published(status):
    policy = PolicyFactory(key="plan", status=status)

    if status in (Status.DRAFT, Status.IN_REVIEW):
        Policy.objects.update(key="other")
    else:
        assert refusal_of(policy, key="other") == (
            "plan can't be renamed: the key of a published entry stands in its address."
        )


@pytest.mark.parametrize("stance", ["none", "contradicts"])
def test_published_entry_has_a_citation_that_supports_it(stance):
    cited = {"cited": False} if stance == "none" else {"cited__stance": stance}

    with pytest.raises(Refusal) as refused, refusals():
        PolicyFactory(key="plan", **cited)

    assert str(refused.value) == "plan can't be published without a citation that supports it."


@pytest.mark.parametrize(
    "change",
    [
        lambda citation: citation.delete(),
        lambda citation: Citation.objects.filter(pk=citation.pk).update(stance="contradicts"),
        lambda citation: Citation.objects.filter(pk=citation.pk).update(
            entry_id=PolicyFactory(status=Status.DRAFT, cited=False).pk
        ),
    ],
    ids=["deleted", "contradicts", "moved"],
)
def test_last_citation_of_a_published_entry_stays(change):
    with refusals():  # what is checked from here on is the change alone
        PolicyFactory(key="plan")

    with pytest.raises(Refusal) as refused, refusals():
        change(Citation.objects.get())

    assert str(refused.value) == "plan can't be published without a citation that supports it."


def test_citation_belongs_to_an_entry_that_exists():
    policy = PolicyFactory(status=Status.DRAFT, cited=False)
    policy.pk += 1

    with pytest.raises(Refusal) as refused, refusals():
        CitationFactory(entry=policy)

    assert str(refused.value) == (
        f"A citation must belong to an entry: there is no jurisdictions_policy {policy.pk}."
    )
