"""What becomes a draft, is taken back or taken out shows nowhere, at any public address."""

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from casefile import review
from letters.models import Letter
from tests.addresses import EVERY_ADDRESS, make_record
from tests.factories import UserFactory
from tests.letters.canaries import MARK, make_drafts, texts_of

pytestmark = pytest.mark.django_db


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
