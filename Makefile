# Everything a fresh clone needs is Python 3.11 or newer and make. `make` alone lists the commands.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := install --require-hashes --no-deps --only-binary :all:
PIP_LOCKED := $(PIP) $(LOCKED)
NPM := $(BIN)/npm --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error

# What was compiled is kept: else each of the many processes that tests start would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev run test test-full check bench pictures lock clean FORCE

help:
	@echo "make run        set up, migrate, load the demo company when empty, serve http://127.0.0.1:8080"
	@echo "make setup      only set up: virtual environment, pinned packages, front-end packages"
	@echo "make test       set up and run every check and test"
	@echo "make test-full  the same, with the long tests (up to an hour)"
	@echo "make check      style, types, import contracts, the program's own checks (under a minute)"
	@echo "make bench      measure, also beside other admin panels over a million rows (an hour or so)"
	@echo "make pictures   make the pictures of the README anew"
	@echo "make lock       make the lock files anew from the ranges"
	@echo "make clean      remove what set-up and tests made; data in var/ stays"
	@echo "PYTHON=python3.12 make setup   uses that Python"

# ---------------------------------------------------------------- set-up
# Each stamp is written last, so a set-up that was interrupted goes on where it stopped.

setup: $(VENV)/.runtime-stamp node_modules/.stamp
	@:
setup-dev: node_modules/.dev-stamp $(VENV)/.dev-stamp setup
	@:

# The programs in a virtual environment carry its path: a moved checkout makes a new one.
ifneq ($(wildcard $(VENV)/.made-at),)
ifneq ($(shell cat $(VENV)/.made-at),$(CURDIR))
VENV_CLEAR := --clear
$(VENV)/.made-at: FORCE
endif
endif

$(VENV)/.made-at:
	@command -v "$(PYTHON)" >/dev/null || \
	  { echo "Set-up needs Python 3.11 or newer and finds no $(PYTHON): install it, or run: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Set-up needs Python 3.11 or newer and $(PYTHON) is older: run: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Set-up needs the modules venv and ensurepip of $(PYTHON): install them (Debian and Ubuntu: package python3-venv)" >&2; exit 1; }
	@echo "Making the virtual environment $(VENV)"
	@"$(PYTHON)" -m venv $(VENV_CLEAR) $(VENV)
	@printf '%s\n' "$(CURDIR)" > $@

$(VENV)/.runtime-stamp: $(VENV)/.made-at requirements/runtime.txt pyproject.toml
	@echo "Installing Python packages"
	@$(PIP_LOCKED) -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-stamp: $(VENV)/.runtime-stamp requirements/dev.txt
	@echo "Installing what tests and checks need"
	@$(PIP_LOCKED) -r requirements/dev.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json | $(VENV)/.runtime-stamp
	@echo "Installing front-end packages"
	@$(NPM) ci --omit=dev
	@touch $@

node_modules/.dev-stamp: package.json package-lock.json | $(VENV)/.runtime-stamp
	@echo "Installing front-end packages, and what their tests need"
	@$(NPM) ci
	@touch node_modules/.stamp $@

# ---------------------------------------------------------------- use

run: setup
	@$(BIN)/zhidu run

# ---------------------------------------------------------------- checks and tests

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/zhidu check

test: setup-dev
	$(BIN)/python tests/tools/system_packages.py
	$(MAKE) --no-print-directory check
	$(BIN)/pytest --numprocesses 4 --dist loadfile --no-loadscope-reorder

test-full: export ZHIDU_TEST_FULL = 1
test-full: test

# The other panels that are measured stay apart from what Zhidu runs on.
$(PEERS)/.stamp: requirements/peers.txt | $(VENV)/.made-at
	@echo "Installing the other panels that are measured"
	@"$(PYTHON)" -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip --disable-pip-version-check --quiet $(LOCKED) -r requirements/peers.txt
	@touch $@

bench: setup-dev $(PEERS)/.stamp
	$(BIN)/pytest -o python_files='bench_*.py' tests/benchmarks

# ---------------------------------------------------------------- upkeep

pictures: setup-dev
	$(BIN)/python tests/tools/system_packages.py
	$(BIN)/python tests/tools/pictures.py

UV_LOCK := $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --no-emit-index-url \
  --no-annotate --universal --python-version 3.11

# Addresses of sponsors and the like leave the npm lock file too.
define BARE_LOCK
import json, pathlib
file = pathlib.Path("package-lock.json")
lock = json.loads(file.read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
file.write_text(json.dumps(lock, indent=2) + "\n")
endef
export BARE_LOCK

lock: setup-dev
	$(UV_LOCK) requirements/runtime.in --output-file requirements/runtime.txt
	$(UV_LOCK) requirements/dev.in --output-file requirements/dev.txt
	$(UV_LOCK) requirements/peers.in --output-file requirements/peers.txt
	$(NPM) install --package-lock-only --omit-lockfile-registry-resolved
	@$(BIN)/python -c "$$BARE_LOCK"

clean:
	rm -rf $(VENV) $(PEERS) node_modules *.egg-info build dist
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find core plugins tests migrations -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
