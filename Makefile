# Everything a person does with a checkout. Needs: make, and Python 3.11 to 3.14.
# Every target sets up .venv first; all of them are safe to run again, also after an interruption.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.gigaplan-ready
STARTED := $(VENV)/.gigaplan-started
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Options of a developer: `make test PYTEST="-k storage"`, `make plan SCENARIO=tiny`.
SCENARIO ?= us-2035
PYTEST ?= -n 2

.PHONY: help setup plan test lint docs bench lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with everything in it

$(READY): requirements.lock pyproject.toml
	@python="$(PYTHON)"; \
	usable='import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 15))'; \
	if [ -z "$$python" ]; then \
	  for candidate in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	    if "$$candidate" -c "$$usable" >/dev/null 2>&1; then python="$$candidate"; break; fi; \
	  done; \
	fi; \
	if [ -z "$$python" ] || ! "$$python" -c "$$usable" >/dev/null 2>&1; then \
	  echo "gigaplan needs Python 3.11, 3.12, 3.13 or 3.14, and $${python:-no such python} is not one." >&2; \
	  echo "Install one, or name it: make setup PYTHON=/path/to/python3.11" >&2; \
	  exit 1; \
	fi; \
	if [ -e "$(STARTED)" ] || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	  echo "Making $(VENV) with $$python ..."; \
	  "$$python" -m venv --clear "$(VENV)" || { \
	    echo "python -m venv failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; \
	fi
	@touch $(STARTED)
	@echo "Installing the locked dependencies into $(VENV) (a minute or two the first time) ..."
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@rm -f $(STARTED)
	@touch $(READY)

plan: $(READY) ## solve a shipped scenario (SCENARIO=us-2035) and write its report
	@$(BIN)/gigaplan run $(SCENARIO) -o plans/$(SCENARIO) --force

lint: $(READY) ## style, types, and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs: $(READY) ## build the manual, run its tutorial; a warning is an error
	$(BIN)/sphinx-build -E -W --keep-going --quiet -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

test: lint docs ## everything that must hold
	$(BIN)/python -m pytest $(PYTEST)

bench: $(READY) ## time and memory of the shipped scenarios, and of PyPSA on the same system
	@$(BIN)/python -m benchmarks

lock: ## (maintainers, needs uv) solve the dependencies again
	uv lock --upgrade
	uv export --frozen --format requirements-txt --no-emit-project --no-header --group dev \
	  --quiet -o requirements.lock

clean: ## remove what builds and checks leave behind; plans and .venv stay
	rm -rf docs/_build docs/generated build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache
