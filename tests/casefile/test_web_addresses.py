"""Links: what is stored leads where it says, at every door."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from casefile.models import Source
from casefile.web_addresses import host, validators
from jurisdictions.models import Jurisdiction
from letters.models import Proceeding
from tests.factories import JurisdictionFactory, ProceedingFactory, SourceFactory

GOOD = [
    "https://www.justice.gov/opa/pr",
    "http://justice.gov",
    "https://justice.gov:8443/a?b=c&d=é#e",
    "https://web.archive.org/web/2018/https://www.justice.gov/a",
    "https://sfgov.org/a@b",
    "http://192.0.2.1/",
]
BAD = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ftp://justice.gov/",
    "file:///etc/passwd",
    "//evil.example/",
    "/\\evil.example",
    "justice.gov",
    "https://",
    "https:///a",
    "https://usdoj.gov@evil.example/",
    "https://usdoj.gov:pw@evil.example/",
    "https://usdoj.gov%40evil.example/",
    "http://\u0430pple.com/",
    "https://justice\u3002gov/",
    "https://xn--pple-43d.com/",
    "https://www.XN--pple-43d.com/",
    "https://justice.gov\\@evil.example/",
    "https://justice.gov/a b",
    "https://justice.gov/\u202egpj.exe",
    'https://justice.gov/"onclick="x',
    "https://justice.gov/<script>",
    "https://justice.gov/\njavascript:x",
    " https://justice.gov/",
    "https://justice.gov/\n",
]


def is_valid(address):
    try:
        for validate in validators:
            validate(address)
    except ValidationError:
        return False
    return True


def test_form_takes_links_that_lead_where_they_say():
    assert [address for address in GOOD if not is_valid(address)] == []
    assert [address for address in BAD if is_valid(address)] == []


@pytest.mark.django_db
def test_database_takes_links_that_lead_where_they_say():
    rows = [
        (Source, SourceFactory().pk, "url"),
        (Source, SourceFactory().pk, "archive_url"),
        (Jurisdiction, JurisdictionFactory().pk, "website"),
        (Proceeding, ProceedingFactory(status="draft").pk, "url"),
    ]

    def is_stored(model, pk, field, address):
        try:
            with transaction.atomic():
                model.objects.filter(pk=pk).update(**{field: address})
        except IntegrityError:
            return False
        return True

    for row in rows:
        assert [address for address in GOOD if not is_stored(*row, address)] == []
        assert [address for address in BAD if is_stored(*row, address)] == []


def test_link_is_shown_with_its_host_and_gives_nothing_away():
    shown = render_to_string("letters/_elsewhere.html", {"link": "https://www.justice.gov/a?b&c"})

    assert 'href="https://www.justice.gov/a?b&amp;c" rel="noopener nofollow ugc"' in shown
    assert "(www.justice.gov)" in shown


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/"])
def test_what_is_no_link_is_text(address):
    shown = render_to_string("letters/_elsewhere.html", {"link": address})

    assert host(address) == ""
    assert "<a" not in shown
    assert address in shown
