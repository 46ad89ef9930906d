"""Which encoding a file of lines is written in. Nothing in it says so: the one in which its letters are those that people write."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from data.importing.findings import RefusedError

# What Windows, DOS and the Macintosh write in Morocco, in the order in which an equal sight decides.
CANDIDATES = ("cp1252", "cp1256", "mac_roman", "cp850", "iso8859_6", "mac_arabic")
_MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_FRENCH = frozenset("éèêëàâîïôûùçœÉÈÊÀÂÎÔÛÇŒ")
_USUAL_SIGNS = frozenset("’‘“”«»°–—…€·×²³½\u00a0\u202f،؛؟%٪")
_LOOKED_AT = 200_000
_ARABIC, _LATIN = re.compile("[\u0621-\u0652]"), re.compile("[A-Za-zÀ-ÿ]")


def decode(content: bytes) -> str:
    """The text of a file.

    Raises:
        RefusedError: it is cut short, or no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        return _strictly(content, _wide(content))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.end >= len(content) - 3 and error.reason == "unexpected end of data":
            raise RefusedError("file_cut") from error
        return _best(content)


def _strictly(content: bytes, encoding: str) -> str:
    """The text in an encoding that the file declares: half a sign at its end means that it was cut."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError("file_cut") from error
    if "\0" in text:
        raise RefusedError("file_not_text")
    return text


def _wide(content: bytes) -> str:
    """Two bytes a sign, without a mark: the zeros stand at every second place."""
    sample = content[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 8 or min(even, odd) > max(even, odd) / 4:
        raise RefusedError("file_not_text")
    return "utf-16-le" if odd > even else "utf-16-be"


def _best(content: bytes) -> str:
    sample = content[:_LOOKED_AT]
    if sum(byte < 32 and byte not in (9, 10, 13, 12, 26) for byte in sample) > len(sample) / 100:
        raise RefusedError("file_not_text")
    texts = {encoding: sample.decode(encoding, errors="replace") for encoding in CANDIDATES}
    best = max(CANDIDATES, key=lambda encoding: _likeness(texts[encoding]))
    if _likeness(texts[best]) < 0:
        # None of them: the library knows a hundred others.
        found = from_bytes(content).best()
        best = found.encoding if found else best
    return content.decode(best, errors="replace")


def _likeness(text: str) -> float:
    """How much the letters beyond ASCII are those of French or Arabic words."""
    return sum(_weight(text, at) for at, sign in enumerate(text) if ord(sign) > 127)


def _weight(text: str, at: int) -> float:
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if _ARABIC.match(sign):
        # An Arabic letter has no Latin letter beside it.
        return -3.0 if _LATIN.match(before) or _LATIN.match(after) else 1.0
    if sign in _FRENCH:
        is_within = before.islower() and sign.isupper()
        return -3.0 if is_within else 1.2
    if sign in _USUAL_SIGNS:
        return 0.0
    return -2.0 if unicodedata.category(sign)[0] in "LS" else -1.0
