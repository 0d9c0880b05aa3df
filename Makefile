# `make site` and `make test` are all there is to know. Everything they need is kept in .venv/; only Chromium and
# LibreOffice may come as Debian's packages.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --no-input

# Whatever Playwright downloads stays here too.
export PLAYWRIGHT_BROWSERS_PATH := $(CURDIR)/$(VENV)/browsers

.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
.PHONY: site test test-all serve fix bench docs words fuzz lock screenshots gallery reports axe clean checks chromium \
	libreoffice

site: $(VENV)/site.stamp ## the site, in site/
	$(BIN)/python site_build.py build

test: checks chromium ## lint, types and tests
	$(BIN)/pytest -m "not slow" --numprocesses auto --maxprocesses 4 --dist loadfile

test-all: checks chromium libreoffice ## the slow tests too, and properties searched further
	$(BIN)/pytest --hypothesis-profile search --numprocesses auto --maxprocesses 4 --dist loadfile

serve: $(VENV)/site.stamp ## live preview with drafts
	$(BIN)/python site_build.py serve

fix: $(VENV)/dev.stamp ## what ruff can mend by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/dev.stamp build/peers/stamp ## how long things take
	$(BIN)/python benchmarks/markdown_engines.py
	$(BIN)/python benchmarks/preview.py
	$(BIN)/python benchmarks/redline.py
	$(BIN)/python benchmarks/pages.py
	$(BIN)/python benchmarks/search.py
	$(BIN)/python benchmarks/builds.py

docs: $(VENV)/dev.stamp ## the tables of checks in docs/checks.md
	$(BIN)/python -m tests.catalogue

words: $(VENV)/dev.stamp ## the catalogues of the interface, from templates and code; what is to translate is told
	$(BIN)/python -m tests.catalogs

fuzz: $(VENV)/dev.stamp ## twenty thousand broken sites; about half an hour
	$(BIN)/python -m tests.fuzz --runs 10000 --seed 1 & $(BIN)/python -m tests.fuzz --runs 10000 --seed 2 && wait $$!

screenshots: $(VENV)/dev.stamp chromium ## the pictures in README.md
	$(BIN)/python -m tests.screenshots

axe: $(VENV)/dev.stamp chromium ## axe-core on every kind of page, in every language, width and scheme, with and without script
	$(BIN)/python -m tests.everyone.axe

gallery: $(VENV)/dev.stamp chromium ## every kind of page in pictures, in build/gallery/
	$(BIN)/python -m tests.gallery

reports: $(VENV)/dev.stamp ## whether every page is valid, every link leads somewhere and every header is sent, with counts
	$(BIN)/python -m tests.everyone.validity
	$(BIN)/python -m tests.everyone.links
	$(BIN)/python -m tests.everyone.headers

# Compiled by the oldest Python we support, with the hashes of every platform's files. `make lock UPGRADE=--upgrade`
# takes the newest versions that pyproject.toml, dev.in and constraints.txt allow.
COMPILE = CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --allow-unsafe \
	--strip-extras --constraint requirements/constraints.txt --no-annotate --no-emit-options --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links
lock: $(VENV)/dev.stamp ## requirements/*.lock, from pyproject.toml and dev.in
	$(COMPILE) --all-build-deps --extra pdf --output-file requirements/site.lock pyproject.toml
	$(COMPILE) --output-file requirements/dev.lock requirements/dev.in
	$(COMPILE) --output-file requirements/peers.lock requirements/peers.in

clean: ## back to a fresh checkout
	rm -rf $(VENV) site build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

checks: $(VENV)/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

build/peers/stamp: requirements/peers.lock | $(VENV)/made.stamp
	@$(BIN)/python -m venv --clear build/peers
	@build/peers/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --no-input \
		--require-hashes --requirement requirements/peers.lock
	@touch $@

chromium: $(VENV)/dev.stamp
	@sh tests/get-chromium.sh $(BIN)/python

libreoffice:
	@sh tests/get-libreoffice.sh

# A stamp is newer than what it was made from, so a second `make` has nothing to set up.
$(VENV)/site.stamp $(VENV)/dev.stamp: $(VENV)/%.stamp: requirements/%.lock pyproject.toml | $(VENV)/made.stamp
	@echo "Installing requirements/$*.lock into $(VENV)/"
	@$(INSTALL) --require-hashes --requirement requirements/$*.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/made.stamp:
	@for python in $(PYTHON) python3.11 python3 python3.12 python3.13 python3.14 python; do \
		if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV)/ with $$python"; \
			"$$python" -m venv --clear $(VENV) && touch $@; exit; \
		fi; \
	done; \
	echo "Noticepress needs Python 3.11 or later with its venv module; none was found." >&2; \
	echo "    hint: install it (on Debian: python3 and python3-venv), or say where it is: make PYTHON=/path/to/python3" >&2; \
	exit 1
