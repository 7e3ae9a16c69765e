"""Loading bundles: what comes in, what changes, what is left, and who may publish."""

from datetime import date
from io import StringIO
from pathlib import Path

import pghistory.models
import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

import letters
from casefile.entries import Entry
from casefile.models import Citation, Source
from jurisdictions.models import Award, Jurisdiction
from letters.models import DemandItem, Event, Letter, Official, Production, Response, Statement
from letters.record import CITED, RECORD
from tests.bundles import RECORD as FILES
from tests.bundles import changed, tables, write_directory, write_zip
from tests.factories import JurisdictionFactory, LetterFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db

FOUNDING_RECORD = Path(letters.__file__).parent / "founding_record"


@pytest.fixture
def publisher():
    user = UserFactory(username="rita")
    user.user_permissions.set(Permission.objects.filter(codename__startswith="publish_"))
    return user


@pytest.fixture
def load(tmp_path):
    """Load files from a directory, and return the lines that the command says."""
    numbers = iter(range(100))

    def load(files, **options):
        said = StringIO()
        path = write_directory(tmp_path / str(next(numbers)), files)
        call_command("load_record", str(path), stdout=said, **options)
        return said.getvalue().splitlines()

    return load


def one_letter(**cells):
    """Return a bundle with one letter of a stored round to a stored jurisdiction."""
    letter = {"key": "letter", "round": "january", "jurisdiction": "albany", "date": "2018-01-24"}
    row = letter | cells
    return {"letters.csv": f"{','.join(row)}\n{','.join(row.values())}\n"}


@pytest.fixture
def january():
    return RoundFactory(slug="january")


@pytest.fixture
def albany():
    return JurisdictionFactory(slug="albany")


def test_load_brings_in_every_row_with_its_references(load, publisher):
    load(FILES, publish_as="rita")

    letter = Letter.objects.get(key="chicago")
    assert letter.round.slug == "january"
    assert letter.jurisdiction.parent.parent == Jurisdiction.objects.get(slug="illinois")
    assert letter.jurisdiction.aliases == ["Chicago", "Windy City"]
    assert letter.deadline == date(2018, 2, 23)
    response = letter.responses.get()
    assert (response.date, response.date_precision) == (date(2018, 2, 1), "month")
    assert response.productions.get().item.text == "All orders"
    assert Award.objects.get().amount == 2_019_194
    event = Event.objects.get()
    assert {place.slug for place in event.jurisdictions.all()} == {"chicago-il", "illinois"}
    assert event.officials.get().name == "Jordan Official"
    statement = Statement.objects.get()
    assert (statement.in_reply_to_letter, statement.in_reply_to_round) == (letter, None)
    assert [citation.stance for citation in letter.citations.order_by("field")] == [
        "supports",
        "contradicts",
    ]


def test_load_keeps_a_text_to_the_byte_with_its_digest(load, publisher):
    text = "Line one\r\nline two\x0c\u2019\n\n"
    files = FILES | {"texts/release.txt": text.encode()}

    load(files, publish_as="rita")

    source = Source.objects.get()
    assert source.text == text
    digest = source.text_sha256
    source.save()
    assert source.text_sha256 == digest


def test_load_checks_quotations_like_a_save(load, publisher):
    load(FILES, publish_as="rita")

    citation = Statement.objects.get().citations.get()
    loaded = (citation.passage_check, citation.quotation_check)
    assert loaded == ("exact", "absent")
    citation.save()
    assert (citation.passage_check, citation.quotation_check) == loaded


def test_load_checks_quotations_again_when_the_text_of_their_source_changes(load, publisher):
    load(FILES, publish_as="rita")

    load(FILES | {"texts/release.txt": "In time.\n"}, publish_as="rita")

    citation = Statement.objects.get().citations.get()
    assert (citation.passage_check, citation.quotation_check) == ("absent", "exact")


def test_load_reads_a_zip_like_a_directory(load, publisher, tmp_path):
    path = write_zip(tmp_path / "record.zip", FILES)

    call_command("load_record", str(path), publish_as="rita", stdout=StringIO())

    assert all(line.endswith(" left") and " 0 added, 0 changed" in line for line in load(FILES))


def test_load_needs_neither_all_files_nor_all_columns(load, albany, january):
    load(one_letter())

    letter = Letter.objects.get()
    assert (letter.status, letter.date_precision, letter.note) == ("draft", "day", "")
    assert letter.deadline is None


def test_citations_need_neither_field_nor_pin_to_be_told_apart(load, albany, january):
    LetterFactory(key="letter", cited__source__key="scan", cited__passage="before")
    files = {"citations.csv": "entry_kind,entry,source,passage\nletters,letter,scan,after\n"}

    load(files)
    again = load(files)

    assert Citation.objects.get().passage == "after"
    assert again == ["citations.csv: 0 added, 0 changed, 1 left"]


