"""The script that runs before Streamlit's own: the words that Streamlit has in English only, in the reader's language."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from data.i18n import load_texts
from data.languages import LANGUAGES
from pages.address.selection import WALKED

_FILE = Path(__file__).parent / "page.js"
# As Streamlit 1.67 writes them; a test looks for each in its files, so that a new version is noticed.
EXACT = {
    "No results": "page.no_results",
    "Link to heading": "page.heading_link",
    "Page not found": "page.not_found",
    "Choose an option": "page.choose",
    "Choose options": "page.choose",
    "Choose or add an option": "page.choose",
    "Choose or add options": "page.choose",
    "Add an option": "page.choose",
    "Add options": "page.choose",
    "Skip to main content": "page.skip",
    "App pages": "page.screens",
    "Sidebar": "page.sidebar",
    "Collapse sidebar": "page.close_sidebar",
    "Expand sidebar": "page.open_sidebar",
    "Open": "page.open_list",
    "Close": "page.close",
    "Clear value": "page.clear",
    "Clear all": "page.clear",
    "Select all": "page.select_all",
    "Selectbox options": "page.options",
    "Selected values": "page.selected",
    "Increment": "page.more",
    "Decrement": "page.less",
    "Choose date": "page.date",
    "Clear date": "page.clear",
    "Previous month": "page.month_before",
    "Next month": "page.month_after",
    "Scroll tabs right": "page.tabs_on",
    "Scroll tabs left": "page.tabs_back",
    "Copy to clipboard": "page.copy",
    "Main menu": "page.menu",
    "Stop script": "page.stop",
    "Running...": "page.running",
    "Notifications": "page.notifications",
    "file upload": "page.file",
    "Add files": "page.add_file",
    "Drag and drop files here": "page.drop_file",
    "Drag and drop a file here": "page.drop_file",
    # Before what was wrong with a file.
    "Error:": "page.error",
    "Only one file is allowed.": "page.upload_one",
    "File size is too small.": "page.upload_failed",
    "Unexpected error. Please try again.": "page.upload_failed",
    "Upload failed": "page.upload_failed",
    "streamlit_folium.st_folium": "page.frame",
}
PATTERNS = {
    r"^Add: (.+)$": "page.add",
    r"^Help for (.+)$": "page.help",
    # The parts of a date, as its field names them whatever the browser's language.
    r"^day, (.+)$": "page.day_of",
    r"^month, (.+)$": "page.month_of",
    r"^year, (.+)$": "page.year_of",
    r"^Remove (.+)$": "page.remove",
    r"^Upload (.+)$": "page.upload",
    # How an upload field tells what pages/web/uploads.py and guard.py refused.
    r"^(?:AxiosError: )?Request failed with status code 413$": "page.upload_full",
    r"^(?:AxiosError: )?Request failed with status code (?:429|503)$": "page.upload_busy",
    r"^(?:AxiosError: )?(?:Request failed with status code |Network Error).*$": "page.upload_failed",
    r"^File must be (\d+)(?:\.0)?MB or smaller\.$": "page.upload_large",
    r"^(?:.*) files are not allowed\.$": "page.upload_kind",
    r"^Cancel upload of (.+)$": "page.cancel_upload",
    r"^Press (.+) to apply$": "page.press_apply",
    r"^Press (.+) to submit form$": "page.press_submit",
    r"^(?:You have requested page|The page that you have requested).*$": "page.not_found_text",
}


KEYS = ("title", "help", "search", "link", "menu", "map", "council", "off")


@cache
def page_script() -> str:
    """The script with its words in every language: one file that the browser keeps."""
    keys = dict.fromkeys(
        ["page.enter", "page.preparing", *EXACT.values(), *PATTERNS.values(), *(f"keys.{name}" for name in KEYS)]
    )
    texts = {language: {key: load_texts(language)[key] for key in keys} for language in LANGUAGES}
    words = {"walked": WALKED, "exact": list(EXACT.items()), "patterns": list(PATTERNS.items()), "texts": texts}
    written = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return f"var WORDS = {written};\n{_FILE.read_text(encoding='utf-8')}"


@cache
def page_script_address() -> str:
    """Where it lies, below the application's address; another content has another address."""
    return f"assets/page.js?{sha256(page_script().encode()).hexdigest()[:12]}"
