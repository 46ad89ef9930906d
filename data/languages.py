"""The languages that the application speaks, the first one unless another is asked for.

Each has a folder of texts in ``data/locales``. Its numbers, dates, plural forms and direction are those of CLDR (Babel).
"""

from __future__ import annotations

LANGUAGES: dict[str, str] = {"fr": "Français", "ar": "العربية", "en": "English"}
DEFAULT_LANGUAGE = "fr"
# Where CLDR knows a language as it is written here.
CLDR: dict[str, str] = {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}
# Names of months cut short, where those of the country mislead: in fr_MA June is "jui." and July "juil.".
SHORT_MONTHS: dict[str, str] = {"fr": "fr"}