def test_load_lets_readme_and_datapackage_lie_beside_the_tables(load):
    said = load({"README.md": "Hello", "datapackage.json": "{}", "officials.csv": "slug,name\n"})

    assert said == ["officials.csv: 0 added, 0 changed, 0 left"]


def test_load_keeps_what_the_file_has_no_column_for(load, albany, january):
    letter = LetterFactory(
        key="letter", round=january, jurisdiction=albany, status="draft", note="kept"
    )

    load(one_letter(reference="new"))

    letter.refresh_from_db()
    assert (letter.note, letter.reference) == ("kept", "new")
    assert letter.deadline == date(2018, 2, 23)


def test_load_leaves_rows_alone_that_the_bundle_lacks(load, albany, january):
    other = LetterFactory()

    load(one_letter())

    assert Letter.objects.filter(pk=other.pk).exists()


def test_load_sets_links_exactly(load, publisher):
    load(FILES, publish_as="rita")

    load(changed("events.csv", "chicago-il; illinois", "california; illinois"), publish_as="rita")

    slugs = {place.slug for place in Event.objects.get().jurisdictions.all()}
    assert slugs == {"california", "illinois"}


def test_load_takes_a_semicolon_within_an_item(load):
    load(
        {
            "jurisdictions.csv": "slug,name,kind,state,aliases\n"
            "dc,District of Columbia,other,DC,Washington\\; D.C.; A\\\\B; The District\n"
        }
    )

    assert Jurisdiction.objects.get().aliases == ["Washington; D.C.", "A\\B", "The District"]


@pytest.mark.parametrize("publish_as", ["rita", None])
def test_loading_twice_changes_nothing(load, publisher, publish_as):
    load(FILES, publish_as="rita")
    before = tables()

    said = load(FILES, publish_as=publish_as)

    assert tables() == before
    assert len(said) == 13
    assert all(" 0 added, 0 changed, " in line for line in said)


def test_loading_twice_without_a_publisher_changes_nothing(load):
    load(FILES)
    before = tables()

    load(FILES)

    assert tables() == before


def test_dry_run_tells_differences_and_writes_nothing(load, publisher):
    load(FILES, publish_as="rita")
    before = tables()
    files = changed("letters.csv", "2018-02-23,,published", "2018-03-23,,published") | {
        "officials.csv": FILES["officials.csv"] + "robin,Robin Official\n",
        "events.csv": changed("events.csv", "chicago-il; illinois", "california")["events.csv"],
        "texts/release.txt": "Another text",
    }

    said = load(files, publish_as="rita", dry_run=True)

    assert tables() == before
    assert [line for line in said if "add " in line or "change " in line] == [
        'sources.csv: change release, text_file: "49 characters" -> "12 characters"',
        "officials.csv: add robin",
        'letters.csv: change chicago, deadline: "2018-02-23" -> "2018-03-23"',
        'events.csv: change meeting, jurisdictions: "chicago-il; illinois" -> "california"',
    ]
    assert "letters.csv: 0 added, 1 changed, 1 left" in said
    assert said[-1] == "Nothing was written: this was a dry run."


def test_published_rows_come_in_published_by_the_user(load, publisher):
    load(FILES, publish_as="rita")

    letter = Letter.objects.get(key="chicago")
    assert (letter.status, letter.published_by, letter.submitted_by) == (
        "published",
        publisher,
        None,
    )
    assert letter.published_at is not None
    assert Letter.objects.get(key="cook").status == "draft"


def test_published_rows_wait_in_review_without_a_publisher(load):
    load(FILES)

    letter = Letter.objects.get(key="chicago")
    assert (letter.status, letter.published_by) == ("in_review", None)


def test_what_waits_in_review_is_published_by_a_later_load(load, publisher):
    load(FILES)

    load(FILES, publish_as="rita")

    assert Letter.objects.get(key="chicago").published_by == publisher


STATUSES = ["draft", "in_review", "published", "retracted"]
POSSIBLE = {
    ("draft", "in_review"),
    ("draft", "published"),
    ("draft", "retracted"),
    ("in_review", "draft"),
    ("in_review", "published"),
    ("in_review", "retracted"),
    ("published", "retracted"),
} | {(status, status) for status in STATUSES}


@pytest.mark.parametrize("after", STATUSES)
@pytest.mark.parametrize("before", STATUSES)
def test_stored_entries_move_by_the_steps_of_review(
    load, publisher, albany, january, before, after
):
    letter = LetterFactory(key="letter", round=january, jurisdiction=albany, status=before)
    files = one_letter(status=after)

    if (before, after) in POSSIBLE:
        load(files, publish_as="rita")
    else:
        with pytest.raises(CommandError) as refusal:
            load(files, publish_as="rita")
        assert (
            f"The stored entry is {before.replace('_', ' ')} and can't become"
            f" {after.replace('_', ' ')}." in str(refusal.value)
        )

    letter.refresh_from_db()
    assert letter.status == (after if (before, after) in POSSIBLE else before)


