# Needs Python 3.11 or newer and make. The environment is .venv; nothing is installed elsewhere.
PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin

.PHONY: setup run test peers check words bench figures help
.DELETE_ON_ERROR:

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

.venv/runs: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/tests: .venv/runs requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

.venv/peers/made: tests/telegram/peers.lock
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/pip install --quiet --require-hashes -r tests/telegram/peers.lock
	touch $@

setup: .venv/runs ## the environment

run: .venv/runs ## the web chat on 127.0.0.1
	$(BIN)/celvedis serve

test: .venv/tests ## all tests this machine can run
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal -m "not alone"
	$(BIN)/python -m pytest -m alone

peers: .venv/peers/made ## other people's Telegram server, for one test more

check: .venv/tests ## format, lint, types, imports, content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/celvedis check

words: .venv/runs ## catalogues in step with the texts
	$(BIN)/celvedis words

bench: .venv/tests ## the figures of tests/bench/README.md
	$(BIN)/python -m tests.bench

figures: .venv/tests ## how the house reads, in figures
	$(BIN)/python -m tests.figures
