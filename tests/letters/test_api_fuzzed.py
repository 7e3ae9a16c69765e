"""The API attacked by its own OpenAPI document: no 500, and no answer that breaks its schema."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as promises

from tests.addresses import ONE_BY_ONE, make_record

pytestmark = pytest.mark.django_db(transaction=True)  # each request opens and closes its own

CHECKS = [
    checks.not_a_server_error,
    promises.status_code_conformance,
    promises.content_type_conformance,
    promises.response_schema_conformance,
    promises.negative_data_rejection,
]
REFUSED = {"expected-statuses": [400, 404, 414]}
EXAMPLES = 300  # of all addresses together, half of them against the document


@pytest.fixture
def document():
    with transaction.atomic():  # an entry and its citations come together
        make_record()
    config = {"checks": {"negative_data_rejection": REFUSED}}
    return schemathesis.openapi.from_wsgi(
        "/api/openapi.json",
        get_wsgi_application(),
        config=schemathesis.Config.from_dict(config),
    )


def test_whatever_is_asked_the_answer_keeps_to_the_document(document):
    operations = [operation.ok() for operation in document.get_all_operations()]
    cases = st.one_of(
        *(
            operation.as_strategy(mode, path_parameters=existing_key(operation))
            for operation in operations
            for mode in GenerationMode
        )
    )

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def attack(case):
        case.call_and_validate(checks=CHECKS)

    assert len(operations) == 2 * len(ONE_BY_ONE) + 2  # two reports have rows without a key
    attack()


def existing_key(operation):
    return {"key": ONE_BY_ONE[operation.path.split("/")[2]]} if "{" in operation.path else None