@pytest.mark.parametrize(
    ("old", "new"),
    [("2018-02-23,,published", "2018-03-23,,published"), (",,published", ",,retracted")],
    ids=["changed", "retracted"],
)
def test_the_public_record_is_changed_by_a_publisher_alone(load, publisher, old, new):
    load(FILES, publish_as="rita")
    before = tables()

    with pytest.raises(CommandError) as refusal:
        load(changed("letters.csv", old, new))

    assert tables() == before
    assert str(refusal.value).startswith("letters.csv, row 2, column status, value ")
    assert (
        "This changes the public record: give --publish-as with the name of a user who may publish."
        in str(refusal.value)
    )


def test_publisher_needs_the_permission_for_each_kind(load, publisher):
    publisher.user_permissions.remove(Permission.objects.get(codename="publish_letter"))
    before = tables()

    with pytest.raises(CommandError) as refusal:
        load(FILES, publish_as="rita")

    assert tables() == before
    assert str(refusal.value).splitlines() == [
        'letters.csv, row 2, column status, value "published": rita may not publish letters: give'
        " --publish-as a user with the permission letters.publish_letter.",
        "1 problem: nothing was loaded.",
    ]


def test_publisher_must_exist(load):
    with pytest.raises(CommandError) as refusal:
        load(FILES, publish_as="nobody")

    assert str(refusal.value) == (
        "There is no user nobody. Give --publish-as the name of one who may publish."
    )


def test_nobody_publishes_what_they_submitted(load, publisher, albany, january):
    LetterFactory(
        key="letter", round=january, jurisdiction=albany, status="in_review", submitted_by=publisher
    )

    with pytest.raises(CommandError) as refusal:
        load(one_letter(status="published"), publish_as="rita")

    assert "Who submitted an entry can't publish it: a second person has to." in str(refusal.value)


def test_deadline_is_counted_where_the_letter_gives_a_period(load, albany, january):
    period = {"deadline_days": "30", "deadline_unit": "calendar", "deadline_basis": "dated"}

    load(one_letter(deadline="", **period))

    # 30 days after 24 January 2018 is Friday, 23 February.
    assert Letter.objects.get().deadline == date(2018, 2, 23)


def test_deadline_of_the_letter_itself_wins_over_its_period(load, albany, january):
    period = {"deadline_days": "30", "deadline_unit": "calendar", "deadline_basis": "dated"}

    load(one_letter(deadline="2018-02-20", **period))

    assert Letter.objects.get().deadline == date(2018, 2, 20)


def test_deadline_that_runs_from_an_unknown_receipt_stays_open(load, albany, january):
    period = {"deadline_days": "30", "deadline_unit": "business", "deadline_basis": "received"}

    load(one_letter(deadline="", received_on="", **period))

    assert Letter.objects.get().deadline is None


def test_period_asks_for_a_column_for_the_deadline(load, albany, january):
    period = {"deadline_days": "30", "deadline_unit": "calendar", "deadline_basis": "dated"}

    with pytest.raises(CommandError) as refusal:
        load(one_letter(**period))

    assert str(refusal.value).splitlines()[0] == (
        'letters.csv, row 2, column deadline_days, value "30": Add the column deadline, too; its'
        " cells may be empty."
    )


def test_history_says_who_loaded_and_how(load, publisher):
    load(FILES, publish_as="rita", reason="The first of them")

    events = [
        *Letter.objects.get(key="chicago").history.all(),
        *Official.objects.get().history.all(),
        *Citation.objects.first().history.all(),
    ]
    contexts = {event.pgh_context_id for event in events}
    assert len(contexts) == 1
    context = pghistory.models.Context.objects.get(pk=contexts.pop())
    assert context.metadata == {
        "command": "load_record",
        "user": publisher.pk,
        "reason": "The first of them",
    }


def test_history_has_each_row_once_for_a_first_load(load):
    load(FILES)

    for model in (Jurisdiction, Letter, Response, Production, DemandItem, Award):
        assert [entry.history.count() for entry in model.objects.all()] == [
            1
        ] * model.objects.count()


def test_founding_record_loads_and_is_published(publisher):
    call_command("load_record", str(FOUNDING_RECORD), publish_as="rita", stdout=StringIO())

    assert {letter.round_id for letter in Letter.objects.all()}
    rounds = {"2017-11-15": 29, "2018-01-24": 23, "2018-04-12": 3}
    assert {slug: Letter.objects.filter(round__slug=slug).count() for slug in rounds} == rounds
    for table in CITED:
        if issubclass(table.model, Entry):
            assert not table.model.objects.exclude(status="published").exists()


def test_every_entry_kind_has_a_file_of_its_name():
    kinds = {table.model: table.name for table in RECORD if hasattr(table.model, "entry_kind")}

    assert kinds == {model: model.entry_kind for model in kinds}
    assert {table.model for table in CITED} == set(kinds)
    assert set(Entry.__subclasses__()) <= set(kinds)
