# `make run` serves the dashboard; `make test` checks and tests everything. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1
PORT ?= 8501
# The names that people type for this machine on a network; those of this machine alone where none is given.
HOSTS ?=
FAST := tests/unit -m "not slow"
WORKERS ?= 2
# One more than the smallest machine has processors: a test of the browser waits for its server half of the time.
TESTERS ?= 3
# Bytecode is kept, whatever the environment asks: testers, servers and commands would each compile every module anew.
export PYTHONDONTWRITEBYTECODE :=
# Tests run in random order; the header of a run prints its seed, and SEED=… runs that order again.
ORDER := $(if $(SEED),--randomly-seed=$(SEED))
# What is not in the lock, or is not the file that the lock knows, is refused; nothing is built from source.
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes --only-binary :all:

.PHONY: run serve load test pytest fast check prove fork coverage mutate bench contract audit screenshots lock wheels sbom licences vulnerabilities hooks clean chromium office caddy

run: $(VENV)/installed
	$(BIN)/python -m data init --if-missing
	$(BIN)/streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT) $(foreach host,$(HOSTS),--server.allowedHosts $(host))

# Several processes behind one address: honcho starts and ends them together, Caddy keeps a visitor with the same one.
SERVERS = $(foreach n,$(shell seq 0 $$(($(WORKERS) - 1))),127.0.0.1:$(shell echo $$((8510 + $(n)))))
serve: $(VENV)/installed $(VENV)/bin/uv caddy
	$(BIN)/python -m data init --if-missing
	PUBLIC_PORT=$(PORT) ADDRESS=$(ADDRESS) UPSTREAMS="$(SERVERS)" HOST_FLAGS="$(foreach host,$(HOSTS),--server.allowedHosts $(host))" \
	  SERVICE_PRESSURE_PROXY_SECRET="$${SERVICE_PRESSURE_PROXY_SECRET:-$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(32))')}" \
	  $(TOOL) honcho==2.0.0 honcho start --procfile deploy/Procfile --app-root . --port 8510 --concurrency server=$(WORKERS),proxy=1

# Readers who change what they see, against such a server or one process; each answer is compared with the figures of the store.
load: $(VENV)/installed-dev caddy
	$(BIN)/python -m tests.load --processes $(WORKERS) $(LOAD)

test: chromium office caddy
	@$(MAKE) --no-print-directory --jobs 2 check pytest

# Beside each other: what reads the code keeps one processor busy for a third of a minute, and the tests end last.
pytest: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n $(TESTERS) --dist worksteal $(ORDER)

fast: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n $(TESTERS) $(FAST) $(ORDER)

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	@-$(BIN)/python -m data.texts.readability

# Apart from `make test`, for to count lines makes Python half as slow again; lines are counted without a browser.
coverage: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n $(TESTERS) --dist worksteal -m "not browser" $(ORDER) --cov

# What a fork keeps that deletes the territory that ships: tests about it are left out, and the others pass on the invented one.
FORK := $(VENV)/fork
fork: $(VENV)/installed-dev
	rm -rf $(FORK) && git clone --quiet . $(FORK) && rm -r $(FORK)/data/territories/taroudannt
	ln -s $(abspath $(VENV)) $(FORK)/.venv
	cd $(FORK) && FULL=1 .venv/bin/python -m pytest tests/unit tests/integration -n $(TESTERS) --dist worksteal $(ORDER)

# What the OpenAPI document says against what a running server answers (`make run`), by drawn calls; nothing is written.
contract: $(VENV)/bin/uv
	$(TOOL) schemathesis==4.32.5 schemathesis run http://$(ADDRESS):$(PORT)/openapi.json --phases examples,coverage,fuzzing \
	  --max-examples 20 --max-time 600 --request-timeout 60 --continue-on-failure --generation-deterministic

# All of it, an hour; PARTS="server api" are some.
bench: $(VENV)/installed-dev chromium
	$(BIN)/python -m tests.benchmarks $(PARTS)

