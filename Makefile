# Two commands do everything on a fresh Debian machine: `make run` and `make test`. Both set up what is missing.

PYTHON ?= $(shell for p in python3.12 python3.11 python3; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null && echo $$p && break; done)
# One more than there are cores: many tests wait for LibreOffice, a browser or a deadline.
AT_ONCE := -n $(shell expr $$(nproc) + 1) --dist worksteal
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

RUN_PACKAGES := python3-venv fontconfig libreoffice-writer-nogui python3-uno fonts-crosextra-carlito fonts-liberation \
	fonts-dejavu-core fonts-freefont-ttf fonts-droid-fallback fonts-symbola
TEST_PACKAGES := libreoffice-calc-nogui qpdf poppler-utils libnss3-tools libjaxb-java chromium postgresql \
	$(shell command -v javac >/dev/null || echo default-jdk-headless) $(shell command -v npm >/dev/null || echo npm)

.PHONY: help run demo test check bench campaign fuzz tamper crash crash-store setup setup-test lock clean
help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: setup ## serve the first page on http://127.0.0.1:5000
	$(BIN)/python -m webforms.serve

demo: setup ## a fictional case as documents, in a folder that is named
	$(BIN)/tilsyn demo --out var/demo

test: setup-test check ## every test, the judges that are not ours included
	$(BIN)/python -m pytest $(AT_ONCE)

campaign: setup-test ## the tests that are for more cases than every run has time for
	$(BIN)/python -m pytest $(AT_ONCE) -m campaign

check: setup ## lint, types, one-way imports, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tilsyn templates check

bench: setup-test ## speed beside the usual way; appended to BENCHMARKS.md
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/pages.py
	PYTHONPATH=.:tests $(BIN)/python tests/bench/flow.py

fuzz: setup-test ## N=20000 damaged forms of each format through the readers; appended to BENCHMARKS.md
	$(BIN)/python tests/fuzz/mutate.py --files $(or $(N),20000) --format pdf --format docx --format xlsx

crash-store: setup-test ## KILLS=300 times kill -9 under a writing load, on SQLite and PostgreSQL; appended to BENCHMARKS.md
	PYTHONPATH=.:tests $(BIN)/python tests/crash/store.py --kills $(or $(KILLS),300)

crash: setup-test ## KILLS=50 times kill -9 with a hundred cases on their journey; appended to BENCHMARKS.md
	PYTHONPATH=.:tests $(BIN)/python tests/crash/journey.py --kills $(or $(KILLS),50)

tamper: setup ## N=10000 tamperings with an audit log, all to be found; appended to BENCHMARKS.md
	$(BIN)/python -m tests.fuzz.audit_tampering --tamperings $(or $(N),10000)

setup: var/.run-packages $(VENV)/.ready
setup-test: setup var/.test-packages

# Debian's packages: asked for by name, installed only where one is missing.
var/.run-packages var/.test-packages: var/.%-packages: Makefile
	@mkdir -p var
	@missing=$$(for p in $(if $(findstring test,$*),$(TEST_PACKAGES),$(RUN_PACKAGES)); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then echo "Installerer:" $$missing; $(SUDO) apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; fi
	@touch $@

$(VENV)/.ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 eller 3.12 mangler. På Debian 12: apt-get install python3 python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock: ## pin the newest versions that pyproject.toml allows
	uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-emit-index-url \
		--python-version 3.11 -o requirements.lock

clean: ## remove what was made here, the demo certificates too
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
