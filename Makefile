# `make run` serves the dashboard; `make test` checks and tests everything. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1
PORT ?= 8501
FAST := tests/unit -m "not slow"
WORKERS ?= 2

.PHONY: run test pytest fast check bench screenshots clean chromium office

run: $(VENV)/installed
	$(BIN)/python -m data init --if-missing
	$(BIN)/streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

test: chromium office
	@$(MAKE) --no-print-directory --jobs 2 check pytest

# Beside each other: what reads the code keeps one processor busy for a third of a minute, and the tests end last.
pytest: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

fast: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) $(FAST)

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/installed-dev chromium
	$(BIN)/python -m tests.benchmarks

screenshots: $(VENV)/installed-dev chromium
	$(BIN)/python -m tests.browser.screenshots

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(MAKE) python-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements.txt
	touch $@

$(VENV)/installed-dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	touch $@ $(VENV)/installed

# What Debian keeps outside Python: asked of its packages only when absent.
.PHONY: python-venv
python-venv:
	$(call install,python3-venv)

# The Chromium without windows is preferred, for its pages cost the processor a third less; any other will do where it cannot be had.
chromium:
	@command -v chromium-headless-shell >/dev/null || { echo "Installing Chromium and Noto fonts for the tests"; $(call install,chromium-headless-shell fonts-noto-core); } || command -v chromium || command -v google-chrome

# LibreOffice without a window, to open the files that we give out: 104 MB, a quarter of a minute. Where it cannot be had its tests
# are skipped and say so.
office:
	@command -v soffice >/dev/null || { echo "Installing LibreOffice for the tests"; $(call install,libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui fonts-noto-core); } || echo "LibreOffice could not be installed"

define install
SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends $(1) >/dev/null
endef

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
