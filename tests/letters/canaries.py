"""Marked drafts of each kind, and marks in what is for staff alone.

Each field of each draft has a token of its own, and all tokens have one mark.
"""

import datetime as dt
import io
import zipfile

from django.contrib.postgres.fields import ArrayField
from django.db import models

from casefile.entries import Entry
from casefile.models import Citation, Source
from jurisdictions.models import Award, Jurisdiction
from letters.models import Letter, Official, Proceeding, Round
from tests import factories
from tests.factories import LetterFactory, UserFactory

MARK = "qzjx"
PUBLISHED = dt.datetime(2018, 2, 1, tzinfo=dt.UTC)
FACTORIES = {
    made._meta.model: made
    for made in vars(factories).values()
    if isinstance(made, type) and hasattr(made, "_meta") and not made._meta.abstract
}
ENTRIES = [model for model in FACTORIES if model and issubclass(model, Entry)]


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
