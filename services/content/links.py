"""Addresses of sources, as far as they can be judged without looking: the place exists in form, and is safe to open."""

import re
from urllib.parse import urlsplit

LAW = re.compile(r"https://wetten\.overheid\.nl/BWBR\d{7}(?:/\d{4}-\d{2}-\d{2}(?:/\d)?)?/?(?:#[\w.-]+)?")


def is_good_link(address: str) -> bool:
    """Over https, to a name with a dot, without spaces or a password. The law by its own number: a page of the search
    would show something else next month.
    """
    if re.search(r"\s", address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme != "https" or "@" in parts.netloc or port or "." not in (parts.hostname or ""):
        return False
    return parts.hostname != "wetten.overheid.nl" or LAW.fullmatch(address) is not None
