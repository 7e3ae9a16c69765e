"""Taking in a source and drafting from it, as a browser meets the desk."""

import datetime as dt
import hashlib
import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.http import urlencode

from casefile.entries import Status
from casefile.models import Citation, Source
from casefile.quotation_checks import QuotationCheck
from letters.models import Event, Response, Statement
from tests.casefile.test_pdf_text import encrypted, line, pdf
from tests.desk import messages, page
from tests.factories import (
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TAKE_IN = "/admin/casefile/source/take-in/"
ARTICLE = """Mayor Pat Rivers of Springfield answered the letter on Thursday.

“We will not hand over a single page,” Rivers said. “Our lawyers read it twice.”

Rivers said “never again,” while Secretary Jo Doe said “soon enough.”

"The request is lawful", the official said."""


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(group="Editors"))
    return client


@pytest.fixture
def source():
    return SourceFactory(text=ARTICLE, published_on=dt.date(2018, 1, 26))


def take_in(client, **fields):
    return client.post(TAKE_IN, {"title": "An article", "kind": "news_report", **fields})


def intake(source, words=None, **asked):
    """Return the address of a source's intake page, with a passage of its text chosen."""
    address = reverse("admin:casefile_source_intake", args=[source.pk])
    if words:
        start = source.text.index(words)
        asked |= {"start": start, "end": start + len(words)}
    return f"{address}?{urlencode(asked)}"


def draft(client, address, **fields):
    """Open the form for a draft, fill some fields in, and send it."""
    form = client.get(address).context["intake"].form
    data = {field.name: field.value() for field in form if field.value() not in (None, "", False)}
    return client.post(address, {**data, **fields})


# Taking in


def test_pasted_text_is_stored_with_its_hash_and_leads_to_intake(editor):
    answer = take_in(editor, pasted="  “No,” she said.\r\n\r\nSo it was. ", publisher="The Record")

    source = Source.objects.get()
    assert answer.url == reverse("admin:casefile_source_intake", args=[source.pk])
    assert source.text == "“No,” she said.\n\nSo it was."
    assert source.text_sha256 == hashlib.sha256(source.text.encode()).hexdigest()
    assert source.key == "the-record-an-article"


UPLOADS = {
    "text": ("a.txt", "“No,” she said.".encode(), "“No,” she said."),
    "text of Windows": ("a.txt", "“No,” she said.".encode("cp1252"), "“No,” she said."),
    "page": ("a.HTML", b"<p>One</p><script>x()</script><p>Two", "One\n\nTwo"),
    "pdf": ("a.pdf", pdf(line("We will comply.")), "We will comply."),
}


@pytest.mark.parametrize(("name", "content", "text"), UPLOADS.values(), ids=UPLOADS)
def test_uploaded_file_is_stored_under_its_hash_with_its_text(editor, name, content, text):
    take_in(editor, upload=SimpleUploadedFile(name, content))

    source = Source.objects.get()
    digest = hashlib.sha256(content).hexdigest()
    assert source.text == text
    assert source.file.name == f"sources/{digest}.{name.rpartition('.')[2].lower()}"
    assert source.file_sha256 == digest
    with source.file as stored:
        assert stored.read() == content


REFUSED = {
    "program": ("a.exe", b"MZ", "Upload a PDF"),
    "no ending": ("CON", b"words", "Upload a PDF"),
    "archive called text": ("a.txt", b"PK\x03\x04\x00\x00", "not plain text"),
    "UTF-16": ("a.txt", "words".encode("utf-16"), "not plain text"),
    "page called PDF": ("a.pdf", b"<html></html>", "no PDF"),
    "encrypted": ("a.pdf", encrypted(), "encrypted"),
    "empty": ("a.txt", b"", "empty"),
    "large": ("a.txt", b"a" * (5 * 1024**2 + 1), "larger than 5 MB"),
    "long": ("a.html", b"<p>" + b"a" * 2_000_001, "more than 2,000,000 characters"),
}


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused_upload_says_why_and_stores_nothing(editor, name, content, reason):
    answer = take_in(editor, upload=SimpleUploadedFile(name, content))

    assert reason in str(answer.context["form"].errors)
    assert not Source.objects.exists()


