"""The server fetches nothing: no address that is stored or posted is ever asked."""

import socket
import urllib.request

import pytest

from casefile.models import Source
from tests.addresses import make_record
from tests.desk import page, post

pytestmark = pytest.mark.django_db

# Where a server that fetches is led to: https://owasp.org/www-community/attacks/Server_Side_Request_Forgery
INSIDE = [
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://192.168.0.1:8080/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://localhost:5432/",
    "http://metadata.google.internal/",
    "http://rebind.example/",
]


def test_every_test_is_kept_on_this_machine(asked_elsewhere):
    with pytest.raises(AssertionError, match="Something reached for"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(AssertionError, match="Something reached for"):
        urllib.request.urlopen("http://evil.example/")

    assert asked_elsewhere == ["192.0.2.1", "evil.example"]
    asked_elsewhere.clear()


def test_no_link_of_a_source_is_asked(admin_client, monkeypatch):
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: asked.append(address))
    make_record()
    source = Source.objects.get(key="the-source")

    for link, other in zip(INSIDE[::2], INSIDE[1::2], strict=True):
        Source.objects.filter(pk=source.pk).update(url=link, archive_url=other)
        post(admin_client, page(Source, "change", source.pk), note=f"of {link}", reason="A link")
        assert admin_client.get(source.get_absolute_url()).status_code == 200

    source.refresh_from_db()
    assert source.note == f"of {link}"
    assert asked == []
