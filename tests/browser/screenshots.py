"""Pictures for the README, taken from the running application: ``make screenshots``."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from data.initialise import initialise
from data.store import Store
from tests.browser.conftest import Application, Visit, open_chromium

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
TIZI = "09.541.04.67"
COLOURS = 255

SCREENS = {
    "overview-fr": ("/?lang=fr&month=2023-10", 1440, 1250),
    "map-fr": ("/map?lang=fr&indicator=HEA07", 1440, 1000),
    "commune-ar": (f"/commune?lang=ar&commune={TIZI}&month=2023-10", 1440, 1250),
    "compare-fr": ("/compare?lang=fr&month=2023-10", 1440, 1000),
    "scenarios-fr": ("/scenarios?lang=fr", 1440, 1250),
    "council-fr": (f"/council?lang=fr&commune={TIZI}&month=2023-10&subject=commune&question=where", 1440, 900),
    "plan-fr": (f"/plan?lang=fr&commune={TIZI}&scenario=hard_winter", 1440, 1250),
    "data-fr": ("/data?lang=fr", 1440, 1000),
    "overview-phone-ar": ("/?lang=ar&month=2023-10", 390, 844),
}


def main() -> None:
    """Serve a new store, visit each screen, save each picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        store = Store(Path(folder) / "store")
        initialise(store)
        application = Application(store.root)
        try:
            for name, (path, width, height) in SCREENS.items():
                visit = Visit(browser, application.address, width)
                visit.page.set_viewport_size({"width": width, "height": height})
                visit.open(path)
                if path.startswith("/map"):
                    _ = visit.map
                visit.settle()
                expect(visit.page.locator("[data-testid=stSkeleton]")).to_have_count(0)
                visit.page.wait_for_load_state("networkidle")
                save(name, visit.page.screenshot())
                visit.page.close()
            for language in ("fr", "ar"):
                page = browser.new_page(viewport={"width": 800, "height": 1130})
                page.goto(f"{application.address}/sheet/{TIZI}?lang={language}&month=2023-10")
                save(f"sheet-{language}", page.screenshot())
        finally:
            application.stop()


def save(name: str, picture: bytes) -> None:
    """Save a picture with 255 colours kept apart, so that no class takes the colour of another."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE)
    image.save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