HOSTILE_NAMES = [
    "../../etc/passwd.txt",
    "a\x00b.txt",
    "é" * 300 + ".txt",
    "\u202egpj.txt",
    "CON.txt",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_name_of_an_uploaded_file_is_never_used(editor, name):
    take_in(editor, upload=SimpleUploadedFile(name, b"words"))

    assert re.fullmatch(r"sources/[0-9a-f]{64}\.txt", Source.objects.get().file.name)


def test_scan_is_stored_without_text(editor):
    answer = take_in(editor, upload=SimpleUploadedFile("a.pdf", pdf(b"0 0 9 9 re f")))

    assert answer.url == page(Source, "change", Source.objects.get().pk)
    assert "no text" in messages(editor.get(answer.url))[1]


@pytest.mark.parametrize("both", [{}, {"pasted": "One", "upload": io.BytesIO(b"Two")}])
def test_source_is_pasted_or_uploaded(editor, both):
    answer = take_in(editor, **both)

    assert "one of the two" in str(answer.context["form"].errors)


def test_same_text_is_not_taken_in_twice(editor, source):
    answer = take_in(editor, pasted=source.text)

    assert source.key in str(answer.context["form"].errors)
    assert Source.objects.get() == source


def test_what_was_taken_in_is_private(editor, client):
    take_in(editor, upload=SimpleUploadedFile("a.txt", b"words"))
    source = Source.objects.get()
    client.logout()

    assert client.get(source.get_absolute_url()).status_code == 404
    assert client.get(f"/{source.file.name}").status_code == 404
    assert client.get(f"/media/{source.file.name}").status_code == 404


# The page


def test_page_has_the_text_character_for_character(editor):
    text = "<script>alert(1)</script>\r\n“a & ‘b’” it cost $5 in March 2018 & <b>"
    source = SourceFactory(text=text)

    shown = editor.get(intake(source)).content.decode()

    inner = re.search(r'<div id="source-text"[^>]*>(.*?)</div>', shown, re.DOTALL)[1]
    assert "<script>alert" not in shown
    assert html.unescape(re.sub(r"<[^>]+>", "", inner)) == text


def test_page_marks_what_it_found(editor, source):
    OfficialFactory(name="Pat Rivers")
    JurisdictionFactory(name="City of Springfield", aliases=["Springfield"])

    shown = editor.get(intake(source)).content.decode()

    marked = re.findall(r'<(?:a|mark)[^>]*class="found ([a-z]+)', shown.split("source-text")[1])
    assert {kind: marked.count(kind) for kind in set(marked)} == {
        "quotation": 5,
        "date": 1,
        "jurisdiction": 1,
        "official": 3,
    }


def test_page_says_who_may_speak_and_where_that_is_ambiguous(editor, source):
    shown = editor.get(intake(source)).context["intake"].quotations

    assert [[c.who for c in found.proposal.candidates] for found in shown] == [
        ["Rivers"],
        ["Rivers"],
        ["Rivers", "Jo Doe"],
        ["Rivers", "Jo Doe"],
        ["the official"],
    ]
    assert [found.proposal.is_ambiguous for found in shown] == [False, False, True, True, False]


def test_page_runs_under_the_policy_without_inline_script_or_style(editor, source):
    for address in (intake(source, "never again"), TAKE_IN):
        answer = editor.get(address)
        shown = answer.content.decode()

        assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", shown)


def test_passage_is_found_by_its_first_and_last_words(editor, source):
    one = editor.get(intake(source, first='"we will not'.title(), last="page")).context["intake"]
    two = editor.get(intake(source, first="We will not", last="page")).context["intake"]
    several = editor.get(intake(source, first="Rivers said", last="")).context["intake"]

    assert (one.offered, bool(one.misses)) == ([], True)
    assert [found.words for found in two.offered] == ["We will not hand over a single page"]
    assert [found.words for found in several.offered] == ["Rivers said"] * 2


@pytest.mark.parametrize(
    "asked",
    [
        {"start": "x", "end": "3"},
        {"start": "-1", "end": "3"},
        {"start": "5", "end": "5"},
        {"start": "0", "end": "99999999"},
        {"start": "9" * 30, "end": "9" * 31},
        {"start": "1"},
    ],
)
def test_offsets_that_are_none_choose_nothing(editor, source, asked):
    answer = editor.get(intake(source, **asked))

    assert answer.status_code == 200
    assert answer.context["intake"].form is None
    assert "no passage" in answer.content.decode()


def test_unknown_kind_of_draft_and_page_of_nothing(editor, source):
    assert editor.get(intake(source, "never", make="ruling")).status_code == 200
    assert editor.post(intake(source, "never", make="ruling")).status_code == 403
    assert editor.get(intake(SourceFactory(text=""))).status_code == 200
    assert editor.get("/admin/casefile/source/999999/intake/").status_code == 302


# Drafts


def test_three_statements_are_made_and_submitted_one_after_the_other(editor, source):
    rivers = OfficialFactory(name="Pat Rivers")
    chosen = ["We will not hand over a single page", "Our lawyers read it twice.", "never again"]

    for words in chosen:
        answer = draft(
            editor,
            intake(source, words),
            speaker=rivers.pk,
            attribution="named",
            side="jurisdiction",
            confirmed="on",
            _submit="on",
        )
        assert answer.status_code == 302

    made = Statement.objects.order_by("pk")
    assert [statement.text for statement in made] == chosen
    assert {(s.status, s.speaker, s.date) for s in made} == {
        (Status.IN_REVIEW, rivers, dt.date(2018, 1, 26))
    }
    citations = Citation.objects.order_by("pk")
    assert [citation.pin for citation in citations] == [
        "paragraph 2, sentence 1",
        "paragraph 2, sentence 2",
        "paragraph 3, sentence 1",
    ]
    assert {(c.passage_check, c.quotation_check) for c in citations} == {
        (QuotationCheck.EXACT, QuotationCheck.EXACT)
    }
    shown = editor.get(intake(source))
    assert [bool(one.spans) for one in shown.context["intake"].taken] == [True] * 3
    assert [found.is_taken for found in shown.context["intake"].quotations][:2] == [True, True]


def test_passage_may_be_cited_without_its_sentence(editor, source):
    draft(
        editor,
        intake(source, "The request is lawful"),
        attribution="unnamed",
        side="federal",
        confirmed="on",
        whole_sentences="",
    )

    assert Citation.objects.get().passage == "The request is lawful"


def test_marks_around_a_chosen_quotation_are_not_part_of_it(editor, source):
    draft(editor, intake(source, '"The request is lawful"'), side="federal", confirmed="on")

    assert Statement.objects.get().text == "The request is lawful"


def test_words_that_are_posted_for_a_quotation_are_never_used(editor, source):
    draft(
        editor,
        intake(source, "The request is lawful"),
        side="federal",
        confirmed="on",
        text="The request is unlawful",
        passage="The request is unlawful",
    )

    statement = Statement.objects.get()
    assert statement.text == "The request is lawful"
    assert statement.citations.get().passage == '"The request is lawful", the official said.'


def test_nobody_is_proposed_where_two_may_speak(editor, source):
    OfficialFactory(name="Pat Rivers"), OfficialFactory(name="Jo Doe")

    answer = draft(editor, intake(source, "never again"), side="federal", confirmed="on")

    form = answer.context["intake"].form
    assert not {"speaker", "speaker_title", "organisation", "attribution"} & set(form.initial)
    assert form.errors["attribution"] == ["This field is required."]
    assert not Statement.objects.exists()


def test_speaker_is_never_accepted_without_a_person(editor):
    source = SourceFactory(text="Pat Rivers said “never.”", published_on=dt.date(2018, 1, 26))
    rivers = OfficialFactory(name="Pat Rivers")
    proposed = editor.get(intake(source, "never.")).context["intake"].form

    answer = draft(editor, intake(source, "never."), side="jurisdiction")

    assert proposed["speaker"].value() == rivers.pk
    assert list(answer.context["intake"].form.errors) == ["confirmed"]
    assert not Statement.objects.exists()


def test_surname_alone_chooses_nobody(editor, source):
    OfficialFactory(name="Pat Rivers")

    form = editor.get(intake(source, "We will not hand over a single page")).context["intake"].form

    assert form["speaker"].value() is None


def test_paraphrase_is_in_ones_own_words(editor, source):
    address = intake(source, "answered the letter on Thursday")
    fields = {"kind": "paraphrase", "organisation": "City", "attribution": "named"}
    fields |= {"side": "jurisdiction", "confirmed": "on"}

    without = draft(editor, address, **fields)
    draft(editor, address, **fields, text="The city answered.")

    assert list(without.context["intake"].form.errors) == ["text"]
    assert Statement.objects.get().text == "The city answered."


def test_response_and_event_are_drafted(editor, source):
    letter = LetterFactory(jurisdiction=JurisdictionFactory(aliases=["Springfield"]))
    words = "Mayor Pat Rivers of Springfield answered the letter on Thursday."

    offered = editor.get(intake(source, words, make="response"))
    draft(editor, intake(source, words, make="response"), letter=letter.key, kind="unassessed")
    draft(editor, intake(source, words, make="event"), title="The mayor answers")

    assert f'<option value="{letter.key}">' in offered.content.decode()
    [response], [event] = Response.objects.all(), Event.objects.all()
    assert (response.letter, response.status) == (letter, Status.DRAFT)
    assert {entry.citations.get().passage for entry in (response, event)} == {words}


def test_draft_from_a_text_that_was_changed_meanwhile_is_refused(editor, source):
    address = intake(source, "The request is lawful")
    form = editor.get(address).context["intake"].form
    data = {field.name: field.value() for field in form if field.value() not in (None, "", False)}
    source.text = "X" + source.text
    source.save()

    answer = editor.post(address, data | {"side": "federal", "confirmed": "on"})

    assert "changed meanwhile" in str(answer.context["intake"].form.errors)
    assert not Statement.objects.exists()


def test_refusal_of_the_database_stands_on_the_form_and_nothing_is_kept(editor, source):
    answer = draft(
        editor,
        intake(source, "The request is lawful"),
        side="federal",
        attribution="named",
        speaker_title="",
        confirmed="on",
    )

    assert "needs a speaker" in str(answer.context["intake"].form.errors)
    assert not Statement.objects.exists()
    assert not Citation.objects.exists()


# Who may what


@pytest.mark.parametrize(
    ("group", "taking_in", "reading", "drafting"),
    [
        ("Editors", 200, 200, True),
        ("Administrators", 200, 200, True),
        ("Reviewers", 403, 200, False),
        (None, 403, 403, False),
    ],
)
def test_permissions(client, source, group, taking_in, reading, drafting):
    client.force_login(UserFactory(group=group))
    address = intake(source, "never again")

    assert client.get(TAKE_IN).status_code == taking_in
    shown = client.get(address)
    assert shown.status_code == reading
    assert client.post(address).status_code == (200 if drafting else 403)
    if reading == 200:
        assert (shown.context["intake"].form is not None) is drafting
        listed = client.get(page(Source, "changelist")).content.decode()
        assert (TAKE_IN in listed) is (taking_in == 200)


def test_who_is_signed_out_is_asked_to_sign_in(client, source):
    for address in (TAKE_IN, intake(source)):
        assert client.get(address).url.startswith("/admin/login/")


def test_source_leads_to_its_intake(editor, source):
    shown = editor.get(page(Source, "change", source.pk)).content.decode()

    assert intake(source).rstrip("?") in shown
