"""Amounts in dirhams as people say them."""

from __future__ import annotations

import math

from data.i18n import NO_VALUE, Translator, rounded

MILLION, THOUSAND = 1_000_000, 1_000


def write_mad(amount: float, t: Translator) -> str:
    """An amount in millions or thousands of dirhams; a dash when it is not known."""
    if math.isnan(amount):
        return NO_VALUE
    if amount >= MILLION:
        return t("money.millions", count=rounded(amount / MILLION, 1))
    if amount < THOUSAND:
        return t("money.units", count=rounded(amount))
    return t("money.thousands", amount=t.number(amount / THOUSAND, 0))


def write_range(low: float, high: float, t: Translator) -> str:
    """From the low to the high cost; nothing where it is not known, or nothing costs."""
    if math.isnan(low) or math.isnan(high) or high == 0:
        return ""
    unit, key = (MILLION, "money.range_millions") if high >= MILLION else (THOUSAND, "money.range_thousands")
    decimals = 1 if unit == MILLION and high < 10 * MILLION else 0
    return t(key, low=t.number(low / unit, decimals), count=rounded(high / unit, decimals))
