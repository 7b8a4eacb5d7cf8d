# What one can do here. `make demo` and `make test` are all that a newcomer needs.
.DEFAULT_GOAL := help
.PHONY: help demo test test-long mutants check fix trace bench reset lock messages-compile packages python

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin/python

help: ## shows this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: $(VENV)/runtime.stamp ## starts the made-up county on this machine (PORT=8000)
	@$(RUN) -m tools.demo --port $(PORT)

test: $(if $(SAMORDNA_INSTALL),packages) $(VENV)/dev.stamp ## all checks, then all tests (FAST=1: no browser, SQLite)
	@$(RUN) -m tools.run_tests $(if $(FAST),fast,small)

test-long: $(if $(SAMORDNA_INSTALL),packages) $(VENV)/dev.stamp ## the same tests at full size; takes hours
	@$(RUN) -m tools.run_tests long

mutants: $(VENV)/dev.stamp ## which small changes of a room its tests do not notice (ROOM=kernel)
	@$(RUN) -m tools.mutants $(ROOM)

check: $(VENV)/dev.stamp ## lint, types, contracts, translations, migrations; changes nothing
	@$(RUN) -m tools.check

fix: $(VENV)/dev.stamp ## mends what ruff can mend, and formats
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

trace: $(VENV)/dev.stamp ## which tests prove which requirement
	@$(RUN) -m tools.trace

bench: $(VENV)/dev.stamp ## measures beside the yardsticks (BENCH="--cases 1000000" for more)
	@$(RUN) -m tools.bench $(BENCH)

reset: ## forgets the demo county: database, mail and what else it wrote
	rm -rf var

lock: $(VENV)/dev.stamp ## writes requirements/*.txt anew from requirements/*.in
	for part in runtime dev; do \
	  $(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet --upgrade --no-strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-header requirements/$$part.in -o requirements/$$part.txt || exit 1; \
	done

messages-compile: $(VENV)/runtime.stamp ## builds the translations (the demo and the tests do it themselves)
	$(RUN) manage.py compile_translations

# --- The ground --------------------------------------------------------------------------------------------------

python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. Install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@$(PYTHON) tools/check_python.py

$(VENV)/bin/python: | python
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements/runtime.txt | $(VENV)/bin/python
	@echo "Installing what the program needs. The first time takes about a minute."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need. The first time takes about a minute."
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Debian's packages for the tests; only as root, and only when asked for (SAMORDNA_INSTALL=1).
packages:
	@sh tools/packages.sh
