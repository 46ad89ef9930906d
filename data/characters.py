"""Characters that stand for nothing: no file format holds them, and one of them in a text stops the document that it is put into."""

from __future__ import annotations

import re

# Controls but tab and line ends, halves of characters, and the places that Unicode keeps free for good.
_LAST_TWO = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_NOTHING = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}]")


def without_nothing(text: str) -> str:
    """A text without the characters that stand for nothing."""
    return _NOTHING.sub("", text)
