"""What isn't published shows nowhere: marked drafts of each kind, looked for at every address.

Each field of each draft has a token of its own, and all tokens have one mark.
"""

import datetime as dt
import io
import zipfile

import pytest
import time_machine
from django.contrib.postgres.fields import ArrayField
from django.core.cache import caches
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from casefile import review
from casefile.entries import Entry
from casefile.models import Citation, Source
from jurisdictions.models import Award, Jurisdiction
from letters.models import Letter, Official, Proceeding, Round
from letters.parameters import parameters_of
from tests import factories
from tests.addresses import EVERY_ADDRESS, PAGES, make_record
from tests.factories import LetterFactory, UserFactory
from tests.hostile import entry_points
from tests.once import once_in_a_module

pytestmark = pytest.mark.django_db

MARK = "qzjx"
NEVER = "qzvw"  # begins what nobody ever wrote
PUBLISHED = dt.datetime(2018, 2, 1, tzinfo=dt.UTC)
FACTORIES = {
    made._meta.model: made
    for made in vars(factories).values()
    if isinstance(made, type) and hasattr(made, "_meta") and not made._meta.abstract
}
ENTRIES = [model for model in FACTORIES if model and issubclass(model, Entry)]
SLOTTED = [
    point
    for point in entry_points()
    if point.slots and not point.route.startswith(("/admin/", "/reports/", "/sitemap"))
]

# One report stands for all: what they are asked, one place understands.
ASKED = {
    name: address
    for name, address in EVERY_ADDRESS.items()
    if " " not in name or name == "report_csv letters"
}


