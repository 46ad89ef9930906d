"""A short address: a screen and its parameters as one deterministic word, which needs no store to be read again.

Raw DEFLATE (RFC 1951) with a preset dictionary, then base64url. The dictionary is part of the address's format: it never changes;
another one would get another first letter.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

SHORT = "/s/"
VERSION = "a"
LONGEST_TOKEN, LONGEST_ADDRESS = 1500, 6000
_DICTIONARY = (
    b"&since=&question=where&subject=commune&chapter=&version=&edit=&ahead=12&compare=&scenario=hard_winter&layers=people,"
    b"facilities,displaced,douars,intensity,flows,points&card=09.541.&province=taroudannt&basis=&norms=emergency&known=strict"
    b"&part=&on=&at=accounts?methods?data?plan?council?means?scenarios?compare?places?commune?overview?map?lang=en&lang=ar&lang=fr"
    b"&territory=programme&territory=urban&territory=all&month=2023-&month=2024-&month=2025-&month=2026-&indicator=HEA07"
    b"&indicator=EDU01&indicator=ISP&commune=09.541.04.67&census=counted&census=moved&figures=real&figures=all&known=latest"
)


def shorten(screen: str, parameters: Mapping[str, str]) -> str:
    """The word for a screen with its parameters; the same for the same view, whatever the order of its parameters."""
    text = f"{screen}?{urlencode(sorted(parameters.items()))}".encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
    packed = packer.compress(text) + packer.flush()
    return VERSION + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def lengthen(token: str) -> tuple[str, dict[str, str]] | None:
    """Screen and parameters of a word; None where it is no word of ours."""
    if not token.startswith(VERSION) or len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        packed = base64.b64decode(token[1:] + "=" * (-(len(token) - 1) % 4), altchars=b"-_", validate=True)
        reader = zlib.decompressobj(-15, _DICTIONARY)
        text = reader.decompress(packed, LONGEST_ADDRESS).decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        return None
    screen, mark, query = text.partition("?")
    is_whole = reader.eof and not reader.unused_data and mark
    return (
        (screen, dict(parse_qsl(query, keep_blank_values=True)))
        if is_whole and screen.isascii() and screen.isalpha()
        else None
    )
