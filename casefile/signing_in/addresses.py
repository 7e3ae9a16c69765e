"""Where a request comes from, told so that no client can choose the answer."""

from ipaddress import ip_address, ip_network

from django.conf import settings


def client_address(request):
    """Return the client's address as text, or None if the server knows none.

    An IPv6 client owns a whole /64 and could change its address with every try: the first address
    of that network stands for all. Behind TRUSTED_PROXIES proxies the address is the one that the
    outermost of them noted, counted from the right: what stands left of it the client wrote.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        noted = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(noted) >= settings.TRUSTED_PROXIES:
            address = _read(noted[-settings.TRUSTED_PROXIES]) or address
    return _read(address)


def _read(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address.packed, 64), strict=False).network_address)
