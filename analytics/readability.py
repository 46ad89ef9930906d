"""How easily a text is read: Kandel and Moles for French, the length of its sentences for any language.

L. Kandel, A. Moles, "Application de l'indice de Flesch à la langue française", Cahiers d'études de radio-télévision 19 (1958),
253–274. Syllables are counted by groups of vowels, without a mute final e: an approximation, a few per cent off on long texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…؟])[\s»”\")]+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# A vowel after é, ï or ü begins a syllable of its own.
_VOWELS = re.compile(r"[aeiouyàâäèêëîôöùûœæ]*[éïü]|[aeiouyàâäèêëîôöùûœæ]+")
_MUTE = re.compile(r"(?<=[^aeiouyàâäéèêëîïôöùûüœæ])es?$")


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, blank ones left out; a line ends a sentence."""
    return [part.strip() for part in _SENTENCE_ENDS.split(text) if _WORD.search(part)]


def split_words(text: str) -> list[str]:
    """The words of a text; an elided article belongs to its word ("l'école")."""
    return _WORD.findall(text)


def count_syllables(word: str) -> int:
    """Syllables of a French word, at least 1."""
    spoken = word.lower()
    heard = _MUTE.sub("", spoken)
    return max(1, len(_VOWELS.findall(heard)))


def kandel_moles(sentences: Sequence[str]) -> float:
    """Ease of reading of French sentences, about 0 (hard) to 100 (very easy); NaN without a word.

    207 − 1.015 × words per sentence − 73.6 × syllables per word.
    """
    words = [word for sentence in sentences for word in split_words(sentence)]
    if not words:
        return float("nan")
    syllables = sum(count_syllables(word) for word in words)
    return 207 - 1.015 * len(words) / len(sentences) - 73.6 * syllables / len(words)


def mean_length(sentences: Sequence[str]) -> float:
    """Words per sentence; NaN without a sentence."""
    return sum(len(split_words(sentence)) for sentence in sentences) / len(sentences) if sentences else float("nan")
