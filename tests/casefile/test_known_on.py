"""What the site said at a past moment, to the byte, however the record changed since."""

import datetime as dt
import io
import threading
from contextlib import nullcontext

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict
from django.utils import timezone

from casefile.history import tracked_models
from casefile.known_on import record_as_known_on
from casefile.models import Citation, Source
from casefile.reports import write_csv
from casefile.revision import current_revision
from jurisdictions.models import Jurisdiction
from letters.models import Extension, Letter, Proceeding
from letters.reports import REPORTS
from letters.reports.asking import ask, record_as_known
from tests.addresses import make_record
from tests.factories import (
    CitationFactory,
    ExtensionFactory,
    JurisdictionFactory,
    LetterFactory,
    ResponseFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

DAY = dt.date(2018, 3, 10)
PUBLIC = [report for report in REPORTS if not report.staff_only]


def export(name, known_on="", day=DAY, drafts=False, **filters):
    """Return the bytes of a report, written anew: no kept file is asked for."""
    report = next(report for report in REPORTS if report.name == name)
    data = QueryDict(mutable=True)
    data.update({"known_on": known_on, "drafts": "1" if drafts else "", **filters})
    out = bytearray()

    class Out:
        write = staticmethod(out.extend)

    ask(report, data, day).write(Out)
    return bytes(out)


def export_all(known_on="", days=(DAY,)):
    """Return the bytes of every public report as of some days."""
    found = {}
    past = record_as_known(dt.datetime.fromisoformat(known_on)) if known_on else nullcontext()
    with past:
        for report in PUBLIC:
            for day in days:
                out = io.BytesIO()
                write_csv(report, report.rows(day, published=True), out)
                found[report.name, day] = out.getvalue()
    return found


@pytest.fixture
def letter():
    with transaction.atomic():
        return make_record()


def now():
    return timezone.now().isoformat()


def test_unrelated_edits_change_nothing(letter):
    first, moment = export_all(), now()

    with transaction.atomic():
        LetterFactory(status="draft")
        SourceFactory()
        JurisdictionFactory()
        UserFactory()

    assert export_all(moment) == first
    assert export_all() == first


def test_edits_of_everything_change_nothing_of_the_past(letter):
    first, moment = export_all(), now()

    with transaction.atomic():
        publisher = UserFactory()
        source = Source.objects.get(key="the-source")
        source.title = "Another title"
        source.save()
        Jurisdiction.objects.update(name="Renamed", aliases=["Another name"])
        Letter.objects.update(addressee="Somebody else", deadline="2018-03-01")
        ResponseFactory(letter=letter, kind="complete", date="2018-02-28")
        Extension.objects.update(status="retracted")
        ExtensionFactory(letter=letter, new_deadline="2018-04-01")
        CitationFactory(entry=letter, source=SourceFactory(key="a-new-source"), field="deadline")
        LetterFactory(key="a-new-letter", published_by=publisher)
        Citation.objects.filter(passage__contains="satisfy").update(pin="p. 7")

    changed = export_all()
    unchanged = {name for name, day in first if first[name, day] == changed[name, day]}
    assert unchanged == {"grants", "award_events", "statements", "proceedings"}
    assert export_all(moment) == first


def test_links_are_those_of_the_moment(letter):
    proceeding = Proceeding.objects.get()
    with transaction.atomic():
        another = JurisdictionFactory(slug="another-one")
        proceeding.jurisdictions.set([another])
    first, moment = export("proceedings"), now()

    proceeding.jurisdictions.set([letter.jurisdiction])
    second, second_moment = export("proceedings"), now()
    proceeding.jurisdictions.clear()

    assert b"another-one" in first
    assert b"the-jurisdiction" in second
    assert export("proceedings", moment) == first
    assert export("proceedings", second_moment) == second


def test_deleted_rows_are_there_again():
    with transaction.atomic():
        letter = LetterFactory()
        citation = CitationFactory(entry=letter, source__key="cited-once", field="deadline")
        draft = LetterFactory(key="a-draft", status="draft")
    first, moment = export("letters"), now()
    with_drafts = export("letters", drafts=True)

    citation.delete()
    draft.delete()

    assert b"cited-once" in first
    assert b"cited-once" not in export("letters")
    assert export("letters", moment) == first
    assert b"a-draft" in with_drafts
    assert export("letters", moment, drafts=True) == with_drafts


def test_both_clocks_work_together(letter):
    days = [dt.date(2018, 2, 1), dt.date(2018, 2, 15), DAY]
    first, moment = export_all(days=days), now()

    with transaction.atomic():
        ResponseFactory(letter=letter, kind="refusal", date="2018-01-30")

    assert export("letters", day=days[0]) != first["letters", days[0]]
    assert export_all(moment, days) == first
    assert export("letters", moment, days[0]) == first["letters", days[0]]


def test_filter_takes_what_was_on_the_record_at_the_moment(letter):
    first, moment = export("letters", round="the-round"), now()

    Letter.objects.update(status="retracted")

    assert first.count(b"\n") == 2
    assert export("letters", moment, round="the-round") == first


def test_moment_before_the_first_publication_knew_nothing():
    moment = now()
    with transaction.atomic():
        LetterFactory()

    assert export("letters", moment).count(b"\n") == 1


def test_transaction_that_had_begun_but_not_committed_was_not_known(letter):
    has_changed, may_commit = threading.Event(), threading.Event()

    def correct():
        with transaction.atomic():
            Letter.objects.update(addressee="A correction")
            has_changed.set()
            assert may_commit.wait(20)
        connection.close()

    thread = threading.Thread(target=correct)
    thread.start()
    assert has_changed.wait(20)
    first, moment = export("letters"), now()
    may_commit.set()
    thread.join(20)

    assert export("letters") != first
    assert export("letters", moment) == first


def test_every_sidecar_names_the_moment_that_gives_its_bytes_again(letter):
    question = ask(PUBLIC[0], QueryDict(), DAY)
    file = question.file()
    first = file.path.read_bytes()

    Letter.objects.update(addressee="Somebody else")

    assert export("letters", file.sidecar["known_on"]) == first


def test_kept_file_of_a_revision_answers_for_every_moment_of_it(letter):
    file, moment = ask(PUBLIC[0], QueryDict(), DAY).file(), now()
    Letter.objects.update(addressee="Somebody else")

    data = QueryDict(mutable=True)
    data["known_on"] = moment

    assert ask(PUBLIC[0], data, DAY).file() == file


def test_revision_of_the_moment_is_told(letter):
    revision, moment = current_revision(), timezone.now()
    Letter.objects.update(addressee="Somebody else")

    with record_as_known(moment) as known:
        assert known == revision


def test_nothing_of_the_past_record_stays_behind(letter):
    with record_as_known_on(timezone.now()):
        Letter.objects.update(addressee="Written into the past")

    assert not Letter.objects.filter(addressee="Written into the past").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ('"$user", public',)


def test_two_past_records_follow_within_one_transaction(letter):
    moment = timezone.now()

    with transaction.atomic():
        for _ in range(2):
            with record_as_known_on(moment):
                assert Letter.objects.count() == 1
        assert Letter.objects.count() == 1


def test_error_within_is_raised_and_leaves_the_connection_usable(letter):
    with pytest.raises(DatabaseError), record_as_known_on(timezone.now()):
        Letter.objects.extra(where=["1/0 = 1"]).count()

    assert Letter.objects.count() == 1


def test_history_is_kept_of_every_table_that_a_report_reads():
    shadowed = {model._meta.db_table for model, _ in tracked_models()}
    others = {
        "django_content_type",
        "letters_stateinterval",
        "letters_jurisdictioninterval",
        "letters_statetally",
        "letters_statechange",
        "jurisdictions_awardinterval",
    }

    for report in REPORTS:
        rows = report.rows(DAY, published=True)
        sql, _ = report.query(rows)
        for table in connection.introspection.table_names():
            if f'"{table}"' in sql:
                assert table in shadowed | others, (report.name, table)
