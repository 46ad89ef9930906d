"""Whatever a screen draws can be taken away as a picture: a screen that draws by itself, without offering it, fails here."""

import ast
import re
from pathlib import Path

PAGES = Path(__file__).parents[2] / "pages"
OFFERS = {"show_plot", "show_places", "offer_charts"}
# Drawn in one module, offered by the screen that places it: which module, and which chart.
ELSEWHERE = {
    "widgets/province_map.py": ("screens/overview/screen.py", "map_chart"),
    "widgets/rank_list.py": ("screens/overview/screen.py", "ranking_chart"),
    "widgets/two_maps.py": ("screens/compare/two_dates.py", "dates_chart"),
    "screens/map/card.py": ("screens/map/panel.py", "services_chart"),
    "screens/council/questions.py": ("screens/council/charts.py", "map_chart"),
    "screens/council/mode.py": ("screens/council/charts.py", "ranking_chart"),
}
# A map to point at, not a figure: the epicentre is chosen on it.
INPUTS = {"screens/scenarios/shock.py"}
BAR = re.compile(r"""style="[^"]*width:\s*\{\{""")


def calls(path):
    """Names of what a module calls, with the texts that it passes first."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
            found.append((name, first))
    return found


def screens():
    return [path for path in sorted(PAGES.rglob("*.py")) if "print" not in path.parts and "web" not in path.parts]


def test_figures_are_drawn_in_one_place():
    drawing = {
        "plotly_chart",
        "line_chart",
        "bar_chart",
        "area_chart",
        "scatter_chart",
        "altair_chart",
        "vega_lite_chart",
        "pyplot",
    }
    found = {str(path.relative_to(PAGES)) for path in screens() if drawing & {name for name, _ in calls(path)}}
    assert found == {"widgets/pictures.py"}


def test_whatever_draws_offers_its_picture():
    templates = {
        path.name.split(".")[0] for path in (PAGES / "templates").glob("*.jinja") if BAR.search(path.read_text("utf-8"))
    }
    assert len(templates) >= 5
    drawing = set()
    for path in screens():
        made = calls(path)
        names = {name for name, _ in made}
        bars = {first for name, first in made if name in ("show", "fill")} & templates
        if names & {"render_choropleth", "st_folium"} or bars:
            name = str(path.relative_to(PAGES))
            drawing.add(name)
            assert name in ELSEWHERE or name in INPUTS or names & OFFERS, f"{name} draws and offers no picture"
    assert len(drawing) >= 10
    assert set(ELSEWHERE) | INPUTS <= drawing


def test_what_is_offered_elsewhere_is_offered():
    for module, chart in ELSEWHERE.values():
        names = {name for name, _ in calls(PAGES / module)}
        assert chart in names
        assert names & OFFERS


def test_every_chart_that_can_be_offered_is():
    catalogues = [ast.parse(path.read_text(encoding="utf-8")) for path in (PAGES / "print/charts").glob("*catalogue.py")]
    functions = [node for tree in catalogues for node in tree.body if isinstance(node, ast.FunctionDef)]
    charts = {node.name for node in functions if not node.name.startswith("_")}
    offered = {name for path in screens() for name, _ in calls(path)}
    assert len(charts) >= 26
    assert charts - offered == set()
