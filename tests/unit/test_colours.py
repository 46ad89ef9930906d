"""Colours that every reader can tell apart: classes and lines as colour-blind readers see them, in grey, and under words.

Colour blindness is simulated with the matrices of Machado, Oliveira and Fernandes (2009) at full severity, differences are
taken in CAM02-UCS, where 100 lies between black and white; both by the library colorspacious. Contrast is that of WCAG 2.
"""

import re
from itertools import combinations, pairwise, product
from pathlib import Path

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from data.loaders.today import load_definitions
from geo import palette
from geo.palette import RISK_FILLS
from pages.print.deck import outlook, page, service
from pages.print.plan.blocks import Cell

ROOT = Path(__file__).parents[2]
SEEN_BY = (None, "protanomaly", "deuteranomaly", "tritanomaly")
LEGEND = load_definitions().legend
CLASSES = [c.color for c in LEGEND.classes]
# A tenth of the way from black to white; half of it in lightness alone, since hatch and number tell classes apart as well.
LEAST_DIFFERENCE, LEAST_STEP_OF_LIGHTNESS = 10, 5
# White without a class: its own hatch is what tells it from the lightest class.
LEAST_DIFFERENCE_FROM_WHITE = 5
TEXT, GRAPHICS = 4.5, 3
CHIP = re.compile(r"\.chip(?:\.c(\d))? \{[^}]*?\bcolor: (#\w+)")


def rgb(color):
    """Red, green and blue from 0 to 1."""
    digits = color.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
    return np.array([int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)])


def seen(color, by):
    """A colour as a reader sees it, from 0 to 1."""
    if by is None:
        return rgb(color)
    return np.clip(cspace_convert(rgb(color), {"name": "sRGB1+CVD", "cvd_type": by, "severity": 100}, "sRGB1"), 0, 1)


def difference(one, other, by):
    return float(deltaE(seen(one, by), seen(other, by), input_space="sRGB1"))


def lightness(color, by):
    return float(cspace_convert(seen(color, by), "sRGB1", "CAM02-UCS")[0])


def contrast(one, other):
    """WCAG 2.2, relative luminance: of the lighter over the darker."""

    def luminance(color):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(color)]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def style(name):
    """Background colours of a style rule of the screens."""
    rule = re.search(rf"^{re.escape(name)} \{{([^}}]*)\}}", (ROOT / "pages/web/style.css").read_text(encoding="utf-8"), re.M)
    return re.findall(r"#[0-9a-f]{6}", rule[1])


def test_the_measures_agree_with_values_worked_by_hand():
    # Pure red, linear (1, 0, 0): the first column of the published matrix is (0.152286, 0.114503, -0.003882); in sRGB
    # 1.055 · 0.152286^(1/2.4) - 0.055 = 0.4266, 1.055 · 0.114503^(1/2.4) - 0.055 = 0.3727, and nothing below 0.
    assert seen("#ff0000", "protanomaly") == pytest.approx([0.4266, 0.3727, 0], abs=1e-4)
    assert difference("#000000", "#ffffff", None) == pytest.approx(100, abs=0.1)
    # Grey 0x80: ((0.50196 + 0.055) / 1.055)^2.4 = 0.21586, so that white has 1.05 / 0.26586 = 3.949.
    assert contrast("#ffffff", "#808080") == pytest.approx(3.949, abs=1e-3)


@pytest.mark.parametrize("by", SEEN_BY)
def test_classes_stay_apart_and_in_order(by):
    for lighter, darker in pairwise(CLASSES):
        assert difference(lighter, darker, by) >= LEAST_DIFFERENCE
        assert lightness(lighter, by) - lightness(darker, by) >= LEAST_STEP_OF_LIGHTNESS
    for color in CLASSES:
        assert difference(color, LEGEND.no_data_color, by) >= LEAST_DIFFERENCE
        assert difference(color, LEGEND.not_assessed_color, by) >= LEAST_DIFFERENCE_FROM_WHITE


def test_classes_stay_in_order_on_a_photocopy():
    greys = [contrast(color, "#000000") for color in CLASSES]
    assert greys == sorted(greys, reverse=True)
    assert len({c.hatch for c in LEGEND.classes}) == len(CLASSES)


@pytest.mark.parametrize("source", ["pages/web/style.css", "pages/print/templates/sheet.html.jinja"])
def test_a_class_number_is_read_on_its_class(source):
    inks = dict(CHIP.findall((ROOT / source).read_text(encoding="utf-8")))
    for entry in LEGEND.classes:
        assert contrast(inks.get(str(entry.id), inks[""]), entry.color) >= TEXT


@pytest.mark.parametrize("fill", [*CLASSES, *RISK_FILLS.values()])
def test_the_words_of_a_plan_are_read_on_every_colour_behind_them(fill):
    assert contrast("#ffffff" if Cell("x", fill=fill).is_dark else "#000000", fill) >= TEXT


LINES = {
    "screen": (palette.INK, palette.AXIS, palette.ACCENT, CLASSES[-1]),
    "projector": (palette.INK, palette.ACCENT, CLASSES[-1]),
    "slides": (page.INK, page.ACCENT, outlook.RANGE_COLOR, service.NORM_COLOR),
}


@pytest.mark.parametrize("place", LINES)
def test_lines_stand_out_from_the_paper_and_from_each_other(place):
    for color in LINES[place]:
        assert contrast(color, "#ffffff") >= GRAPHICS
    for (one, other), by in product(combinations(LINES[place], 2), SEEN_BY):
        assert difference(one, other, by) >= LEAST_DIFFERENCE, (one, other, by)


def test_parts_of_a_bar_stand_out_from_its_track_and_from_each_other():
    (track,) = style(".bar")
    (structural,), displacement = style(".bar .structural"), style(".bar .displacement")
    gain = re.search(r"--gain: (#\w+)", (ROOT / "pages/web/style.css").read_text(encoding="utf-8"))[1]
    for part in (structural, displacement[0], gain):
        assert contrast(part, track) >= GRAPHICS
    for by in SEEN_BY:
        assert difference(structural, displacement[0], by) >= LEAST_DIFFERENCE


@pytest.mark.parametrize("by", SEEN_BY)
def test_dots_of_douars_stay_apart_and_in_order_and_their_edges_stand_out(by):
    fills = [palette.DOT_NEAR, palette.DOT_FAR, palette.DOT_VERY_FAR]
    for lighter, darker in pairwise(fills):
        assert difference(lighter, darker, by) >= LEAST_DIFFERENCE
        assert lightness(lighter, by) - lightness(darker, by) >= LEAST_STEP_OF_LIGHTNESS
    for edge in (palette.DOT_NEAR_EDGE, palette.DOT_FAR_EDGE, palette.AXIS):
        assert contrast(edge, palette.LAND) >= GRAPHICS


def test_the_style_sheet_names_the_colours_of_the_palette():
    root = re.search(r":root \{([^}]*)\}", (ROOT / "pages/web/style.css").read_text(encoding="utf-8"))[1]
    named = dict(re.findall(r"--(\w+): (#\w+)", root))
    assert {name: named[name] for name in ("ink", "muted", "line", "paper", "accent")} == {
        "ink": palette.INK,
        "muted": palette.MUTED,
        "line": palette.LINE,
        "paper": palette.PAPER,
        "accent": palette.ACCENT,
    }


def test_python_draws_in_no_colour_outside_the_palette():
    known = {v for v in vars(palette).values() if isinstance(v, str) and v.startswith("#")} | set(RISK_FILLS.values())
    known |= {LEGEND.no_data_color, *palette.SHAKING, *palette.CHANGE}
    for room in ("geo", "pages", "analytics"):
        for path in (ROOT / room).rglob("*.py"):
            foreign = set(re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))) - known
            assert not foreign, f"{path.relative_to(ROOT)} draws in {foreign}"
