# Everything runs in .venv/, which every target makes and keeps current by itself.
PYTHON ?= python3
DAYS ?= 30
PORT ?= 8000
ROOT ?= .demo
KILLS ?= 200
KILL_SEED ?= $(shell date +%s)
bin := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test chaos check hook format lock screenshot bench clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: .venv/dev .venv/compiled ## make the environment in .venv/ from the pinned requirements

pip := $(bin)/python -m pip install --quiet --disable-pip-version-check

.venv/run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Heavy Rotation needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …")'
	@echo "Setting up .venv/ …"
	@$(PYTHON) -m venv .venv
	@$(pip) --require-hashes -r requirements.txt
	@$(pip) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/run requirements-dev.txt
	@echo "Adding what tests and linters need …"
	@$(pip) --require-hashes -r requirements-dev.txt
	@.ci/browser
	@touch $@

# Where PYTHONDONTWRITEBYTECODE is set, every start would compile the program anew.
# Bytecode that is older than its source does no harm: Python compares the two, and reads the source.
.venv/compiled: .venv/run $(shell find generator -name '*.py')
	@$(bin)/python -m compileall -q generator
	@touch $@

demo: .venv/run ## a simulated account over DAYS=30 days, in .demo/
	@$(bin)/rotation demo --days $(DAYS)

serve: .venv/run ## preview a built site (ROOT=.demo) on http://127.0.0.1:8000/ (PORT=8000)
	@$(bin)/rotation serve --root $(ROOT) --port $(PORT)

test: setup ## every test, on DuckDB and on a real PostgreSQL
	@$(bin)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

chaos: setup ## kill KILLS=200 commands at random moments, then live through bad days, answers and pasts
	@echo "$(KILLS) kills, 4 x 60 troubled days, 300 strange answers, 30 pasts, KILL_SEED=$(KILL_SEED)"
	@KILLS=$(KILLS) KILL_SEED=$(KILL_SEED) $(bin)/python -m pytest -n auto tests/test_run_interrupted.py -k whatever_is_killed $(ARGS)
	@TROUBLED_DAYS=60 KILL_SEED=$(KILL_SEED) ANSWERS=300 PASTS=30 $(bin)/python -m pytest -n auto \
		tests/test_run_sequences.py tests/test_run_answers.py tests/test_views_agree.py $(ARGS)

check: setup ## format, lint, types, workflows: what CI asks for beside the tests
	@$(bin)/ruff format --check --quiet .
	@$(bin)/ruff check --quiet .
	@$(bin)/mypy
	@$(bin)/zizmor --offline --quiet .github/workflows
	@$(bin)/rotation leaks > /dev/null
	@$(bin)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml

hook: ## let Git refuse commits of data/ and site/ that hold what must not be public
	@test -e .git || { echo "Run this in the folder that holds .git: hooks belong to the whole repository."; exit 1; }
	@git config core.hooksPath .githooks
	@echo "Every commit of data/ or site/ is looked through from now on (.githooks/pre-commit)."

format: setup ## format the code and mend what ruff can mend
	@$(bin)/ruff format --quiet .
	@$(bin)/ruff check --quiet --fix .

lock: setup ## pin the newest allowed requirements, with hashes
	@$(bin)/uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 --no-header pyproject.toml -o requirements.txt
	@$(bin)/uv pip compile --quiet --upgrade --universal --generate-hashes --python-version 3.11 --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

bench: setup ## the figures of benchmarks/, each beside its yardstick
	@$(bin)/python benchmarks/refresh.py

screenshot: setup ## take the README's picture anew, from the demo
	@$(bin)/python docs/screenshot.py

clean: ## remove everything that was built (.venv/, .demo/, .cache/)
	rm -rf .venv .demo .cache