# What the index rests on, for the store that is there; fails where a limit does not hold.
audit: $(VENV)/installed
	$(BIN)/python -m data init --if-missing
	$(BIN)/python -m pages.print.index_audit

# Long proofs, an hour: killed writers, damaged stores, full disks; then ten thousand damaged files, each read in order or refused.
# What was proved is remembered (.prove.json, .prove/done); make prove goes on there.
prove: $(VENV)/installed-dev
	$(BIN)/python -m tests.prove $(PROOF)
	$(BIN)/python -m tests.messy.prove 10000

# Small faults put into our own code, one at a time, each against the tests that walk its line; goes on where it stopped.
MUTATED = $(filter-out %/__init__.py,$(wildcard analytics/*.py data/importing/*.py data/importing/*/*.py data/keeping/*.py data/store.py))
MUTANTS ?= 400
mutate: $(VENV)/installed-dev .mutate.jsonl
	$(BIN)/python -m tests.mutate .mutate.jsonl $(AGAIN)

.mutate.jsonl: | $(VENV)/installed-dev $(VENV)/bin/uv
	$(TOOL) cosmic-ray==8.7.0 python tests/mutate/list_mutants.py $(or $(SEED),16) $(MUTANTS) $(MUTATED) > $@.part
	mv $@.part $@

screenshots: $(VENV)/installed-dev chromium
	$(BIN)/python -m tests.browser.screenshots

# The locks from pyproject.toml: what is pinned stays, what was added is resolved for every Python and system.
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes
lock: $(VENV)/bin/uv
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

# That every pin has a wheel for every Python and both kinds of Linux; asks the package index and downloads nothing.
wheels: $(VENV)/bin/uv
	@set -e; for python in 3.11 3.12 3.13 3.14; do for machine in x86_64 aarch64; do echo "Python $$python on $$machine"; \
	$(BIN)/uv pip install --quiet --dry-run --no-deps --require-hashes --only-binary :all: --target $(VENV)/none \
	  --python-version $$python --python-platform $$machine-manylinux_2_28 --requirements requirements-dev.txt; done; done

hooks: $(VENV)/installed-dev
	$(BIN)/pre-commit install

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(MAKE) python-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(INSTALL) -r requirements.txt
	touch $@

# By uv, in half of the time of pip; what knows the index by pip's own configuration only (a mirror, a wheelhouse) is asked by pip.
$(VENV)/installed-dev: requirements-dev.txt | $(VENV)/bin/uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --only-binary :all: --compile-bytecode -r requirements-dev.txt \
	  || $(INSTALL) -r requirements-dev.txt
	touch $@ $(VENV)/installed

# The tool that writes the locks, as the last lock knows it.
$(VENV)/bin/uv: | $(VENV)/bin/python
	awk '/^[^ #]/ { ours = /^uv==/ } ours' requirements-dev.txt > $(VENV)/uv.txt
	$(INSTALL) -r $(VENV)/uv.txt

# What is installed, for whoever must answer for it: every package with version and hashes (CycloneDX), with its licence, and the
# faults that are known of it, where their list can be reached. Tools of a moment, pinned here and kept out of the locks.
TOOL := $(BIN)/uv tool run --from
sbom: $(VENV)/bin/uv
	$(TOOL) cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.txt --output-file sbom.json </dev/null

licences: $(VENV)/bin/uv $(VENV)/installed
	$(TOOL) pip-licenses==5.5.5 pip-licenses --python $(BIN)/python --with-urls --format=markdown --output-file licences.md

vulnerabilities: $(VENV)/bin/uv $(VENV)/installed
	$(BIN)/python -m pip check
	$(TOOL) pip-audit==2.10.1 pip-audit --requirement requirements.txt --disable-pip --require-hashes

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

# The proxy in front of several processes; where it cannot be had, their tests are skipped and say so.
caddy:
	@command -v caddy >/dev/null || { echo "Installing Caddy"; $(call install,caddy); } || echo "Caddy could not be installed"

define install
SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends $(1) >/dev/null
endef

clean:
	rm -rf $(VENV) .prove .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis
