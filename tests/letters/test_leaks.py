"""What isn't published shows nowhere: marked drafts of each kind, looked for at every address."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from letters.parameters import parameters_of
from tests.addresses import EVERY_ADDRESS, PAGES, make_record
from tests.hostile import entry_points, turn
from tests.letters.canaries import ENTRIES, MARK, make_drafts, make_private_parts, texts_of
from tests.once import once_in_a_module

pytestmark = pytest.mark.django_db

NEVER = "qzvw"  # begins what nobody ever wrote
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
    addresses = PAGES if headers else EVERY_ADDRESS  # a file has no parts
    asked = [address + query for address in addresses.values() for query in queries]
    asked += [f"/es{address}" for address in PAGES.values()]

    shown = [
        (address, response.status_code)
        for address in asked
        if MARK in texts_of(response := client.get(address, headers=headers))
    ]

    assert shown == []
    assert MARK not in caplog.text


# Where an address is of another kind of record than its name says.
OF_KIND = {"deadline": "letter", "grant": "award"}


def keys_for(point, canaries):
    """Return the keys of its own kind of record, and one in four of the others."""
    named = point.name.removeprefix("api:").partition("_")[0].rstrip("s")
    kind = OF_KIND.get(named, named)
    own = [key for key in canaries.keys if canaries.tokens[key].lower().startswith(kind)]
    assert own or kind == "api"
    return dict.fromkeys([*own, *turn(canaries.keys, SLOTTED.index(point), 4)])


@pytest.mark.parametrize("point", SLOTTED, ids=lambda point: point.name)
def test_address_of_a_draft_is_that_of_nothing(client, canaries, point):
    def answer(key):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(point.path(**dict.fromkeys(point.slots, key)))
        text = texts_of(response).replace(key, "")
        return response.status_code, text, len(captured)

    answer("warm")  # content types are asked for once in a process
    nothing = answer(NEVER + canaries.keys[0][len(NEVER) :])
    answers = {key: answer(key) for key in keys_for(point, canaries)}

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
            # Each filter of each page is asked for another key, each search for other words.
            number += 1
            asked = [canaries.keys[number % len(canaries.keys)]]
            if name == "q":
                words = turn(tokens, number, 40)
                asked = [*words, words[0][:7]]
            nothing = {}
            for token in asked:
                never = NEVER + token[len(NEVER) :]
                if len(never) not in nothing:
                    nothing[len(never)] = answer(address, name, never)
                if answer(address, name, token) != nothing[len(never)]:
                    differing.append((address, name, canaries.tokens.get(token, token)))

    assert differing == []
