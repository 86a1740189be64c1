import pytest
from django.test import RequestFactory

from umkm_portal.lib.http import NOWHERE, client_ip, is_htmx


def visit(peer: str, forwarded: str | None = None):
    headers = {"x-forwarded-for": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)


def test_htmx_says_who_it_is():
    assert is_htmx(RequestFactory().get("/", headers={"hx-request": "true"}))
    assert not is_htmx(RequestFactory().get("/"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        # A visitor who makes an address up is not believed.
        ("203.0.113.9", "1.2.3.4", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "1.2.3.4, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("", "1.2.3.4", NOWHERE),
    ],
)
def test_only_our_proxies_are_believed(settings, peer, forwarded, address):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert client_ip(visit(peer, forwarded)) == address


def test_a_front_on_a_socket_is_believed_when_named(settings):
    settings.TRUSTED_PROXIES = ["unix"]
    assert client_ip(visit("", "1.2.3.4, 198.51.100.7")) == "198.51.100.7"
    assert client_ip(visit("")) == NOWHERE
