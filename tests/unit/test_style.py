"""Style rules that every screen pays for, whoever they are for."""

import re
from pathlib import Path

STYLE = (Path(__file__).parents[2] / "pages" / "web" / "style.css").read_text(encoding="utf-8")


def test_no_rule_looks_from_the_root_for_what_may_be_far_below():
    """A browser that draws a chart has to ask such a rule again at every mark: a commune's profile took half a second longer."""
    assert re.findall(r"(?:body|html|\*|main\b)[^,{\s]*:has\(", STYLE) == []
