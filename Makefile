# Every target sets up what it needs in .venv, from nothing but a python3 (3.11 or newer) with its venv module.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
ARTICLES ?= examples/articles
TESTS ?=
SECONDS ?= 60

.DELETE_ON_ERROR:
.PHONY: help run test check format lint types bench evaluate fuzz docs wheel clean

help:  ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12

run: $(RUN_STAMP)  ## the claims in the example articles, or in ARTICLES=PATH
	@$(BIN)/claimkit extract $(ARTICLES)

test: $(DEV_STAMP)  ## all tests, or those in TESTS=PATH
	@$(BIN)/python -m pytest --quiet --numprocesses auto --dist loadfile $(TESTS)

check: lint types test  ## format, lint, types, tests

format: $(DEV_STAMP)  ## put all code into the one form
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

lint: $(DEV_STAMP)
	@$(BIN)/ruff format --quiet --check --diff .
	@$(BIN)/ruff check --quiet .

types: $(DEV_STAMP)
	@$(BIN)/mypy --no-error-summary

bench: $(DEV_STAMP)  ## speed and memory
	@$(BIN)/python -m benchmarks

evaluate: $(DEV_STAMP)  ## scores on annotated articles
	@$(BIN)/python -m evaluation

fuzz: $(DEV_STAMP)  ## odd bytes for all that reads bytes, SECONDS=60 for each reader
	@$(BIN)/python -c "import atheris" 2>/dev/null || $(PIP) install --editable '.[fuzz]'
	@$(BIN)/python -m fuzz --seconds $(SECONDS)

docs: $(DEV_STAMP)  ## README's outputs and picture, written anew
	@$(BIN)/python tools/picture.py docs/table.svg 100 $(BIN)/claimkit extract -q --format table --by place \
	  --place Lyman --event capture examples/articles
	@UPDATE_DOCS=1 $(BIN)/python -m pytest --quiet tests/test_docs.py

wheel: $(DEV_STAMP)  ## the built wheel, in dist/
	@$(PIP) wheel --no-deps --wheel-dir dist .

clean:  ## remove all that make has made
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment's own python is the stamp of its making; an unfinished one is made again.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "claimkit needs Python 3.11 or newer; give one by: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(RUN_STAMP): $(VENV)/.made pyproject.toml
	@echo "setting up $(VENV) (once, about a minute)" >&2
	@$(PIP) install --editable .
	@touch $@

$(DEV_STAMP): $(VENV)/.made pyproject.toml
	@echo "setting up $(VENV) for development (once, about a minute)" >&2
	@$(PIP) install --editable '.[dev]'
	@touch $(RUN_STAMP) $@
