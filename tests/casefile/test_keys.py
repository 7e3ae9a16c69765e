import pytest

from casefile import keys
from casefile.entries import Status
from jurisdictions.models import Policy
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    ProceedingFactory,
    ResponseFactory,
    RoundFactory,
    RulingFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


def test_key_is_made_of_words():
    assert keys.propose(Policy, "Doña Ana", "Ordinance No. 7!") == "dona-ana-ordinance-no-7"


def test_second_key_of_the_same_words_has_a_number():
    PolicyFactory(key="plan")
    PolicyFactory(key="plan-3")

    assert keys.propose(Policy, "Plan") == "plan-2"


def test_numbered_key_has_a_number_from_the_first_on():
    assert keys.propose(Policy, "plan", numbered=True) == "plan-1"


def test_key_of_words_without_letters_is_named_for_its_kind():
    assert keys.propose(Policy, "公告") == "policy"


def test_key_fits_its_column():
    assert len(keys.propose(Policy, "long " * 100)) <= 200


def letter():
    return LetterFactory(key="2018-01-24-oakland-ca")


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (
            lambda: LetterFactory(
                key="",
                round=RoundFactory(slug="2018-01-24"),
                jurisdiction=JurisdictionFactory(slug="oakland-ca"),
            ),
            "2018-01-24-oakland-ca",
        ),
        (lambda: ResponseFactory(key="", letter=letter()), "2018-01-24-oakland-ca-response-1"),
        (lambda: ExtensionFactory(key="", letter=letter()), "2018-01-24-oakland-ca-extension-1"),
        (lambda: HoldFactory(key="", letter=letter()), "2018-01-24-oakland-ca-hold-1"),
        (
            lambda: EnforcementStepFactory(key="", letter=letter()),
            "2018-01-24-oakland-ca-enforcement-step-1",
        ),
        (
            lambda: AwardFactory(key="", jurisdiction=JurisdictionFactory(slug="oakland-ca")),
            "byrne-jag-2017-oakland-ca",
        ),
        (lambda: AwardEventFactory(key="", award=AwardFactory(key="jag")), "jag-2018-01-24"),
        (
            lambda: PolicyFactory(
                key="", title="City of Refuge", jurisdiction=JurisdictionFactory(slug="oakland-ca")
            ),
            "oakland-ca-city-of-refuge",
        ),
        (
            lambda: DesignationFactory(
                key="", list_name="A list", jurisdiction=JurisdictionFactory(slug="oakland-ca")
            ),
            "a-list-oakland-ca",
        ),
        (lambda: ProceedingFactory(key="", caption="City v. Sessions"), "city-v-sessions"),
        (
            lambda: RulingFactory(key="", proceeding=ProceedingFactory(key="city-v-sessions")),
            "city-v-sessions-ruling-1",
        ),
        (lambda: EventFactory(key="", title="A meeting"), "2018-01-24-a-meeting"),
        (
            lambda: StatementFactory(key="", speaker=OfficialFactory(slug="libby-schaaf")),
            "2018-01-24-libby-schaaf",
        ),
        (
            lambda: StatementFactory(key="", speaker=None, organisation="City Council"),
            "2018-01-24-city-council",
        ),
        (
            lambda: StatementFactory(key="", speaker=None, attribution="unnamed"),
            "2018-01-24-statement",
        ),
    ],
)
def test_record_without_a_key_proposes_one(make, key):
    record = make()

    assert record.key == key


def test_record_keeps_the_key_that_it_has():
    record = PolicyFactory(key="mine", status=Status.DRAFT)

    record.title = "Another title"
    record.save()

    assert Policy.objects.get().key == "mine"
