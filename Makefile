# The verbs of the house. Each can be run without make; see README.md.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
# Most of the suite waits for servers and browsers rather than for a processor. Journeys promise seconds to people who
# have the machine for themselves, so they come last and one at a time; on more than two processors JOURNEYS=2 is faster.
WORKERS ?= 4
JOURNEYS ?= 1
# Where a machine forbids it, each of the hundreds of processes that the tests start compiles all of our modules again,
# which takes longer than the rest of its start.
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help
.PHONY: _layers _screens _types help setup build run test check fix bench seed wire client migration

help: ## what can be done
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.run: requirements.lock
	@echo "1/5 Python packages"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.run

setup: $(VENV)/.dev ## everything for working on it

build: $(VENV)/.run ## the screens
	@$(PY) -m web.node

run: $(VENV)/.run ## the demo clinic, on http://localhost:$(PORT)
	@echo "2/5 screens"
	@$(PY) -m web.node
	@PORT=$(PORT) $(PY) -m server demo

test: $(VENV)/.dev ## the whole suite; T=path narrows it
	@$(PY) -m web.node
	@$(PY) -m web.node npm test
	$(PY) -m pytest -q $(if $(T),$(T),-n $(WORKERS) --ignore tests/journeys)
	$(if $(T),,$(PY) -m pytest -q -n $(JOURNEYS) tests/journeys)

check: $(VENV)/.dev ## format, lint, types, layers, front end, tests
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	@$(MAKE) --no-print-directory -j 2 --output-sync=target _types _layers _screens
	@$(MAKE) test

# Each takes one processor for a minute or so.
_types:
	$(VENV)/bin/mypy
_layers:
	$(VENV)/bin/lint-imports --no-cache
_screens:
	$(PY) -m web.node npm run check

fix: $(VENV)/.dev ## what can be put right by itself
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(PY) -m web.node npm run fix

bench: $(VENV)/.dev ## how fast, beside others in the same run
	$(PY) -m bench.run

seed: $(VENV)/.run ## two made-up clinics in the database of the settings, as JSON
	$(PY) -m server seed --json

wire: $(VENV)/.dev ## docs/wire.md and the TypeScript types, from the Python shapes
	$(PY) -m realtime.generate

client: $(VENV)/.run ## folder=… a typed Python client for other programs, from the OpenAPI document
	$(PY) -m web.programs.client $(folder)

migration: $(VENV)/.dev ## name=add_something
	$(PY) -m server migrate --make $(name)
