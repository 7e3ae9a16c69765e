"""The desk's page of a response: a checklist of the demand, and what "complete" may mean."""

import pytest

from casefile.refusals import Refusal, refusals
from letters.models import Letter, Production, Response
from letters.models.responses import Extent
from tests.desk import errors, form_data, page, post
from tests.factories import (
    DemandItemFactory,
    LetterFactory,
    ProductionFactory,
    ResponseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LACKING = [extent for extent in Extent if extent != Extent.PRODUCED]


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(group="Administrators"))
    return client


def answer(items=3, **fields):
    """Return a draft response to a letter of a round with some demand items."""
    response = ResponseFactory(status="draft", **fields)
    for number in range(1, items + 1):
        DemandItemFactory(round=response.letter.round, number=number)
    return response


def address(response):
    return page(Response, "change", response.pk)


def checklist(desk, response):
    """Return the (item number, extent) of each row of the form."""
    shown = desk.get(address(response))
    [formset] = [
        inline.formset
        for inline in shown.context["inline_admin_formsets"]
        if inline.opts.model is Production
    ]
    items = dict(response.letter.round.demand_items.values_list("pk", "number"))
    return [(items[form["item"].value()], form["extent"].value() or "") for form in formset.forms]


def write(record, fields):
    """Change a record past its model, as SQL would."""
    with refusals():
        type(record).objects.filter(pk=record.pk).update(**fields)


def recorded(response):
    return dict(response.productions.values_list("item__number", "extent"))


def test_every_demand_item_has_a_row(desk):
    response = answer()
    DemandItemFactory()

    assert checklist(desk, response) == [(1, ""), (2, ""), (3, "")]


def test_recorded_items_stand_with_their_extent_and_the_others_are_open(desk):
    response = answer()
    second = response.letter.round.demand_items.get(number=2)
    ProductionFactory(response=response, item=second, extent="withheld")

    assert checklist(desk, response) == [(2, "withheld"), (1, ""), (3, "")]


def test_rows_that_nobody_touched_are_not_recorded(desk):
    response = answer()

    post(desk, address(response), summary="A letter of two pages")

    assert recorded(response) == {}


def test_checked_rows_are_recorded(desk):
    response = answer()

    sent = post(
        desk, address(response), productions__0__extent="produced", productions__2__extent="partial"
    )

    assert sent.status_code == 302
    assert recorded(response) == {1: "produced", 3: "partial"}


def test_note_without_an_extent_asks_for_it(desk):
    response = answer()

    sent = post(desk, address(response), productions__0__note="Two pages")

    assert errors(sent) == ["This field is required."]


@pytest.mark.parametrize("extent", LACKING)
def test_response_with_an_item_that_was_not_produced_cannot_be_called_complete(desk, extent):
    response = answer(key="the-answer")

    sent = post(
        desk,
        address(response),
        kind="complete",
        summary="Typed",
        productions__0__extent="produced",
        productions__1__extent=extent,
    )

    [error] = errors(sent)
    assert error.startswith("the-answer can't be a complete answer: item 2 of the demand is")
    assert sent.context["adminform"].form["summary"].value() == "Typed"
    assert recorded(response) == {}


def test_response_that_produced_every_item_can_be_called_complete(desk):
    response = answer(items=1)

    post(desk, address(response), kind="complete", productions__0__extent="produced")

    response.refresh_from_db()
    assert (response.kind, recorded(response)) == ("complete", {1: "produced"})


def test_letters_page_refuses_to_call_it_complete_too(desk):
    letter = LetterFactory()
    response = ResponseFactory(letter=letter, status="draft")
    ProductionFactory(response=response, extent="withheld")

    sent = post(desk, page(Letter, "change", letter.pk), responses__0__kind="complete")

    assert errors(sent) == [
        f"{response.key} can't be a complete answer: item {response.productions.get().item.number}"
        " of the demand is recorded as withheld."
    ]


@pytest.mark.parametrize("extent", LACKING)
@pytest.mark.parametrize("last", ["the response", "the item"])
def test_database_refuses_it_whoever_writes_and_whatever_last(extent, last):
    production = ProductionFactory(extent=extent)
    response = production.response
    if last == "the item":
        Production.objects.update(extent="produced")
        Response.objects.update(kind="complete")

    changes = {
        "the response": (response, {"kind": "complete"}),
        "the item": (production, {"extent": extent}),
    }

    with pytest.raises(Refusal, match="can't be a complete answer"):
        write(*changes[last])


