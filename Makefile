# make help prints this list, made from the comments behind each target.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup demo test check lint format types architecture bench chaos eval lock migration baselines flows postman weeks browser clean

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP)  ## make .venv with everything the project needs

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Marchante needs Python 3.11 or newer"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "python3 -m venv failed: on Debian, apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv 2>/dev/null || true
	@if [ -x $(BIN)/uv ]; then VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements.lock; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; fi
	@if [ -x $(BIN)/uv ]; then VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; fi
	@touch $(STAMP)

demo: setup  ## shops to chat with in the browser; Ctrl-C stops it, a second start keeps the data
	@$(BIN)/marchante demo

test: setup browser  ## every test, in under five minutes
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q

browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "$$CHROMIUM" ] || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji >/dev/null; \
	else echo "the browser tests need Chromium: install it, or name it in CHROMIUM"; fi

check: lint types architecture test  ## what CI runs

lint: setup  ## style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: setup  ## mend style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: setup  ## mypy, strict
	@$(BIN)/mypy

architecture: setup  ## the arrows between packages, and inside each
	@$(BIN)/lint-imports

bench: setup  ## messages a second, durable, and what each leg costs
	@$(BIN)/marchante bench

chaos: setup  ## kill and cut for longer than CI does
	@MARCHANTE_CHAOS=1 $(BIN)/python -m pytest -q -m chaos --timeout 1800

eval: setup  ## how well orders in Spanish are understood
	@$(BIN)/python -m tests.understanding.evaluate

lock: setup  ## compile requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate pyproject.toml --group dev -o requirements.lock

migration: setup  ## make migration KIND=tenant MESSAGE="add surveys": from models.py
	@$(BIN)/python migrations/author.py new $(KIND) "$(MESSAGE)"

postman: setup  ## write the Postman collection from the fixtures
	@$(BIN)/python -m tests.fixtures.postman

weeks: setup  ## play a week in each of three shops and write docs/weeks
	@$(BIN)/python -m tests.weeks.write

baselines: setup  ## render the baseline of each kind of schema
	@$(BIN)/python migrations/author.py baselines

flows: setup  ## draw docs/flows from the flow tables
	@$(BIN)/python -m marchante.conversations.diagrams

clean:  ## forget caches (never .marchante, which holds data)
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
