"""Files as they arrive after an accident: cut, overwritten, doubled, their parts exchanged.

Each comes from a seed, so that it can be made again.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Sequence

_INTERESTING = (
    b"\0", b"\xff", b"\r", b"\n", b'"', b";", b",", b"<", b"&", b"=", b"9" * 40, b"\xef\xbb\xbf", b"\xff\xfe", b"1e999", b"NaN",
    b"-", "\u202e".encode(), b"A1:XFD1048576", b'r="1048576"', b"1048577", b"99999999999999999999",
)  # fmt: skip


def mutate(content: bytes, name: str, seed: int, others: Sequence[bytes]) -> bytes:
    """One damaged form of a file; ``others`` are files whose pieces may end up in it."""
    chance = random.Random(seed)
    if content.startswith(b"PK") and chance.random() < 0.7:
        return _in_parts(content, chance)
    for _ in range(chance.randint(1, 4)):
        content = _damage(content, chance, others)
    return content


def _in_parts(content: bytes, chance: random.Random) -> bytes:
    """An archive that is sound, with parts that are not: the reader sees more than a wrong checksum."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
        return _damage(content, chance, ())
    names = list(parts)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(names)
        if chance.random() < 0.1:
            parts.pop(name, None)
        elif name in parts:
            parts[name] = _damage(parts[name], chance, list(parts.values()))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def _damage(content: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    if not content:
        return chance.choice(_INTERESTING)
    at = chance.randrange(len(content))
    length = chance.randint(1, max(1, min(200, len(content) // 3)))
    kind = chance.randrange(8)
    if kind == 0:
        return content[:at]
    if kind == 1:
        return content[:at] + chance.choice(_INTERESTING) + content[at + 1 :]
    if kind == 2:
        return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
    if kind == 3:
        return content[:at] + content[at + length :]
    if kind == 4:
        return content[:at] + content[at : at + length] * chance.randint(2, 5) + content[at + length :]
    if kind == 5 and others:
        other = chance.choice(list(others))
        start = chance.randrange(len(other) or 1)
        return content[:at] + other[start : start + length] + content[at:]
    if kind == 6:
        return _other_digit(content, at, chance)
    return content[:at] + bytes(chance.randrange(256) for _ in range(min(length, 30))) + content[at + min(length, 30) :]


def _other_digit(content: bytes, at: int, chance: random.Random) -> bytes:
    """The next number in the file as another one."""
    digits = next((i for i in range(at, min(at + 400, len(content))) if 48 <= content[i] <= 57), None)
    if digits is None:
        return content[:at]
    return content[:digits] + str(chance.choice([0, 7, 255, 16385, 1048577, 2**31, 10**18])).encode() + content[digits + 1 :]