def test_both_may_change_together():
    response = ResponseFactory(kind="partial")
    production = ProductionFactory(response=response, extent="partial")

    with refusals():
        Response.objects.filter(pk=response.pk).update(kind="complete")
        Production.objects.filter(pk=production.pk).update(extent="produced")


def new_letter(items=2):
    letter = LetterFactory()
    for number in range(1, items + 1):
        DemandItemFactory(round=letter.round, number=number)
    return letter


def typed(letter, **fields):
    given = {"date": "2018-02-20", "date_precision": "day", "kind": "partial"}
    return {"letter": letter.pk, **given, **fields}


def test_checklist_stands_on_the_form_of_a_new_response_to_a_letter_in_the_address(desk):
    letter = new_letter()
    address = f"{page(Response, 'add')}?letter={letter.pk}"

    post(desk, address, **typed(letter), productions__1__extent="withheld")

    assert recorded(Response.objects.get()) == {2: "withheld"}


def test_checklist_is_laid_out_once_the_letter_is_chosen_and_nothing_typed_is_lost(desk):
    letter = new_letter()
    blank = {"casefile-citation-entry_type-entry_id-TOTAL_FORMS": 0}
    blank["casefile-citation-entry_type-entry_id-INITIAL_FORMS"] = 0

    shown = desk.post(page(Response, "add"), typed(letter, _checklist="on", **blank))
    before = Response.objects.count()
    data = form_data(shown) | {"productions-0-extent": "produced"}
    sent = desk.post(page(Response, "add"), data)

    assert errors(shown) == [
        "Nothing was saved yet: say of each item below what was produced, then save."
    ]
    assert before == 0
    assert sent.status_code == 302
    response = Response.objects.get()
    assert (response.kind, recorded(response)) == ("partial", {1: "produced"})


def test_checklist_of_another_letter_keeps_nothing_of_the_first(desk):
    first, second = new_letter(), new_letter(items=1)
    data = form_data(desk.get(f"{page(Response, 'add')}?letter={first.pk}"))
    data |= typed(second, _checklist="on") | {"productions-1-extent": "withheld"}

    shown = desk.post(page(Response, "add"), data)

    [row] = shown.context["inline_admin_formsets"][1].formset.forms
    assert row["item"].value() == str(second.round.demand_items.get().pk)
    assert not row["extent"].value()


def test_checklist_keeps_what_was_filled_in_for_the_same_letter(desk):
    letter = new_letter()
    address = f"{page(Response, 'add')}?letter={letter.pk}"
    data = form_data(desk.get(address)) | {"productions-1-extent": "withheld", "_checklist": "on"}

    shown = desk.post(address, data | typed(letter))

    rows = shown.context["inline_admin_formsets"][1].formset.forms
    assert [row["extent"].value() for row in rows][1] == "withheld"
    assert len(rows) == 2


@pytest.mark.parametrize("letter", ["", "9" * 30, "٣"])
def test_checklist_asks_for_the_letter_first(desk, letter):
    blank = {"casefile-citation-entry_type-entry_id-TOTAL_FORMS": 0}
    blank["casefile-citation-entry_type-entry_id-INITIAL_FORMS"] = 0

    shown = desk.post(page(Response, "add"), {"letter": letter, "_checklist": "on", **blank})

    asked = "Nothing was saved yet: choose the letter first. Its demand has the checklist."
    assert asked in errors(shown)


def misfits():
    """Return changes after which a production is of a demand that its response doesn't answer."""
    production = ProductionFactory()
    other = LetterFactory()
    return {
        "production": (production, {"item": DemandItemFactory(round=other.round)}),
        "response": (production.response, {"letter": other}),
        "letter": (production.response.letter, {"round": other.round}),
        "item": (production.item, {"round": other.round}),
    }


@pytest.mark.parametrize("name", ["production", "response", "letter", "item"])
def test_what_was_produced_is_of_the_demand_that_was_answered(name):
    with pytest.raises(Refusal, match="of another demand: it answers a letter of another round"):
        write(*misfits()[name])


def test_response_moves_to_another_letter_of_the_round():
    production = ProductionFactory()
    write(production.response, {"letter": LetterFactory(round=production.response.letter.round)})


def test_checklist_waits_for_the_letter_of_a_new_response(desk):
    shown = desk.get(page(Response, "add"))

    assert Production not in {i.opts.model for i in shown.context["inline_admin_formsets"]}
    assert form_data(shown)
