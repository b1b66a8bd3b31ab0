"""Names of things on the web: articles and claims by relative addresses, places by GeoNames."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from claimkit.records import Claim

GEONAMES = "geonames:"
GEONAMES_PLACE = "https://sws.geonames.org/{}/"


def of_path(path: str) -> str:
    """Give an article's path as a relative address; nothing in it is taken for a scheme, a query or a fragment."""
    return quote(f"/{path.lstrip('/')}" if path.startswith("/") else path, safe="/")


def of_claim(claim: Claim) -> str:
    """Give a claim's address: a fragment of its article's."""
    return f"{of_path(claim.document)}#{quote(claim.id, safe='')}"


def web_address(url: str | None) -> str | None:
    """Give an address of the web; ``None`` for anything else that an article's head may call one."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return quote(parts.geturl(), safe=":/?#[]@!$&'()*+,;=%~") if is_web else None


def geonames_number(identity: str | None) -> int | None:
    """Give the GeoNames number of a place's id; ``None`` where it has none."""
    number = identity.removeprefix(GEONAMES) if identity and identity.startswith(GEONAMES) else ""
    return int(number) if number.isdecimal() else None


def geonames_address(identity: str | None) -> str | None:
    """Give the address of a place in GeoNames; ``None`` where it has no number there."""
    number = geonames_number(identity)
    return GEONAMES_PLACE.format(number) if number is not None else None
