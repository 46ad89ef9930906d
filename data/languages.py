"""The languages that the application speaks, the first one unless another is asked for."""

from __future__ import annotations

LANGUAGES: dict[str, str] = {"fr": "Français", "ar": "العربية", "en": "English"}
DEFAULT_LANGUAGE = "fr"
