"""Questions to ask of a request."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NOWHERE = "0.0.0.0"  # noqa: S104, a value to count by, nothing is bound to it


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asks for a fragment of this page."""
    return request.headers.get("HX-Request") == "true"


def local_path(asked: str, *, under: str) -> str:
    """Return the address asked for when it is one of ours below `under`, else `under` itself."""
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours and asked.startswith(under) else under


def client_ip(request: HttpRequest) -> str:
    """Return the visitor's address.

    X-Forwarded-For is read from the right and believed only as far as the proxies named in
    TRUSTED_PROXIES wrote it, so a visitor cannot make addresses up. A front on a unix socket has
    no address: it is trusted when TRUSTED_PROXIES holds the word "unix".
    """
    peer = request.META.get("REMOTE_ADDR", "")
    found = _address(peer)
    if found is None and "unix" not in settings.TRUSTED_PROXIES:
        return NOWHERE
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if found is not None and not _is_trusted(found):
            break
        before = _address(hop.strip())
        if before is None:
            break
        found = before
    return str(found) if found is not None else NOWHERE


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(
        address in ipaddress.ip_network(proxy, strict=False)
        for proxy in settings.TRUSTED_PROXIES
        if proxy != "unix"
    )
