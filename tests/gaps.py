"""What a screen or a paper must not show where figures are few: dashes for a headline, empty charts, another language."""

import json
import re

_TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.S)
_HEADLINES = re.compile(r"class=\"figure\">\s*[—–-]?\s*<|<h1[^>]*>\s*—\s*</h1>")
_ENGLISH = re.compile(r"\b(the|with|people|unknown|missing|figures|insufficient|starting point|among)\b", re.I)
_NO_WORDS = re.compile(r"\b(nan|NaN|null)\b")
_OF_PROVINCE = re.compile(r"\b(province|territory|territoire)\b|الإقليم|بالإقليم|إقليم", re.I)
_COVERAGE = re.compile(r"8[19]")
_MARKS = re.compile(r"<(path|rect|circle|ellipse|line|polygon|polyline|image|use)\b")
_NOTHING_TIMES = re.compile(r"(?<![\d.,\u202f\u00a0 ])0 ×")


def texts_of(app) -> list[str]:
    """Everything that the middle of a screen says, as HTML where it is."""
    kinds = ("title", "header", "subheader", "caption", "markdown", "info", "warning", "success", "html")
    elements = [element for kind in kinds for element in app.main.get(kind)]
    return [str(getattr(e, "value", None) or getattr(e, "body", "") or "") for e in elements]


def find_gaps(app, language: str) -> list[str]:
    """What is wrong on a screen, in words of a developer."""
    texts = texts_of(app)
    found = [f"title {title.value!r}" for title in app.title if title.value.strip(" —-") == "" or "—" in title.value]
    found += [fault for title in app.title for fault in find_faults_of_heading(_TAGS.sub(" ", title.value))]
    found += [f"headline {match.group(0)!r}" for text in texts for match in _HEADLINES.finditer(text)]
    found += [f"empty chart {chart.proto.id[-40:]}" for chart in app.get("plotly_chart") if _is_empty(chart)]
    return found + find_faults_of_text(" ".join(_TAGS.sub(" ", text) for text in texts), language)


def find_faults_of_text(text: str, language: str) -> list[str]:
    """English in another language, and answers of nought units."""
    found = [f"answer of nothing: {text[max(0, m.start() - 40) : m.end() + 30]!r}" for m in _NOTHING_TIMES.finditer(text)]
    found += [f"no word: {text[max(0, m.start() - 30) : m.end() + 30]!r}" for m in _NO_WORDS.finditer(text)]
    if language != "en":
        found += [f"English: {text[max(0, m.start() - 30) : m.end() + 30]!r}" for m in _ENGLISH.finditer(text)]
    return found


def find_faults_of_heading(heading: str) -> list[str]:
    """A heading of nothing, and one that counts something over the province without saying over how many communes."""
    bare = heading.strip()
    found = [f"heading {heading!r}"] if not bare.strip(" —–-·:") else []
    counts = re.search(r"\d", bare) and _OF_PROVINCE.search(bare)
    # A month and its year beside the name of the province count nothing.
    without_years = re.sub(r"20\d\d", "", bare)
    if counts and re.search(r"\d", without_years) and not _COVERAGE.search(without_years):
        found.append(f"province without coverage: {heading!r}")
    return found


def find_faults_of_drawing(svg: str) -> list[str]:
    """A drawing in which nothing is drawn."""
    is_code = "segno" in svg[:100]
    return [] if is_code or len(_MARKS.findall(svg)) > 1 else [f"empty drawing: {svg[:120]!r}"]


def _is_empty(chart) -> bool:
    drawn = json.loads(chart.proto.spec).get("data", [])
    return not any(_has_value(trace.get(axis)) for trace in drawn for axis in ("x", "y", "z", "values"))


def _has_value(values) -> bool:
    if isinstance(values, dict):
        return bool(values.get("bdata"))
    return any(value is not None for value in values or ())