class Canaries:
    """Makes records whose fields hold tokens: ``tokens`` says where each stands."""

    def __init__(self):
        self.tokens = {}
        self.keys = []

    def token(self, where):
        number = len(self.tokens)
        letters = "".join(chr(97 + number // 26**place % 26) for place in range(3))
        token = f"{MARK}{letters}marked"
        self.tokens[token] = where
        return token

    def fields(self, model):
        found = {}
        for field in model._meta.concrete_fields:
            where = f"{model.__name__}.{field.name}"
            if field.choices or not field.editable or field.name in ("geoid", "field"):
                continue
            if isinstance(field, ArrayField):
                found[field.name] = [self.token(where)]
            elif "url" in field.name or field.name == "website":
                found[field.name] = f"https://{self.token(where)}.example/"
            elif isinstance(field, models.CharField | models.TextField):
                found[field.name] = self.token(where)
                if isinstance(field, models.SlugField):
                    self.keys.append(found[field.name])
        return found

    def make(self, model, **given):
        return FACTORIES[model](**(self.fields(model) | given))

    def award(self):
        """Make an award that nothing is cited for."""
        return self.make(Award, cited=False, jurisdiction=self.make(Jurisdiction))

    def entry(self, model, status, **given):
        """Make an entry with a round, jurisdiction, official and source of its own."""
        for field in model._meta.concrete_fields:
            related = field.related_model if field.many_to_one else None
            if field.name in given or related not in (Jurisdiction, Round, Official):
                continue
            if not field.name.startswith("in_reply"):
                given[field.name] = self.make(related)
        names = {field.name for field in model._meta.fields} - given.keys()
        for name, parent in {"letter": Letter, "proceeding": Proceeding}.items():
            if name in names:
                given[name] = self.entry(parent, status)
        if "award" in names:
            given["award"] = self.award()
        entry = self.make(model, status=status, cited=False, **given)
        for field in model._meta.many_to_many:
            getattr(entry, field.name).add(self.make(field.related_model))
        citing = {"entry": entry, "source": self.make(Source)}
        self.make(Citation, **citing)
        return entry


def make_drafts(letter):
    """Make drafts of each kind, alone and beside what is public; return the canaries."""
    canaries = Canaries()
    for model in ENTRIES:
        for status in ("draft", "in_review"):
            canaries.entry(model, status)
        beside = {
            name: value
            for name, value in {
                "letter": letter,
                "jurisdiction": letter.jurisdiction,
                "award": letter.jurisdiction.awards.first(),
            }.items()
            if name in {field.name for field in model._meta.fields}
        }
        if beside and model is not Letter:
            canaries.entry(model, "draft", **beside)
    canaries.award()
    return canaries


def make_private_parts(canaries, letter):
    """Mark what is for staff alone of published entries: accounts, texts of sources, drafts."""
    user = UserFactory(username=canaries.token("username"), email=canaries.token("email"))
    source = Source.objects.get(key="the-source")
    source.text += f"\n\n{canaries.token('text of a source')}"
    source.save()
    once = LetterFactory(
        status="draft", addressee=canaries.token("before publication"), round=letter.round
    )
    steps = [{"addressee": "", "status": "in_review"}]
    steps += [{"status": "published", "published_by": user, "published_at": PUBLISHED}]
    for step in steps:
        Letter.objects.filter(pk=once.pk).update(**step)


def texts_of(response):
    """Return all that a reader gets, headers included, as one text, but the request's own name."""
    body = response.getvalue()
    if response.get("Content-Type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    told = {name: value for name, value in response.items() if name != "X-Request-ID"}
    headers = "\n".join(f"{name}: {value}" for name, value in told.items())
    return f"{headers}\n{body.decode()}".lower()


# These make the record themselves, before the tests that share one.


@time_machine.travel("2026-11-24T17:00:00Z", tick=False)
def test_drafts_change_no_byte_of_any_address(client):
    def answers():
        return {address: texts_of(client.get(address)) for address in EVERY_ADDRESS.values()}

    letter = make_record()
    before = answers()

    make_drafts(letter)

    assert answers() == before


def test_what_is_taken_back_is_gone_for_who_has_it_at_every_address(settings):
    settings.KEEP_PAGES = True
    caches["pages"].clear()
    client = Client()
    letter = make_record()
    Letter.objects.filter(pk=letter.pk).update(addressee=f"{MARK} addressee")
    before = {address: client.get(address) for address in EVERY_ADDRESS.values()}
    showed = {address for address, response in before.items() if MARK in texts_of(response)}

    Letter.objects.filter(pk=letter.pk).update(status="retracted")
    after = {
        address: client.get(
            address,
            headers={"If-None-Match": old.get("ETag", "*"), "If-Modified-Since": old.get("Date")},
        )
        if old.has_header("ETag")
        else client.get(address)
        for address, old in before.items()
    }

    assert "/letters/the-letter/" in showed
    assert {after[address].status_code for address in showed} == {200, 404}
    assert after["/letters/the-letter/"].status_code == 404
    assert [address for address in showed if MARK in texts_of(after[address])] == []


def test_words_that_were_taken_out_as_immaterial_are_gone_from_every_address(client):
    letter = make_record()
    Letter.objects.filter(pk=letter.pk).update(note=f"{MARK} telephone", signed_by=f"{MARK} name")
    showed = MARK in texts_of(client.get("/letters/the-letter/"))

    Letter.objects.filter(pk=letter.pk).update(note="", signed_by="Jane Roe")
    review.mark_immaterial(letter, UserFactory(group="Reviewers"))

    assert showed
    assert [
        address for address in EVERY_ADDRESS.values() if MARK in texts_of(client.get(address))
    ] == []
    assert MARK not in texts_of(client.get("/search/", {"q": "telephone"}))


def make_canaries():
    letter = make_record()
    canaries = make_drafts(letter)
    make_private_parts(canaries, letter)
    return canaries


canaries = once_in_a_module(make_canaries)


def test_drafts_of_each_kind_are_marked_in_each_field(canaries):
    assert len(canaries.tokens) >= 200
    assert {where.partition(".")[0] for where in canaries.tokens.values()} >= {
        *(model.__name__ for model in ENTRIES), "Jurisdiction", "Official", "Round", "Source",
        "Citation", "Award",
    }  # fmt: skip


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_no_address_shows_a_mark(client, canaries, caplog, headers):
    caplog.set_level("INFO")
    queries = ["", "?as_of=2018-06-30", "?page=2"]
    asked = [address + query for address in EVERY_ADDRESS.values() for query in queries]
    asked += [f"/es{address}" for address in PAGES.values()]

    shown = [
        (address, response.status_code)
        for address in asked
        if MARK in texts_of(response := client.get(address, headers=headers))
    ]

    assert shown == []
    assert MARK not in caplog.text


@pytest.mark.parametrize("point", SLOTTED, ids=lambda point: point.name)
def test_address_of_a_draft_is_that_of_nothing(client, canaries, point):
    def answer(key):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(point.path(**dict.fromkeys(point.slots, key)))
        text = texts_of(response).replace(key, "")
        return response.status_code, text, len(captured)

    answer("warm")  # content types are asked for once in a process
    nothing = answer(NEVER + canaries.keys[0][len(NEVER) :])
    answers = {key: answer(key) for key in canaries.keys}

    assert nothing[0] == 404
    assert {key: canaries.tokens[key] for key, got in answers.items() if got != nothing} == {}


def test_question_for_a_draft_is_answered_as_one_for_nothing(client, canaries):
    differing = []
    tokens = list(canaries.tokens)

    def answer(address, name, token):
        response = client.get(address, {name: token})
        return response.status_code, texts_of(response).replace(token.lower(), "")

    number = 0
    for address in ASKED.values():
        takes = parameters_of(resolve(address))
        for name in sorted(takes.names if takes else ()):
            # Each filter of each page is asked for other keys, each search for other words.
            number += 1
            of_name = tokens[number % 40 :: 40] if name == "q" else canaries.keys[number % 40 :: 40]
            nothing = {}
            for token in [*of_name, of_name[0][:7]]:
                never = NEVER + token[len(NEVER) :]
                nothing.setdefault(len(never), answer(address, name, never))
                if answer(address, name, token) != nothing[len(never)]:
                    differing.append((address, name, canaries.tokens.get(token, token)))

    assert differing == []
