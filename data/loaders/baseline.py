"""The baseline: parts with their goalposts and reasons, themes, faces and classes."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.baseline_rules import BaselineRules
from data.loaders.kind import Kind
from data.loaders.known import Known, has_words, not_among
from data.loaders.slips import Slip


def _check(rules: BaselineRules, known: Known) -> Iterator[Slip]:
    yield from known.says("observed", rules.people, "people")
    for at, part in enumerate(rules.parts):
        for name in part.variables:
            yield from known.says("observed", name, "parts", at, "of" if name in part.of else "over")
        if part.covered:
            yield from known.says("observed", part.covered, "parts", at, "covered")
        if part.theme not in rules.themes:
            yield not_among("theme", part.theme, rules.themes, "parts", at, "theme")
        yield from has_words(f"unit.{part.unit}", "parts", at, "unit")
        for values in zip(*part.points, strict=True):
            if list(values) != sorted(values):
                yield Slip(("parts", at, "points"), "not_rising")
    uppers = list(rules.uppers)
    if uppers != sorted(set(uppers)):
        yield Slip(("classes",), "not_rising")


BASELINE = Kind("baseline", BaselineRules, check=_check, optional=True)
