# `make demo` and `make test` are all that set-up needs: Python 3.11, git and make.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PYTHONDONTWRITEBYTECODE :=
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: demo test lint types bench evaluate lock clean help

help:            ## what there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

$(STAMP): requirements.lock bootstrap.lock pyproject.toml
	@echo "making $(VENV) from requirements.lock (first time: about a minute or two)" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bootstrap.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock bootstrap.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@

demo: $(STAMP)   ## read the example papers and show what can be asked of them
	@$(BIN)/python -m flows.demo

test: $(STAMP)   ## lint, types, import direction, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache > /dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest

lint: $(STAMP)   ## ruff alone
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP)  ## mypy alone
	@$(BIN)/mypy

bench: $(STAMP)  ## all benchmarks at the small size (SIZE=full for the full one)
	@$(BIN)/python -m bench --size $(or $(SIZE),small)

evaluate: $(STAMP) ## every accuracy figure, from ../shared where it is at hand
	@$(BIN)/python -m bench.evaluate

lock: $(STAMP)   ## make both locks again from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --group test --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet --output-file requirements.lock

clean:           ## remove what was made here
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build ./*.egg-info
