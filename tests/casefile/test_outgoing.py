"""The server fetches nothing: no address that is stored or posted is ever asked."""

import socket
import urllib.request

import pytest
from django.urls import reverse

from tests.addresses import make_record
from tests.desk import page, post
from tests.factories import SourceFactory

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

    for number, link in enumerate(INSIDE):
        source = SourceFactory(key=f"inside-{number}", url=link, archive_url=link)
        post(admin_client, page(type(source), "change", source.pk), note="seen")
        admin_client.get(source.get_absolute_url())
        admin_client.get(reverse("source_detail", args=["the-source"]))

    assert asked == []
