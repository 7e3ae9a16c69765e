"""Headers and methods of every public address."""

import pytest

from tests.addresses import ADDRESSES, make_record
from tests.once import once_in_a_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]

every_address = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)

record = once_in_a_module(make_record)


@every_address
def test_reader_gets_no_cookie_and_the_strict_headers(client, address):
    response = client.get(address)

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@every_address
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_reading_is_all_that_a_public_address_does(client, address, method):
    assert client.generic(method, address).status_code == 405


@every_address
def test_head_has_the_headers_of_get(client, address):
    got, head = client.get(address), client.head(address)

    del got.headers["X-Request-ID"], head.headers["X-Request-ID"]
    assert head.status_code == got.status_code
    assert dict(head.headers) == dict(got.headers)
