"""The territory as a parameter of an address, the same for screens, sheets, slides and the API."""

from __future__ import annotations

from collections.abc import Mapping

from data.province import Province, UnknownProvinceError, default_province, find_province, offered_provinces

PARAMETER = "province"


def read_province(asked: Mapping[str, str]) -> Province:
    """The territory that an address names; the default one where it names none, or one that is not offered."""
    try:
        return find_province(asked.get(PARAMETER))
    except UnknownProvinceError:
        return default_province()


def write_province(province: Province) -> dict[str, str]:
    """The parameter that leads back to a territory; none where only one is offered."""
    return {PARAMETER: province.id} if len(offered_provinces()) > 1 else {}
