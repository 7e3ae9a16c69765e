"""Characters that turn the direction of writing: none in lines, and seen where texts have them."""

import re

import pytest
from django.contrib.postgres.fields import ArrayField
from django.core.management import CommandError, call_command
from django.db import models

from casefile import web_addresses
from casefile.constraints import TURNING as PATTERN
from casefile.corrections import Correction
from casefile.merges import Merge
from jurisdictions.models import Jurisdiction
from letters.models import Letter, Production, Response, Round, Statement
from letters.record import RECORD
from tests.addresses import PAGES, make_record
from tests.bundles import changed, write_directory
from tests.constraints import assert_refused
from tests.desk import DeskClient, errors, page, post
from tests.factories import JurisdictionFactory, UserFactory

pytestmark = pytest.mark.django_db

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WRITTEN = {Correction, Merge, *(table.model for table in RECORD)}
GIVEN = {"geoid", "change_id", "file_sha256", "text_sha256"}  # no words
SENTENCE = (
    "Name, Aliases: take out the character that turns the direction of writing"
    " (U+202A to U+202E, or U+2066 to U+2069)."
)


def lines_of(model):
    """Return the names of the fields in which people write a line."""
    lines = set()
    for field in model._meta.local_concrete_fields:
        line = field.base_field if isinstance(field, ArrayField) else field
        is_line = isinstance(line, models.CharField) and not isinstance(line, models.SlugField)
        if is_line and not line.choices and line.validators != web_addresses.validators:
            lines.add(field.name)
    return lines - GIVEN


@pytest.mark.parametrize("model", sorted(WRITTEN, key=str))
def test_rule_of_a_model_names_every_line_that_people_write(model):
    rules = [rule for rule in model._meta.constraints if rule.name.endswith("_keeps_direction")]
    named = {
        reference[0] for rule in rules for reference in model._get_expr_references(rule.condition)
    }

    assert named == lines_of(model)


@pytest.mark.parametrize("character", TURNING, ids=lambda character: f"{ord(character):04X}")
def test_line_with_such_a_character_is_refused_by_form_and_database(character):
    record = JurisdictionFactory()

    assert_refused(record, SENTENCE, name=f"Springfield{character}LI ,")
    record.name = "Springfield"
    assert_refused(record, SENTENCE, aliases=["Springfield", f"a{character}"])


def test_marks_of_direction_that_names_need_are_taken():
    name = "\u200eשלום\u200f, \u200cZWNJ\u200d"  # noqa: RUF001
    record = JurisdictionFactory(name=name)
    record.full_clean()

    assert Jurisdiction.objects.get(name=name) == record


def test_desk_says_what_to_take_out():
    letter = make_record()
    client = DeskClient()
    client.force_login(UserFactory(is_superuser=True))

    answer = post(
        client,
        page(Letter, "change", letter.pk),
        addressee="The Mayor\u202e",
        reason="A name",
    )

    assert any("Addressee, Signed by" in error for error in errors(answer))


def test_import_names_row_and_value(tmp_path):
    files = changed("jurisdictions.csv", "State of California", "State of \u202eCalifornia")

    with pytest.raises(CommandError) as told:
        call_command("load_record", write_directory(tmp_path, files))

    assert (
        'jurisdictions.csv, row 5, columns name, aliases, value "State of \\u202eCalifornia, ":'
        f" {SENTENCE}" in str(told.value)
    )
    assert not Jurisdiction.objects.exists()


def test_text_is_kept_as_it_is_and_readers_see_its_characters_as_signs(client):
    letter = make_record()
    text = f"before {TURNING} after"
    for model, fields in {
        Letter: {"note": text},
        Response: {"summary": text},
        Production: {"note": text},
        Round: {"summary": text, "consequence": text},
        Statement: {"text": text, "altered_text": text},
        Jurisdiction: {"note": text},
    }.items():
        model.objects.update(**fields)
    signs = "".join(f"[U+{ord(character):04X}]" for character in TURNING)

    # The pages of reports are one template.
    addresses = [PAGES[name] for name in PAGES if " " not in name] + ["/reports/letters/"]
    pages = {address: client.get(address) for address in addresses}
    shown = {address for address, answer in pages.items() if signs in answer.content.decode()}

    assert Statement.objects.get().text == text
    assert {
        f"/letters/{letter.key}/", "/statements/", "/statements/the-statement/", "/timeline/",
        "/rounds/the-round/", "/jurisdictions/the-jurisdiction/",
    } <= shown  # fmt: skip
    for address, answer in pages.items():
        assert not set(TURNING) & set(answer.content.decode()), address
        assert int(answer.get("Content-Length", len(answer.content))) == len(answer.content)


def test_feeds_show_signs_and_data_has_what_is_kept(client):
    make_record()
    text = f"before {TURNING} after"
    Statement.objects.update(text=text)
    Response.objects.update(summary=text)

    feed = client.get("/feed.atom").content.decode()
    file = client.get("/reports/statements.csv", {"raw": "1"}).content.decode()
    data = client.get("/api/statements").json()

    assert "before [U+202A]" in feed
    assert not set(TURNING) & set(feed)
    assert text in file
    assert text in [row["text"] for row in data["rows"]]


def test_refusal_shows_signs_of_what_was_asked(client):
    for here in ("/letters/", "/admin/letters/letter/"):
        refused = client.get(f"{here}?%E2%80%AE=%00&%E2%80%AE=1")
        assert not set(TURNING) & set(refused.content.decode())
    named = client.get("/letters/?abc%E2%80%AEdef=1")
    posted = client.post("/admin/login/", {"a\u202eb": "\0"})

    assert "no filter named abc[U+202E]def" in named.content.decode()
    assert "the field “a[U+202E]b”" in posted.content.decode()


def test_form_of_the_desk_has_what_is_kept():
    letter = make_record()
    Letter.objects.update(note=TURNING)
    client = DeskClient()
    client.force_login(UserFactory(is_superuser=True))

    assert TURNING in client.get(page(Letter, "change", letter.pk)).content.decode()


def test_pattern_is_the_nine_characters():

    assert "".join(re.findall(PATTERN, "".join(map(chr, range(0x20, 0x3000))))) == TURNING
